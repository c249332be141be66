"""A live figure as a text refers to it: which measure, which statistic, of which quarter, said how. Pure.

    crime-volume.rolling12                      the twelve months to the quarter of the paper it stands in
    crime-volume.rolling12/2019-20-q1           of that quarter, whatever paper it stands in
    crime-volume.rolling12_on_year_percentage:compared     "2.9 per cent more than"

Without a quarter it means that of the paper, so that a text taken over into the next quarter says the next quarter's
figures. What people type is a short code, `{crime:rolling_12}`, which is kept as such a reference.
"""

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches

REFERENCE = re.compile(
    r"(?P<measure>[a-z0-9][a-z0-9-]*)\.(?P<statistic>[a-z0-9_]+)(?:\.(?P<part>margin|numerator|denominator))?"
    r"(?:/(?P<quarter>\d{4}-\d{2}-q[1-4]))?(?::(?P<form>[a-z]+))?"
)
QUARTER = re.compile(r"\d{4}-\d{2}-q[1-4]")
# How a figure is said, with what the picker calls it. The first is meant where none is named.
FORMS = {
    "prose": "as in a sentence",
    "table": "as in a table",
    "size": "without its sign",
    "compared": "in words, as “2.9 per cent more than”",
    "period": "its period in words",
    "month": "the last month of its period",
}
WORDS_ONLY = {"period", "month"}  # these name a time and print no figure
ALIASES = {
    "latestmonth": "month",
    "lastmonth": "previous_month",
    "thisquarter": "quarter",
    "lastquarter": "previous_quarter",
    "samequarterlastyear": "quarter_year_ago",
    "year": "rolling12",
    "twelvemonths": "rolling12",
    "rollingtwelve": "rolling12",
    "rolling": "rolling12",
    "rollingyearago": "rolling12_year_ago",
    "changeonyear": "rolling12_on_year_change",
    "percentageonyear": "rolling12_on_year_percentage",
    "ytd": "year_to_date",
    "rate": "rate_per_1000",
    "mean": "mean_per_month",
}
# Typed by hand: {crime:rolling_12}; {rolling_12} of the measure written about; {crime:quarter:2019-20-q1:table}.
CODE = re.compile(r"\{\s*(?P<inner>[A-Za-z][A-Za-z0-9 _-]*(?:\s*[:.]\s*[A-Za-z0-9][A-Za-z0-9 _-]*){0,3})\s*\}")


class UnknownCode(ValueError):
    """A short code that names nothing, or several things; the message is a sentence for whoever typed it."""


@dataclass(frozen=True)
class Token:
    """One reference. An empty `quarter` means that of the paper; `part` is one of the two a quotient is made of."""

    measure: str
    statistic: str
    quarter: str = ""
    form: str = "prose"
    part: str = ""

    @property
    def reference(self) -> str:
        """As it is stored in a text."""
        part = f".{self.part}" if self.part else ""
        quarter = f"/{self.quarter}" if self.quarter else ""
        form = f":{self.form}" if self.form != "prose" else ""
        return f"{self.measure}.{self.statistic}{part}{quarter}{form}"

    @property
    def code(self) -> str:
        """As people may type it."""
        rest = [one for one in (self.quarter, self.form if self.form != "prose" else "") if one]
        return "{" + ":".join([self.measure, self.statistic, *rest]) + "}"


def parse(reference: str) -> Token | None:
    """The token a stored reference says; None for one that is not well formed."""
    found = REFERENCE.fullmatch(reference)
    if found is None or (found["form"] or "prose") not in FORMS:
        return None
    form = found["form"] or "prose"
    return Token(found["measure"], found["statistic"], found["quarter"] or "", form, found["part"] or "")


@dataclass(frozen=True)
class Names:
    """What codes may name: measures by slug with their short names, statistics, and the measure written about."""

    measures: dict[str, str]
    statistics: tuple[str, ...]
    own: str = ""

    def is_code(self, inner: str) -> bool:
        """Whether words in braces are meant as a code: a single word is one only where it names a statistic."""
        return bool(re.search(r"[:.]", inner)) or bool(self.own and self._is_statistic(inner))

    def token(self, inner: str) -> Token:
        """The token that the inside of a short code means. UnknownCode says what is wrong with it."""
        parts = [one.strip() for one in re.split(r"[:.]", inner)]
        given = "{" + inner.strip() + "}"
        if len(parts) == 1 or (self.own and self._is_statistic(parts[0]) and not self._is_statistic(parts[1])):
            if not self.own:
                raise UnknownCode(f"{given} does not say of which measure. Write {{measure:statistic}}.")
            token = Token(self.own, self._statistic(parts[0], given))
            rest = parts[1:]
        else:
            token = Token(self._measure(parts[0], given), self._statistic(parts[1], given))
            rest = parts[2:]
        for one in rest:
            if QUARTER.fullmatch(one.lower()):
                token = replace(token, quarter=one.lower())
            elif one.lower() in FORMS:
                token = replace(token, form=one.lower())
            else:
                raise UnknownCode(
                    f"“{one}” in {given} is neither a quarter (2019-20-q2) nor a way to say it ({', '.join(FORMS)})."
                )
        return token

    def _measure(self, said: str, given: str) -> str:
        wanted = _plain(said)
        named = {slug: {_plain(slug), _plain(name)} for slug, name in self.measures.items()}
        if said.lower() in self.measures:
            return said.lower()
        exact = [slug for slug, names in named.items() if wanted in names]
        begun = [slug for slug, names in named.items() if any(one.startswith(wanted) for one in names)]
        for found in (exact, [slug for slug in begun if slug == self.own], begun):
            if len(found) == 1:
                return found[0]
        if begun:
            raise UnknownCode(f"{given} could be {_either(sorted(begun))}. Write the whole name.")
        near = get_close_matches(said.lower(), self.measures, 3, 0.5)
        hint = f" Perhaps {_either(near)}." if near else ""
        raise UnknownCode(f"There is no measure “{said}”, which {given} names.{hint}")

    def _is_statistic(self, said: str) -> bool:
        wanted = _plain(said)
        return wanted in ALIASES or any(_plain(one) == wanted for one in self.statistics)

    def _statistic(self, said: str, given: str) -> str:
        wanted = _plain(said)
        found = [one for one in self.statistics if _plain(one) == wanted]
        if found:
            return found[0]
        if wanted in ALIASES:
            return ALIASES[wanted]
        near = get_close_matches(said.lower().replace(" ", "_"), self.statistics, 3, 0.5)
        hint = f" Perhaps {_either(near)}." if near else ""
        raise UnknownCode(f"There is no statistic “{said}”, which {given} names.{hint}")


def _plain(name: str) -> str:
    """Letters and digits alone, so that "rolling_12", "Rolling 12" and "rolling12" are one name."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
