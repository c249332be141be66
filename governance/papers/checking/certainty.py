"""Severity C: claims of significance, correlation and record that the figures beside them do not bear."""

import re
from collections.abc import Iterator
from math import sqrt

from governance.papers.checking.directions import DOWN, UP
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Sort
from governance.papers.checking.pairing import pairs
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.wording import count_text, percent_text


def deviations(now: float, before: float) -> float:
    """How many standard deviations two counts lie apart, were both Poisson with one mean."""
    return abs(now - before) / sqrt(now + before) if now + before > 0 else 0.0


_SIGNIFICANT = re.compile(r"\b(?:statistically\s+)?significant(?:ly)?\b", re.IGNORECASE)
CHANCE = 1.96  # standard deviations: the 95 % bound


def significance(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "A significant fall from 39 to 35": two counts that differ by no more than chance are no significant change."""
    claim = _SIGNIFICANT.search(sentence.text)
    if claim is None or re.search(
        r"\b(?:not|no|nor|isn't|without)\s+(?:\w+\s+){0,2}?(?:statistically\s+)?significant",
        sentence.text,
        re.IGNORECASE,
    ):
        return
    for pair in pairs(reading, sentence, Sort.COUNT):
        now, before = pair.now, pair.before
        if now.value < 0 or before.value <= 0 or now.value != int(now.value) or before.value != int(before.value):
            continue
        if re.match(
            r"\s*(?:per\b|days?\b|hours?\b|minutes?\b|seconds?\b|points?\b)", now.sentence.text[now.number.end :]
        ):
            continue
        if deviations(now.value, before.value) < CHANCE:
            yield Finding(
                "significant-within-chance",
                "C",
                *sentence.place(claim.start(), claim.end()),
                claim.group(),
                f"{count_text(before.value)} and {count_text(now.value)} differ by no more than chance would"
                f" ({deviations(now.value, before.value):.1f} standard deviations).",
            )
            return


_CORRELATES = re.compile(r"\b(?:(?:negative|positive|inverse)(?:ly)?\s+)?correlat\w+", re.IGNORECASE)
_COEFFICIENT = re.compile(r"\b[rR]\s*=\s*([+−-]?)\s*(\d?\.\d+)")


def correlations(sentence: Sentence) -> Iterator[Finding]:
    """A correlation is said with its sign, n and p; its sign agrees with the words."""
    r = _COEFFICIENT.search(sentence.text)
    said = _CORRELATES.search(sentence.text) or r
    if said is None:
        return
    n = re.search(r"\bn\s*=\s*\d|\b\d+\s+(?:months|quarters|pairs|observations|points|forces|areas)\b", sentence.text)
    p = re.search(r"\bp\s*[=<]\s*0?\.\d", sentence.text)
    lacking = [name for name, found in (("its coefficient", r), ("the number of pairs", n), ("p", p)) if not found]
    start, end = r.span() if r else said.span()
    if r and (opposite := _opposite(sentence.text, r)):  # the word or the coefficient is wrong: both are pointed at
        first, last = min(said.start(), start), max(said.end(), end)
        yield Finding("correlation-sign", "C", *sentence.place(first, last), sentence.text[first:last], opposite)
    elif said is not r and (len(lacking) >= 2 or (lacking and r)):
        yield Finding(
            "correlation-unsupported",
            "C",
            *sentence.place(start, end),
            sentence.text[start:end],
            f"The correlation is said without {' and '.join(lacking)}.",
        )


_TOGETHER = re.compile(
    r"\bpositive(?:ly)?\b|\b(?:hand\s+in\s+hand|in\s+step|in\s+tandem|in\s+the\s+same\s+direction"
    r"|move\s+together)\b",
    re.IGNORECASE,
)
_APART = re.compile(r"\b(?:negative|inverse)(?:ly)?\b|\bopposite\s+(?:direction|way)", re.IGNORECASE)


def _opposite(text: str, r: re.Match[str]) -> str:
    """A fall that goes with a rise has a negative coefficient; two that rise together a positive one."""
    ups, downs = len(UP.findall(text)), len(DOWN.findall(text))
    negative = r.group(1) in ("−", "-")
    if _TOGETHER.search(text):
        return "A positive correlation has no minus sign." if negative else ""
    if (_APART.search(text) or (ups and downs)) and not negative:
        return "One falls as the other rises: the coefficient of that is negative."
    if negative and not (ups and downs) and max(ups, downs) > 1 and re.search(r"\b(?:as|when|with|the)\b", text):
        return "Both go one way: the coefficient of that is positive."
    return ""


_RECORD = re.compile(
    r"\b(?P<way>lowest|highest|best|worst)\s+(?:\w+\s+){0,3}?(?:in|for|since|on\s+record|ever)\b", re.IGNORECASE
)


def records(sentence: Sentence) -> Iterator[Finding]:
    """ "The lowest levels experienced in many years" beside a figure that has just risen by half."""
    found = _RECORD.search(sentence.text)
    facts = (
        [fact for fact in sentence.measure.facts if fact.statistic == "quarter" and fact.period]
        if sentence.measure
        else []
    )
    if found is None or len(facts) < 2:
        return
    before, now = facts[0], facts[-1]
    if before.value <= 0 or before.number is None or now.number is None or before.number.sort is not now.number.sort:
        return
    risen = now.value / before.value - 1
    low = found["way"].lower() == "lowest"
    if (low and risen > 0.2) or (found["way"].lower() == "highest" and risen < -0.2):
        yield Finding(
            "record-against-data",
            "C",
            *sentence.place(*found.span()),
            found.group(),
            f"From {before.period} to {now.period} it {'rose' if risen > 0 else 'fell'} by"
            f" {percent_text(100 * abs(risen), 0)}.",
        )
