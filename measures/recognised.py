"""What was recognised of an official file, as plain data that is kept beside the import and shown on its page."""

from collections.abc import Mapping
from typing import Any

from measures.models import ImportBatch, SourceMapping
from measures.parsing.official.found import Found
from measures.parsing.table import Reading

REMEMBERED = ("force", "year_end", "measure")  # answers that hold for every file of a source


def summary_of(found: Found) -> dict[str, Any]:
    return {
        "title": found.title,
        "notes": list(found.notes),
        "unit": found.unit,
        "read": found.read,
        "kept": found.kept,
        "figures": len(found.people) or len(found.lines),
        "populations": bool(found.people),
        "aside": [[reason, many] for reason, many in found.aside.items() if many],
        "checks": [list(check) for check in found.checks],
        "questions": [question._asdict() for question in found.questions],
        "measures": {name: list(facts) for name, facts in found.measures.items()},
        "licence": found.licence,
    }


def answers_given_before(batch: ImportBatch, reading: Reading) -> dict[str, str]:
    """What was answered for the last file of this source in this format, of the questions this one asks."""
    asked = {question.name for question in reading.found.questions} if reading.found else set()
    last = SourceMapping.objects.filter(source=batch.source).order_by("-pk").first()
    if not asked or last is None or last.mapping.get("format") != reading.format:
        return {}
    return {name: text for name, text in last.options.get("answers", {}).items() if name in asked}


def remembered(options: Mapping[str, Any]) -> dict[str, Any]:
    """Of the options of an import, those that are kept for the next file of its source."""
    kept = {name: value for name, value in options.items() if name in ("sheet", "encoding", "by_hand")}
    answers = {name: text for name, text in options.get("answers", {}).items() if name in REMEMBERED}
    return kept | ({"answers": answers} if answers else {})


def mapping_for(batch: ImportBatch, reading: Reading) -> dict[str, Any]:
    """The format's own mapping with what names were said to stand for in earlier files of this source."""
    mapping = dict(reading.mapping or {})
    for earlier in SourceMapping.objects.filter(source=batch.source).order_by("pk").values_list("mapping", flat=True):
        if earlier.get("format") == mapping["format"]:
            for kind in ("measures", "areas"):
                mapping[kind] = {**mapping.get(kind, {}), **earlier.get(kind, {})}
    return mapping
