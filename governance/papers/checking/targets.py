"""Severity A: a result against the target, standard or average it is set beside."""

import re
from collections.abc import Iterator

from governance.papers.checking.directions import good_way, is_change
from governance.papers.checking.findings import Finding
from governance.papers.checking.numbers import Number, Sort
from governance.papers.checking.pairing import window
from governance.papers.checking.reading import Reading, Sentence

_REFERENCE = (
    r"averages?|target|standard|mean|median|groups?|peers?|national(?:ly)?|regional(?:ly)?|England"
    r"|threshold|limit|goal|"
    r"benchmark|ambition|aim|expectation|requirement|ceiling|maximum|minimum|budget|(?:similar|other"
    r"|comparable|all)\s+forces|neighbours|counterparts|"
    r"(?:Plan|Panel|Force|Charter|office|contract|policy)\s+(?:\w+\s+)?(?:asks?|sets?|requires?|wants?"
    r"|expects?|promises?|allows?|aims?)|"
    r"asked\s+for|aimed\s+(?:at|for)|hoped\s+for|required|permitted|allowed|promised|agreed"
)
_IS_REFERENCE = re.compile(rf"\b(?:{_REFERENCE})\b", re.IGNORECASE)
_MORE, _LESS = "higher|greater|more|longer|larger|slower", "lower|less|fewer|shorter|smaller|quicker|faster"
_IS = r"(?:is|are|was|were|stands?|stood|comes?|came)\s+(?:out\s+)?(?:\w+ly\s+)?"
_VERDICT = re.compile(
    rf"\b(?:(?P<above>above|(?:{_MORE}|worse|better)\s+than|{_IS}(?:{_MORE})|in\s+excess\s+of|exceed(?:s|ed|ing)?|over"
    r"|surpass(?:es|ed|ing)|ahead\s+of|outside)"
    rf"|(?P<below>below|(?:{_LESS})\s+than|{_IS}(?:{_LESS})|under|beneath|short\s+of|behind|within|inside)"
    r"|(?P<met>met|meets|meeting|achiev(?:ed|es|ing)|hit|reach(?:ed|es)|attained|beat(?:s|en|ing)?|satisf(?:ied|ies)"
    r"|fulfill?ed|on\s+target)"
    r"|(?P<missed>miss(?:ed|es|ing)|f(?:ell|alls?|alling|allen)\s+short|failed|fails|breach(?:ed|es|ing)|off\s+target))\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|nor|no\s+longer|never|neither|failed\s+to|if|whether|to\s+be|will|would"
    r"|should)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[.;]\s")
_SORTS = (Sort.PERCENT, Sort.DURATION, Sort.COUNT, Sort.MONEY)


def comparisons(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "16.5 per cent ... is above the most similar group average of 14.4 per cent": more is above and less below.

    One of two figures of a kind has to be called a target, an average or the peers'; the verdict is then on the other.
    """
    for sort in _SORTS:
        if found := _result_and_reference(sentence, sort):
            result, reference = found
            if result.value != reference.value:
                yield from _judged(sentence, result, reference)
                return


def _numbers(sentence: Sentence, sort: Sort) -> list[Number]:
    return [
        one
        for one in sentence.numbers
        if one.sort is sort and not is_change(sentence, one) and (not one.hedged or re.match(r"[\d£]", one.said))
    ]


def _result_and_reference(sentence: Sentence, sort: Sort) -> tuple[Number, Number] | None:
    held = _numbers(sentence, sort)
    near = window(sentence)
    if len(held) == 1 and len(near) == 2 and len(earlier := _numbers(near[1], sort)) == 1:
        return (earlier[0], held[0]) if _distance(sentence.text, held[0]) is not None else None
    if len(held) != 2:
        return None
    a, b = held
    text = sentence.text
    near_a = _distance(text[: b.start], a)
    near_b = _distance(text[a.end :], b, offset=a.end)
    if near_a is None and near_b is None:
        return None
    if near_b is None or (near_a is not None and near_a < near_b):
        return b, a
    return a, b


def _distance(text: str, number: Number, *, offset: int = 0) -> int | None:
    """How far the nearest word for a target or an average stands from a figure; None where none does."""
    start, end = number.start - offset, number.end - offset
    away = [
        start - found.end() if found.end() <= start else found.start() - end + 20
        for found in _IS_REFERENCE.finditer(text)
        if not _PARTED.search(between := text[min(found.end(), end) : max(found.start(), start)])
        and not (found.start() >= end and _VERDICT.search(between))
    ]
    return min((one for one in away if one < 60), default=None)


def _judged(sentence: Sentence, result: Number, reference: Number) -> Iterator[Finding]:
    text = sentence.text
    for found in _VERDICT.finditer(text):
        if _NOT.search(text[: found.start()]) or not _is_verdict(sentence, found, result, reference):
            continue
        above = result.value > reference.value
        kind = found.lastgroup or ""
        if kind in ("above", "below"):
            said_above = (kind == "above") != _about_reference(text, found, result, reference)
            if re.search("better|worse|ahead|behind|short of", found.group(), re.IGNORECASE):
                good = good_way(sentence)
                if good == 0:
                    continue
                wants = re.search("better|ahead", found.group(), re.IGNORECASE) is not None
                said_above = wants == (good > 0)
            if said_above == above:
                continue
            told = f"{result.said} is {'above' if above else 'below'} {reference.said}."
            plain = {"above": "below", "below": "above"}.get(found.group().lower(), "")
        else:
            good = _wanted(sentence, result)
            if good == 0 or ((kind == "met") == (above == (good > 0))):
                continue
            told = f"{result.said} against {reference.said} is {'missed' if kind == 'met' else 'met'}."
            plain = ""
        place = sentence.place(*found.span())
        yield Finding("above-or-below", "A", *place, found.group(), told, plain)
        return


def _is_verdict(sentence: Sentence, found: re.Match[str], result: Number, reference: Number) -> bool:
    """Whether a word judges the two: not "over 500", not "within the hour", and not far from both."""
    text = sentence.text
    word, rest = found.group().lower(), text[found.end() :]
    if word in ("over", "under", "within", "inside", "outside", "behind"):
        follows = re.match(rf"\s+(?:[\w'-]+\s+){{0,5}}?(?:{_REFERENCE}|it\b|that\b)", rest, re.IGNORECASE)
        direct = (
            re.match(r"\s+(?:the|its|our|their)\s+$", text[found.end() : reference.start] or "x")
            and reference.start > found.end()
        )
        if not follows and not direct:
            return False
    if word in ("above", "below") and re.match(r"\s+(?:shows?|is|are|gives?|sets?)\b", rest):
        return False
    if re.match(r"\s+than\s+[\d£]", text[found.start() :].removeprefix(found.group().split()[0])):
        return found.end() + 1 != result.start
    return True


def _about_reference(text: str, found: re.Match[str], result: Number, reference: Number) -> bool:
    """Whether the target or average is what stands before the word: "the average, 45.2, is above our 37.3"."""
    return reference.end <= found.start() < found.end() <= result.start and not re.search(
        r"^\W*(?:\d+\.\s+)?(?:against|compared\s+(?:to|with)|with|beside)\b", text, re.IGNORECASE
    )


_AT_MOST = re.compile(
    r"\b(?:at\s+most|no\s+more\s+than|no\s+longer\s+than|maximum|ceiling|limit|up\s+to"
    r"|not\s+exceed)\b",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"\b(?:at\s+least|no\s+(?:less|fewer)\s+than|minimum)\b", re.IGNORECASE)


def _wanted(sentence: Sentence, result: Number) -> int:
    """1 where a target is met from above, -1 where from below; 0 where the words leave it open."""
    if _AT_MOST.search(sentence.text):
        return -1
    if _AT_LEAST.search(sentence.text):
        return 1
    if result.sort is Sort.DURATION:
        return -1
    if result.sort is Sort.PERCENT:
        return good_way(sentence) or 1
    return good_way(sentence)
