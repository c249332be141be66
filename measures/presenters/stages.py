"""How far an import has come, in words: whether its file is wrong, or only asks what somebody has to decide."""

from dataclasses import dataclass

from measures.models import ImportBatch, ImportReport
from measures.states import State

PLACED = ("measure_unknown", "area_unknown")  # problems of a file that a choice on its page puts right
ASKED = ("new_series", "unknown_measures", "unknown_areas")  # of a preview: what is asked
TONES = {State.ACCEPTED: "green", State.REFUSED: "red", State.WITHDRAWN: "amber", State.DISCARDED: "grey"}


@dataclass(frozen=True)
class Stage:
    """`tone` is that of a tag."""

    words: str
    tone: str


def stage_of(batch: ImportBatch) -> Stage:
    """The stage of an import; reads its report."""
    report = getattr(batch, "report", None)
    if report is not None and batch.state == State.REFUSED and only_asks(report):
        return Stage("choices to make", "blue")
    if report is not None and batch.state == State.UPLOADED and any(one[4] == "error" for one in report.problems):
        return Stage("cannot be read", "red")
    return Stage(batch.get_state_display(), TONES.get(batch.state, "blue"))


def placed_errors(report: ImportReport) -> int:
    """How many of the problems are names that the record does not have: they are asked about, not corrected."""
    return sum(count for code, _, count, _ in report.preview.get("codes", []) if code in PLACED)


def only_asks(report: ImportReport) -> bool:
    """Whether nothing is wrong with the file: it brings names or series that somebody has yet to decide on."""
    asked = any(report.preview.get(name) for name in ASKED)
    return asked and report.preview.get("errors", 0) <= placed_errors(report)
