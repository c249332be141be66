"""The working paper of a sample: each change with its seal, the test, the finding and the answer."""

from dataclasses import dataclass

from django.utils import timezone

from core.audit.models import AuditEvent, AuditEventQuerySet, AuditSeal
from desk.auditing.records import Sample, SampleItem
from desk.auditing.sampling import METHOD
from desk.history.telling import told
from measures.presenters.workbook import Sheet, workbook

HEADINGS = (
    "Place",
    "Change",
    "Seal",
    "Hash of the seal",
    "When",
    "What happened",
    "Result",
    "How it was tested",
    "What was found",
    "Who answers",
    "Answer due",
    "Answer",
    "Answered",
)


@dataclass(frozen=True)
class Line:
    item: SampleItem
    event: AuditEvent | None  # None: not to be seen by whoever asks, or in an archive
    sentence: str
    seal: AuditSeal | None


@dataclass(frozen=True)
class Paper:
    sample: Sample
    lines: list[Line]

    @property
    def tested(self) -> int:
        return sum(one.item.result != SampleItem.Result.OPEN for one in self.lines)

    @property
    def findings(self) -> int:
        return sum(one.item.result == SampleItem.Result.FINDING for one in self.lines)

    @property
    def drawn(self) -> str:
        """How it was chosen, in words."""
        sample = self.sample
        if sample.seed is None:
            return f"{len(self.lines)} changes chosen one by one."
        count = f"{len(self.lines)} of {sample.population:,} changes"
        return f"{count}, up to change {sample.last_event}, drawn at random with the seed {sample.seed}."


def paper_of(sample: Sample, seen: AuditEventQuerySet) -> Paper:
    items = list(sample.items.select_related("owner", "responded_by", "tested_by"))
    numbers = [one.event for one in items]
    events = {one.pk: one for one in seen.filter(pk__in=numbers)}
    seals = {one.event_id: one for one in AuditSeal.objects.filter(event_id__in=numbers)}
    lines = []
    for item in items:
        event = events.get(item.event)
        sentence = told([event])[0].text if event else "Not to be seen here"
        lines.append(Line(item, event, sentence, seals.get(item.event) if event else None))
    return Paper(sample, lines)


def as_workbook(paper: Paper) -> bytes:
    sample = paper.sample
    above = [
        sample.title,
        sample.objective,
        paper.drawn,
        *([METHOD, f"Filters: {sample.query or 'none'}"] if sample.seed is not None else []),
        f"Drawn by {sample.drawn_by} on {timezone.localtime(sample.drawn_at):%d %B %Y, %H:%M}.",
        f"Conclusion: {sample.conclusion or 'not yet'}",
    ]
    return workbook([Sheet("Working paper", HEADINGS, [_row(one) for one in paper.lines], above)])


def _row(line: Line) -> list[object]:
    item, at = line.item, line.event and timezone.localtime(line.event.at)
    answered = f"{item.responded_by}, {timezone.localtime(item.responded_at):%d %B %Y}" if item.responded_at else ""
    return [
        item.position,
        item.event,
        line.seal.seq if line.seal else None,
        line.seal.hash if line.seal else "",
        f"{at:%d %B %Y, %H:%M}" if at else "",
        line.sentence,
        item.get_result_display(),
        item.test,
        item.finding,
        str(item.owner or ""),
        item.due,
        item.response,
        answered,
    ]
