"""Measures defined on a spreadsheet: one row a measure, one column a property, as an office prepares them.

The first row names the columns after the properties below; slug, name, kind and unit must be there. Every problem is
found at once and nothing is guessed.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from measures.models import Measure
from measures.parsing import formats
from measures.parsing.mapping import headings
from measures.parsing.problems import quote

NEEDED = ("slug", "name", "kind", "unit")
YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")


class SheetProblems(Exception):
    """The sheet cannot be used as it is; `sentences` say why, each with its row."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def _flag(text: str) -> bool:
    if text.casefold() not in YES + NO:
        raise ValueError("say yes or no")
    return text.casefold() in YES


TEXT: Callable[[str], Any] = str
PROPERTIES: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("slug", "name", "short_name", "definition", "kind", "unit", "polarity", "polarity_reason"), TEXT),
    **dict.fromkeys(("frequency", "source_system", "owner_role", "scrutinised_by", "target_text", "proxy_for"), TEXT),
    "small_numbers_reason": TEXT,
    **dict.fromkeys(("precision", "lag_months", "fewest_answers"), int),
    **dict.fromkeys(("stock_denominator", "suppress_small", "zeros_shown", "headline"), _flag),
    "target_value": float,
}


def read(data: bytes) -> list[dict[str, Any]]:
    """Fields of each measure, in the order of the sheet. Raises SheetProblems."""
    reading = formats.read(data)
    if reading.table is None or not reading.report.is_clean:
        raise SheetProblems([problem.message for problem in reading.report.held])
    names = [name.casefold().replace(" ", "_") for name in headings(reading.table, 0)]
    absent = [name for name in NEEDED if name not in names]
    unknown = [name for name in names if name not in PROPERTIES]
    wrong = [f"The sheet has no column {quote(name)}." for name in absent]
    wrong += [f"{quote(name)} is not a property of a measure; remove that column." for name in unknown]
    if wrong:
        raise SheetProblems(wrong)
    measures, sentences = [], []
    for position in range(1, len(reading.table)):
        row = int(reading.table.row_numbers[position])
        fields, problems = _fields(dict(zip(names, reading.table.cells(position), strict=True)))
        measures.append(fields)
        sentences += [f"Row {row:,}: {problem}" for problem in problems]
    slugs = [fields.get("slug") for fields in measures]
    sentences += [f"The slug {quote(str(slug))} stands in two rows." for slug in sorted(_twice(slugs))]
    if sentences:
        raise SheetProblems(sentences)
    return measures


def _fields(cells: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    fields: dict[str, Any] = {}
    problems = []
    for name, text in cells.items():
        if not text.strip():
            continue
        try:
            fields[name] = PROPERTIES[name](text.strip())
        except ValueError:
            problems.append(f"{quote(text)} cannot be the {name.replace('_', ' ')}.")
    fields.setdefault("short_name", fields.get("name", "")[:80])
    try:
        Measure(**fields).clean_fields()
    except ValidationError as refused:
        problems += [f"{name.replace('_', ' ')}: {' '.join(said)}" for name, said in refused.message_dict.items()]
    return fields, problems


def _twice(slugs: list[Any]) -> set[str]:
    return {slug for slug in slugs if slug and slugs.count(slug) > 1}
