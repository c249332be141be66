"""What the checker says of a text against the record, where it is sure which measure a sentence speaks of."""

import re
from html import unescape

from governance.papers.checking.facts import named_in, telling
from governance.papers.checking.findings import Finding
from governance.papers.checking.reading import stems
from governance.papers.checking.sentences import sentences
from governance.papers.known import Known
from governance.papers.live import REFERENCE

AGAINST_RECORD = {
    "value-against-record",
    "value-of-another-period",
    "change-against-record",
    "direction-against-record",
}
TAG = re.compile(r"<[^>]*>")


def is_sure(one: Finding, text: str, own: str, known: Known) -> bool:
    """Whether a finding stands by itself, or is of one measure that is sure: `own`, or another that is named."""
    if one.rule not in AGAINST_RECORD:
        return True
    sentence = _sentence_at(text, one.start)
    named = named_in(plain(sentence), known.facts.measures()) or own
    bound = _bound_at(text, one.start)
    if bound and known.names.get(bound, named) != named:
        return False  # a live figure says itself of which measure it is, and that is another
    return _speaks_of(sentence, named, known)


def _bound_at(text: str, at: int) -> str:
    """The slug of the measure whose live figure stands at a place, if one does."""
    opened = text.rfind("<data ", 0, at)
    if opened < 0 or text.rfind("</data>", opened, at) >= 0:
        return ""
    found = REFERENCE.match(text, opened)
    return found[1].partition(".")[0] if found else ""


def _sentence_at(text: str, at: int) -> str:
    """The sentence in which a place lies, marks and all."""
    begun = text.rfind("\n\n", 0, at) + 2
    part = text[begun : text.find("\n\n", at)]
    return next((part[a:b] for a, b in sentences(part) if begun + a <= at < begun + b), part)


def _speaks_of(sentence: str, named: str, known: Known) -> bool:
    """Whether a sentence is about this one measure and shares no telling word with another.

    "3,026 burglaries and 2,758 vehicle offences" names one and half of another: which figure is whose the checker
    cannot tell, and it had better be silent.
    """
    said = stems(plain(sentence))
    mine = telling(named)
    return bool(named) and all(not (telling(other) & said) - mine for other in known.facts.measures() if other != named)


def plain(html: str) -> str:
    """The words of some inline HTML with single spaces, as the page counts them."""
    return re.sub(r"\s+", " ", unescape(TAG.sub("", re.sub(r"<(?:br|/p|/li|/td|/th)>", " ", html))))
