"""Words that say which way a figure went, and figures that say by how much."""

import re
from dataclasses import dataclass

from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.reading import Sentence

UP = re.compile(
    r"\b(?:increas\w*|ris(?:e|es|en|ing)|rose|grew|grow(?:n|th|ing)?|up|higher|more|additional"
    r"|greater|climb\w*|gain\w*|uplift|upturn|longer|larger|"
    r"surge\w*|soar\w*|jump\w*|improve\w*)\b",
    re.IGNORECASE,
)
DOWN = re.compile(
    r"\b(?:decreas\w*|reduc\w*|f[ae]ll(?:s|en|ing)?|fell|drop\w*|declin\w*|down|lower|fewer|less"
    r"|below|cut|shrank|shrunk|dip(?:s|ped)?|slipped|shorter|smaller|downturn)\b",
    re.IGNORECASE,
)
RISEN = (
    r"rose|risen|ris(?:es|ing)|increas(?:ed|es|ing)|gr(?:ew|own|ows|owing)|climb(?:ed|s|ing)|jump(?:ed|s"
    r"|ing)|surg(?:ed|es"
    r"|ing)|soar(?:ed|s|ing)|escalat(?:ed|es|ing)|(?:gone|went|going|goes|crept|edged|moved|come|came"
    r"|shot)\s+(?:back\s+)?up"
)
FALLEN = (
    r"fell|fallen|fall(?:s|ing)|decreas(?:ed|es|ing)|reduc(?:ed|es|ing)|drop(?:ped|s|ping)|declin(?:ed|es"
    r"|ing)|shr(?:ank|unk"
    r"|inks|inking)|dip(?:ped|s)|slipped|slid|plummeted|tumbled|diminish(?:ed|es)|lessened|halved|"
    r"(?:gone|went|going|goes|crept|edged|moved|come|came|coming)\s+(?:back\s+)?down"
)
RISE = r"increase|rise|growth|uplift|upturn|surge|jump|gain|climb|escalation"
FALL = r"decrease|reduction|fall|drop|decline|dip|downturn|cut|lowering"
MORE = r"more|higher|greater|longer|larger|bigger|slower|above"
LESS = r"less|fewer|lower|shorter|smaller|quicker|faster|below"
BETTER = r"improv(?:ed|es|ing|ements?)|better"
WORSE = r"worse(?:ned|ns|ning)?|deteriorat(?:ed|es|ing|ion)"


@dataclass(frozen=True)
class Way:
    """A word that says up (1) or down (-1); `than` where it sets what stands before it against what comes after."""

    start: int
    end: int
    sign: int
    than: bool = False


_WORDS = re.compile(
    rf"\b(?:(?P<risen>{RISEN})|(?P<fallen>{FALLEN})|(?P<rise>{RISE})|(?P<fall>{FALL})|(?P<more>{MORE})"
    rf"|(?P<less>{LESS})"
    rf"|(?P<up>up)|(?P<down>down)|(?P<better>{BETTER})|(?P<worse>{WORSE}))\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|never|nor|neither|without|cannot|any|if|whether|than|to|will|would|could|may|might"
    r"|should|must|little|"
    r"expected|forecast|predicted|projected|aims?|planned|hoped?|despite)\s+(?:\w+\s+){0,1}$|n't\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_NUMBER_AFTER = re.compile(
    r"\s+than\s+(?:an?\s+)?(?:[£\d]|doubl|trebl|tripl|half|third|quarter|two|three|four|once|twice)", re.IGNORECASE
)
_IS = re.compile(
    r"\b(?:is|are|was|were|been|be|stands?|stood|remains?|remained|came|come|turned|proved"
    r"|ran)\s+(?:out\s+)?(?:\w+ly\s+|"
    r"much\s+|far\s+|slightly\s+|somewhat\s+|also\s+|still\s+|well\s+)*$",
    re.IGNORECASE,
)
_PARTICLE = re.compile(
    r"(?:\b(?:is|are|was|were|been|be|also|and|now|sharply|slightly|well|significantly)\s+|[,;:(–—-]\s*"
    r"|^\W*(?:\d+\.\s+)?)$"
)
_BY_HOW_MUCH = re.compile(
    r"\s+(?:from|by|on|against|compared|year|in|over|for|since|a\b|an\b|one\b|nearly|almost|about|around"
    r"|some|just|more\s+than|"
    r"over|slightly|sharply|[\d£])|\s*[,.;:(–—]|$",
    re.IGNORECASE,
)


def ways(sentence: Sentence) -> list[Way]:
    """What a sentence says of rise and fall. Aims, denials and limits ("up to 12", "to reduce") say nothing of it."""
    return [way for found in _WORDS.finditer(sentence.text) if (way := _way(sentence, found))]


def _way(sentence: Sentence, found: re.Match[str]) -> Way | None:
    text, (start, end) = sentence.text, found.span()
    kind = found.lastgroup or ""
    led, rest = text[:start], text[end:]
    if _NOT.search(led) and not re.search(r"\bcompared\s+to\s+\w+\s+$", led):
        return None
    sign = 1 if kind in ("risen", "rise", "more", "up") else -1
    if kind in ("better", "worse"):
        sign = good_way(sentence) * (1 if kind == "better" else -1)
        than = bool(re.match(r"\s+than\b", rest)) and found.group().lower() in ("better", "worse")
        return Way(start, end, sign, than) if sign else None
    if kind in ("more", "less"):
        return _comparative(text, found, sign)
    if kind in ("up", "down"):
        fits = _PARTICLE.search(led) and _BY_HOW_MUCH.match(rest)
        return Way(start, end, sign) if fits else None
    return Way(start, end, sign)


def _comparative(text: str, found: re.Match[str], sign: int) -> Way | None:
    start, end = found.span()
    led, rest = text[:start], text[end:]
    if found.group().lower() in ("above", "below"):
        follows = _IS.search(led) and not re.match(r"[\s,.;)]*$|\s+(?:shows?|is|are|gives?|sets?)\b", rest)
        return Way(start, end, sign, than=True) if follows else None
    if re.match(r"\s+than\b", rest):
        return None if _NUMBER_AFTER.match(rest) else Way(start, end, sign, than=True)
    if re.match(r"[^.;:]{0,80}?\bthan\b(?!\s+\d)", rest) and not re.match(
        r"\s+(?:or\s+less|likely|serious|detailed)\b", rest
    ):
        return Way(start, end, sign, than=True)
    counted = re.search(r"\d(?:\s+per\s?cent|%)?\s+(?:\w+\s+)?$", led)
    return Way(start, end, sign) if counted or _IS.search(led) else None


_LOW_IS_GOOD = re.compile(
    r"\b(?:crimes?|offences?|incidents?|complaints?|burglar\w+|robber\w+|thefts?|violence|casualt\w+"
    r"|injur\w+|killed|sickness|"
    r"absence|abandon\w+|reoffend\w+|re-offend\w+|vacanc\w+|backlogs?|errors?|overdue|delays?|late"
    r"|unanswered|missed|"
    r"drop-?out|turnover|anti-social|arson|victims)\b",
    re.IGNORECASE,
)
_HIGH_IS_GOOD = re.compile(
    r"\b(?:satisf\w+|confidence|trust|awareness|compliance|accuracy|attendance|outcome\w*|detection\w*"
    r"|charge|solved|visibility|"
    r"feel(?:ing)?\s+safe|take-up|completion|completed|trained|training|content|within\s+(?:target|the))\b",
    re.IGNORECASE,
)


def good_way(sentence: Sentence) -> int:
    """1 where more is better, -1 where less is; 0 where the words leave it open."""
    sorts = {number.sort for number in sentence.numbers}
    if Sort.DURATION in sorts:
        return -1
    high, low = _HIGH_IS_GOOD.search(sentence.text), _LOW_IS_GOOD.search(sentence.text)
    if bool(high) == bool(low):
        return 0
    return 1 if high else -1


def one_way(found: list[Way]) -> int:
    """The sign that all share; 0 for none or for both."""
    signs = {way.sign for way in found}
    return signs.pop() if len(signs) == 1 else 0


def direction(text: str, at: int, end: int) -> int:
    """1 for a rise, -1 for a fall, 0 where the words near a figure say neither. The nearest word decides."""
    best, sign = 60, 0
    for pattern, way in ((UP, 1), (DOWN, -1)):
        for found in pattern.finditer(text, max(0, at - 60), min(len(text), end + 45)):
            if found.group().lower().startswith("improve"):
                continue
            away = at - found.end() if found.end() <= at else found.start() - end
            between = text[min(found.end(), end) : max(found.start(), at)]
            if re.search(r"[.;]\s", between):
                continue
            if 0 <= away < best:
                best, sign = away, way
    return sign


_HEDGES = (
    r"(?:(?:about|around|nearly|almost|some|approximately|roughly|just|over|under|more\s+than"
    r"|less\s+than|only|exactly)\s+)*"
)
_CHANGE_AFTER = re.compile(
    rf"\s*(?:(?!is\b|break\w*\b|broken\b|adds?\b|was\b|are\b|were\b|and\b|or\b|to\b|in\b|of\b|be\b|than\b"
    rf"|from\b|a\b"
    rf"|an\b)[\w-]+\s+){{0,2}}?(?:{MORE}|{LESS}|{RISE}"
    rf"|{FALL}|up|down|additional|extra|improvement|deterioration|change|difference)\b",
    re.IGNORECASE,
)
_CHANGE_BEFORE = re.compile(
    rf"\b(?:by|up|down|another|further|additional|{RISEN}|{FALLEN}|improved|worsened|changed|differ(?:s"
    rf"|ed)?)\s+{_HEDGES}(?:by\s+)?"
    rf"(?:an?\s+)?$"
    rf"|\b(?:{RISE}|{FALL}|change|difference|gap|improvement|deterioration|swing|shift"
    rf"|movement)\s+(?:\w+\s+){{0,3}}?of\s+{_HEDGES}"
    rf"(?:an?\s+)?$"
    rf"|\b(?:{RISE}|{FALL}|change|difference|gap|improvement)\s+(?:is|was|being|equals?|comes\s+to"
    rf"|amounts\s+to)\s+{_HEDGES}$",
    re.IGNORECASE,
)


def is_change(sentence: Sentence, number: Number) -> bool:
    """Whether a number says by how much something changed, and not how much there was.

    Each comparison of a sentence asks it of every number in it, so the answer is kept with the sentence.
    """
    held = sentence.changes.get(number)
    if held is None:
        held = sentence.changes[number] = _is_change(sentence.text, number)
    return held


def _is_change(text: str, number: Number) -> bool:
    after = text[number.end :]
    if _CHANGE_AFTER.match(after) and not after.lstrip().startswith(","):
        return True
    if _CHANGE_BEFORE.search(text[: number.start]) or text[number.start : number.start + 1] in "+−-":
        return True
    opened = text.rfind("(", 0, number.start)
    inside = opened > text.rfind(")", 0, number.start)
    if not inside:
        return False
    if number.sort is Sort.PERCENT:
        return bool(direction(text, number.start, number.end)) and not re.match(
            r"[^)]*\s(?:to|and|in)\s", text[opened:]
        )
    alone = re.match(r"\((?:an?\s+)?(?:or\s+)?", text[opened:])
    led = text[max(0, opened - 40) : opened]
    return (
        number.sort is Sort.COUNT
        and bool(alone)
        and re.match(r"\s*\)", after) is not None
        and re.search(r"(?:per\s?cent|%)\s*$", led) is not None
        and _CHANGE_BEFORE.search(re.sub(r"[\d.,]+\s*(?:per\s?cent|%)\s*$", "", led)) is not None
    )
