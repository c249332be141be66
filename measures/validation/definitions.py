"""What the importer has to know of a measure, and of one figure."""

import re
from dataclasses import dataclass
from typing import NamedTuple

KINDS = ("count", "ratio", "rate", "duration", "survey", "audit_sample", "hours", "days_per_person")
SHARES = ("ratio", "audit_sample")  # the numerator is part of the denominator, and both are needed
WHOLE = ("count", "ratio", "audit_sample")  # counted in whole numbers, above and below the line


@dataclass(frozen=True)
class Definition:
    """One measure. `names[0]` is the name as printed; any of `names` may stand in a file, and so may the slug.

    `kind` is one of KINDS and decides the rules: what is counted is whole, a share cannot pass its total, a duration is
    held in seconds (a plain number in a file is counted in `unit`: seconds, minutes, hours or days). `minimum` and
    `maximum` bound the value; below zero is refused unless `minimum` is. `precision`: decimal places printed.
    """

    slug: str
    names: tuple[str, ...]
    kind: str = "count"
    unit: str = ""
    precision: int = 0
    minimum: float | None = None
    maximum: float | None = None
    needs_denominator: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.slug}: kind is {self.kind!r}, not one of {KINDS}")

    @property
    def name(self) -> str:
        return self.names[0] if self.names else self.slug

    @property
    def takes_percentages(self) -> bool:
        """Whether a figure with a % sign can be right."""
        return self.kind in (*SHARES, "survey") or self.unit.strip().casefold() in ("%", "per cent", "percent")


class SeriesKey(NamedTuple):
    """Which series a figure belongs to. `area` and `breakdown` are "" where the file has no such column."""

    slug: str
    area: str = ""
    breakdown: str = ""


class Figure(NamedTuple):
    """What the record holds of one month. With a denominator, `value` is the numerator; a duration is in seconds.

    `provisional`: the source has said that it may still change.
    """

    value: float
    denominator: float | None = None
    margin: float | None = None
    sample_size: int | None = None
    provisional: bool = False


_DASHES = re.compile(r"[‐-―−_-]+")
_QUOTES = str.maketrans("", "", "'’‘`\"“”")


def plain_name(text: str) -> str:
    """A name as it is compared: no matter the case, the blanks, the kind of dash or quotation mark, or & for and."""
    plain = _DASHES.sub(" ", text.translate(_QUOTES).replace("&", " and "))
    return " ".join(plain.casefold().split())
