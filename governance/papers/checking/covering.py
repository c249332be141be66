"""Severity B: the period that a paper says it is about, and results of periods that are not over."""

import re
from collections.abc import Iterator

from governance.papers.checking import periods
from governance.papers.checking.comparing import named
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Sort
from governance.papers.checking.periods import Period, Phrase, Span
from governance.papers.checking.prose import Kind
from governance.papers.checking.reading import Reading, Sentence
from governance.papers.checking.timing import EXPLAINS, resolved

# --- the paper's own quarter --------------------------------------------------------------------------------------

_PAPER = (
    r"(?:reports?|papers?|scorecards?|dashboards?|documents?|commentary|summary|section|pack|appendix"
    r"|annex|update|data|figures?"
    r"|results?|charts?|tables?|graphs?|statement|account)"
)
_ABOUT = (
    r"(?:covers?|covering|sets?\s+out|(?:is|are)\s+(?:for|about|of|from|those\s+(?:for|of)|taken\s+from"
    r"|drawn\s+from|concerned\s+with)|"
    r"relates?\s+to|relating\s+to|describes?|presents?|gives?|shows?|summarises?|reviews?|concerns?"
    r"|deals?\s+with|reports?\s+on|"
    r"reports?|looks?\s+at|refers?\s+to|details?|outlines?|examines?|considers?|provides?|contains?"
    r"|reflects?|tells?|"
    r"accounts?\s+for|explains?|accompan(?:y|ies)|runs?\s+(?:from|to)|ends?\s+(?:with|in|at))"
)
_THIS_PAPER = re.compile(
    rf"\b(?:this|these|the\s+(?:present|attached|enclosed|accompanying|following)|my"
    rf"|the)\s+(?:\w+\s+){{0,3}}?{_PAPER}\b[^.;]{{0,50}}?\b{_ABOUT}\b"
    rf"[^.;]*$",
    re.IGNORECASE,
)
_OTHER_PAPER = re.compile(
    r"\b(?:next|previous|last|earlier|forthcoming|coming|future|first|final"
    r"|annual)\s+(?:\w+\s+){0,2}?" + _PAPER,
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:(?:this|the\s+(?:latest|current|present|most\s+recent|reporting"
    r"|reported))\s+(?:reporting\s+)?(?:quarter|period|three\s+months)|"
    r"(?:the\s+)?(?:quarter|period|three\s+months)\s+(?:under\s+(?:review|report|consideration)"
    r"|in\s+question|reported(?:\s+(?:on|here))?"
    r"|being\s+reported|covered(?:\s+(?:here|by\s+this\s+(?:paper|report)))?|of\s+this\s+(?:paper|report))"
    r"|(?:the\s+)?reporting\s+(?:period|quarter)"
    r"|(?:the\s+)?quarter\s+just\s+(?:ended|gone|past|finished|closed))",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:is|are|shows?|remains?|continues?|stands?|demonstrates?|sees?|gives?|lies?|sits?|runs?|appears?"
    r"|exceeds?|falls?|indicates?)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|saw|rose|fell|came|stood|began|became|went|reported|recorded|seen|noted|raised"
    r"|set|made|taken|received|"
    r"launched|completed|delivered|introduced|published|agreed|\w+ed)\s+(?:\w+\s+)?(?:in|for|during"
    r"|at\s+the\s+end\s+of)?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_PAST_VERB = re.compile(
    r"\b(?:was|were|had|did|saw|rose|fell|came\s+to|stood|began|became|went|has|have|recorded|logged"
    r"|dealt)\b|\bthere\s+(?:was|were)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:compare[sd]?|comparison|previous|against|whereas|since|than|earlier|last\s+year|will|would"
    r"|could|should|may|"
    r"expected|due|until|through|next|forthcoming|following|after|between|both|from|before|up\s+on"
    r"|down\s+on|higher|lower|above\s+that|"
    r"below\s+that|plan\w*|forecast|projected|later|scheduled|again|also|as\s+in|repeat\w*|(?:above|below)\s+(?:the\s+)?\d\S*|history"
    r"|baseline|(?:improvement|increase|decrease|rise|fall|reduction|change|better|worse)\s+(?:on|from|over))\b",
    re.IGNORECASE,
)


def own_quarter(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "This report covers quarter one" in the paper of quarter two: the words are another quarter's."""
    if reading.quarter is None or sentence.is_header or sentence.block.kind in (Kind.HEADING, Kind.NOTE, Kind.QUOTE):
        return
    for phrase in sentence.periods:
        period = resolved(reading, phrase) if phrase.quarter or phrase.period else None
        if period is None or period.span is not Span.QUARTER or period == reading.quarter:
            continue
        if _is_spoken_of_as_own(reading, sentence, phrase):
            yield named(
                sentence,
                phrase,
                f"The paper is about {reading.quarter}.",
                _in_its_words(reading, sentence, phrase),
                "another-quarter",
            )


def _is_spoken_of_as_own(reading: Reading, sentence: Sentence, phrase: Phrase) -> bool:
    text = sentence.text
    led, rest = text[: phrase.start], text[phrase.end :]
    others = [one for one in sentence.periods if one is not phrase and resolved(reading, one)]
    own = _OWN.search(led)
    if own and EXPLAINS.fullmatch(led[own.end() :]):
        return True
    if (after := _OWN.match(rest.lstrip(" ,(–-"))) and EXPLAINS.fullmatch(rest[: rest.index(after.group())]):
        return True
    others = [one for one in others if one.role != "own quarter"]
    if others or re.match(r"\s+(?:to|until)\s", rest):
        return False
    if (
        _THIS_PAPER.search(led)
        and not _OTHER_PAPER.search(led)
        and not _ELSEWHERE.search(led)
        and not _PAST.search(led)
    ):
        return not re.search(r"\b(?:was|were|had)\b", led)
    if re.match(r"\s*(?:report|paper|plan)", rest) or not re.search(
        r"\b(?:in|for|during|of|at|to)\s+(?:the\s+)?$|^\W*(?:\d+\.\s+)?$", led
    ):
        return _has_own_value(reading, sentence)
    if _ELSEWHERE.search(led) or _ELSEWHERE.search(rest) or _PAST.search(led):
        return False
    whole = led + rest
    return bool(_PRESENT.search(whole) and not _PAST_VERB.search(whole)) or _has_own_value(reading, sentence)


def _has_own_value(reading: Reading, sentence: Sentence) -> bool:
    facts = sentence.measure.facts if sentence.measure else []
    own = {fact.value for fact in facts if fact.period == reading.quarter}
    return any(number.value in own for number in sentence.numbers)


def _in_its_words(reading: Reading, sentence: Sentence, phrase: Phrase) -> str:
    said = sentence.text[phrase.start : phrase.end]
    assert reading.quarter is not None
    if phrase.period is None:
        own = periods.quarter_of(reading.quarter.last)
        words = {1: "one", 2: "two", 3: "three", 4: "four"}[own]
        return f"Q{own}" if said.upper().startswith("Q") and said[1:2].isdigit() else f"quarter {words}"
    return str(reading.quarter)


# --- what is not over ---------------------------------------------------------------------------------------------

_TO_COME = re.compile(
    r"\b(?:will|would|forecast\w*|project(?:ed|ions?)|expect\w*|target\w*|plan\w*|budget\w*|due|aims?|predict\w*"
    r"|estimat\w*|so\s+far|to\s+date|could|should|may|might|ahead|next|intend\w*|to\s+be|pledge\w*"
    r"|commit(?:ted|ment)"
    r"|ongoing|is\s+to|are\s+to|precept|grant|fund(?:ed|ing|s)?|year-to-date|part-year|first\s+(?:half|six"
    r"|\w+\s+months))\b",
    re.IGNORECASE,
)
_LED_TO_COME = re.compile(
    r"(?:\b(?:by|until|from|since|for|before|after"
    r"|between)\s+(?:the\s+)?(?:end\s+of\s+)?|\d(?:st|nd|rd|th)?\s+)$",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:was|were|had|recorded|logged|reported|came\s+to|totall?ed|saw|numbered|reached|received|dealt"
    r"|amounted|stood|fell|rose|made|"
    r"averaged|there\s+(?:was|were)|counted|registered|answered|closed|opened|completed|attended|took"
    r"|handled|carried\s+out)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:whole|full|entire|complete|total|all\s+of|calendar|throughout|as\s+a\s+whole"
    r"|overall|altogether)\b",
    re.IGNORECASE,
)


def not_over(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """Figures "in the 12 months to December 2019" cannot be known in the paper of the quarter to September 2019."""
    if reading.quarter is None or not sentence.numbers or sentence.block.kind in (Kind.NOTE, Kind.QUOTE):
        return
    if _TO_COME.search(sentence.text):
        return
    for phrase in sentence.periods:
        period = phrase.period
        if period and _is_ahead(reading, sentence, phrase, period):
            over = f"The paper's figures end in {periods.month_name(reading.quarter.last)}."
            yield named(sentence, phrase, over, "", "period-not-over")
    yield from _years(reading, sentence)


def _is_ahead(reading: Reading, sentence: Sentence, phrase: Phrase, period: Period) -> bool:
    assert reading.quarter is not None
    result = bool(_RESULT.search(sentence.text))
    if period.span in (Span.YEAR, Span.QUARTER):
        return period.last > reading.quarter.last
    led = sentence.text[: phrase.start]
    if not result or not _ends_late(reading, period) or _LED_TO_COME.search(led):
        return False
    if period.span is Span.FINANCIAL:
        counted = re.search(
            r"\b(?:there\s+(?:were|was)|(?:were|was)\s+(?:recorded|reported|logged|received|made"
            r"|counted))\b",
            sentence.text,
            re.IGNORECASE,
        )
        money = any(number.sort is Sort.MONEY for number in sentence.numbers)
        return not money and bool(_WHOLE.search(sentence.text) or counted)
    return period.span in (Span.MONTH, Span.RANGE)


def _ends_late(reading: Reading, period: Period) -> bool:
    """Whether a period ends after the meeting; without one, after the paper's quarter."""
    if reading.meeting is None:
        return reading.quarter is not None and period.last > reading.quarter.last + 3
    return period.last >= reading.meeting[0] * 12 + reading.meeting[1] - 1


_YEAR = re.compile(
    r"\b(?:in|during|for|throughout|of|over)\s+(?:the\s+(?:whole|full|year)\s+(?:of\s+|year\s+)?)?(?P<year>20\d\d)\b"
    r"(?!\s?[-/–]\s?\d|\d)",
    re.IGNORECASE,
)


def _years(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "In 2019 as a whole 1,249 were reported": a calendar year that the meeting lies in."""
    if reading.meeting is None or not _RESULT.search(sentence.text):
        return
    for found in _YEAR.finditer(sentence.text):
        year = int(found["year"])
        if any(phrase.start < found.end() and found.start("year") < phrase.end for phrase in sentence.periods):
            continue
        if year > reading.meeting[0] or (year == reading.meeting[0] and _WHOLE.search(sentence.text)):
            phrase = Phrase(found.start("year"), found.end(), None, "")
            yield named(sentence, phrase, f"The year {year} is not over by the meeting.", "", "period-not-over")
