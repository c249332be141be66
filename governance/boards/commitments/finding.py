"""Which sentences of a paper promise something. Pure: plain text in, suggestions out; a person decides.

A promise is made in the first person ("I will ...", "I expect ...") and, more often, in the third ("will be provided in
the quarter three report", "an action has been set", "is due to go live on ..."). What was done, what is so, what always
happens when something else does, and what others are quoted as saying is none. Each pattern is tried in order, and the
first that fits says what kind of promise it is.
"""

import datetime as dt
import re
from dataclasses import dataclass

from governance.boards.commitments.days import When, when

# The values of the record's kinds; see models/commitment.py.
REPORT, BOARD_PAPER, ACTION, MILESTONE = "report", "board_paper", "action", "milestone"
REVIEW, ADVICE, ASSURANCE, ATTENDANCE, INTENTION, SCOPE = (
    *("review", "advice", "assurance", "attendance", "intention", "scope"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that seems to promise something: where it stands in the text, and what it says."""

    start: int
    end: int
    sentence: str
    kind: str
    due: dt.date | None
    due_words: str
    who: str


W = r"(?:\w+ ){0,3}"
BOARD = r"\b(?:board|committee|elt|leadership team|executive)\b"
LOOK_AT = r"\b(?:review(?:s|ing)?|analys(?:is|es)|evaluat\w+|assess\w*|audit|survey(?:s)?)\b"
WILL = r"\b(?:will|shall|’ll|'ll|won’t)\b"
GIVEN = "provided|reported|presented|shared|included|published|brought|set out|covered"
BROUGHT = "presented|brought|taken|submitted|produced|due"
LOOKED_AT = "evaluated?|reviewed?|looked at|considered again|undertaken|carried out"
COMES = (
    r"possible|completed?|delivered?|launch\w*|implement\w*|introduced?|start\w*|begin|publish\w*|sent out"
    "|rolled out|undertaking|join|made"
)
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile("|".join(words), re.I))
    for kind, *words in (
        (SCOPE, r"\bwill (?:no longer|not) be (?:report|includ|measur|publish|audit)\w+", r"\bno longer be reported\b"),
        (ADVICE, r"\brecommend(?:ed|s|ation)\b(?= that\b)", r"\bit is (?:also )?recommended\b"),
        (
            ACTION,
            r"\bactions? (?:has|have|had) been (?:set|agreed|given|raised|placed)\b",
            r"\bhave asked (?:for|the|that|him|her|them)\b",
        ),
        (
            REPORT,
            rf"\b(?:i|we|my office|the office) (?:will|shall|am going to) {W}"
            r"(?:provide|report|update|share|bring|return|write)\b",
            rf"{WILL} {W}be {W}(?:{GIVEN})\b[^.]*\b(?:report|paper|panel|meeting)\b",
        ),
        (
            BOARD_PAPER,
            r"\b(?:report|paper|review|findings?|plan)(?: \w+){0,5} (?:is|are|will be) "
            rf"{W}(?:being )?(?:{BROUGHT})\b[^.]*(?:{BOARD}|to me\b)",
        ),
        (
            ASSURANCE,
            rf"\bi (?:will|shall|am|continue to) {W}(?:be )?(?:seek|receiv|challeng|hold|monitor|scrutinis|ask)\w*",
            r"\b(?:is|are|will be) holding \S.* to account\b",
            r"\bhold (?:him|her|them|the (?:force|chief constable)) to account (?:for|through)\b",
            r"\b(?:has|have) (?:agreed to take|taken) on (?:this|the|that) (?:role|work|oversight)\b",
        ),
        (
            ATTENDANCE,
            rf"{WILL} be (?:represented|attending|chairing)\b",
            r"\bis due to chair\b",
            rf"{WILL} (?:attend|chair|sit on)\b",
        ),
        (
            INTENTION,
            r"\bi (?:will|shall) continue to\b",
            r"\b(?:i|we) (?:expect|intend|plan|aim|propose|hope) (?:to|that)\b",
            r"\b(?:i|my office|we) (?:will|shall)\b(?! be able)",
        ),
        (MILESTONE, r"\b(?:is|are) (?:now )?(?:due|expected|scheduled|set|planned) to\b", r"\bgo(?:es)? live\b"),
        (
            REVIEW,
            rf"\bthere will be [^.]*(?:{LOOK_AT})",
            rf"{WILL} (?:also )?(?:be )?(?:{LOOKED_AT})\b",
            r"\b(?:has|have) commissioned (?:\w+ )?(?:analysis|a review|an audit|research|work)\b",
            r"\bwork (?:is )?(?:ongoing|under ?way) to (?:re)?(?:commission|procure)\b",
            r"\b(?:is|are) commissioning\b",
        ),
        (BOARD_PAPER, rf"{BOARD}[^.]* (?:is|are) (?:reviewing|considering)\b[^.]*\b(?:in|by|on) "),
        (
            MILESTONE,
            r"\b(?:in|by|from) the new year\b[^.]*\bwill\b",
            rf"{WILL} continue (?:through|throughout|until|into)\b",
            rf"{WILL} (?:\w+ ){{0,2}}(?:be )?(?:{COMES})\b",
        ),
    )
)
NEVER = re.compile(
    r"\b(?:if|when|whenever|once a|unless)\b[^.]*\bwill\b[^.]*$(?<!possible)|\bwill have (?:\w+ed|had|been)\b"
    r"|\bit will not be possible\b|\bmany of whom will\b|\bas (?:soon|quickly) as\b|\bwill be required to\b"
    r"|\bwill often\b|\b(?:outcomes|results|standards|service) (?:that )?we expect\b",
    re.I,
)
PAST_BY = re.compile(r"\b(?:last|previous) (?:week|month|year|quarter)\b", re.I)
FIRST = re.compile(r"\b(?:I|my office|My office|we|We)\b")
WHO = (
    (re.compile(r"\bI\b"), "the commissioner"),
    (re.compile(r"\bmy office\b", re.I), "the office"),
    (re.compile(r"\b(?:assistant|deputy) chief constable\b|\bACC\b|\bDCC\b", re.I), ""),
    (re.compile(r"\bchief constable(?:'s|’s)?(?: executive leadership team)?\b", re.I), ""),
    (re.compile(r"\bthe force\b", re.I), ""),
    (re.compile(r"\bpanel\b", re.I), ""),
)
SPEAKER = re.compile(r"\b(?:Superintendent|Supt|Inspector|Sergeant|Head of)\b[^“\"]*\bsaid\b[^“\"]*[“\"]", re.I)
ABBREVIATIONS = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Supt|Det|Insp|Sgt|No|p|pp|e\.g|i\.e|etc|vs|approx)\.$", re.I)
END = re.compile(r"[.!?][”\"’')\]*_]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-•*]|\d{1,3}\.|[a-z]\)|[ivx]+\.)\s)|;\s*\n")
LEAD = re.compile(r"^(?:[\s>*_•#-]|\d{1,3}\.\s|[a-z]\)\s|[ivx]{1,4}\.\s|\d\.\d{2}\s)+")
LONGEST = 1200  # characters: what is longer is no sentence


def sentences(text: str) -> list[tuple[int, int, str]]:
    """(start, end, words) of each sentence, its list mark left out and its white space made single."""
    found, start = [], 0
    for match in [*END.finditer(text), None]:
        end = match.end() if match else len(text)
        held = text[start:end]
        if match and (ABBREVIATIONS.search(held.rstrip("”\"’')]*_")) or _is_mark(held)):
            continue
        skipped = LEAD.match(held)
        begin = start + (skipped.end() if skipped else 0)
        words = " ".join(text[begin:end].replace("*", "").split())
        if words and len(words) <= LONGEST:
            found.append((begin, begin + len(text[begin:end].rstrip()), words))
        start = end
    return found


def _is_mark(held: str) -> bool:
    """Whether this is only the number of a paragraph, which its sentence follows."""
    return re.fullmatch(r"\s*[-*>\s]*(?:\d{1,3}|[ivx]{1,4}|[a-z])[.)]", held) is not None


def find(text: str, *, quarter_end: dt.date, meeting: dt.date) -> list[Found]:
    """Every sentence that seems to promise something, in reading order.

    `quarter_end` is the last day of the quarter the paper is about, `meeting` the day of the meeting it is for.
    """
    found = []
    spoken_by_others = _spoken_by_others(text)
    for start, end, words in sentences(text):
        if any(begin < end and start < stop for begin, stop in spoken_by_others):
            continue
        named = when(words, quarter_end=quarter_end, meeting=meeting)
        kind = _kind(words, named)
        if kind:
            due, said = (named.day, named.words) if named else (None, "")
            found.append(Found(start, end, words, kind, due, said, _who(words)))
    return found


def _kind(words: str, named: When | None) -> str:
    if NEVER.search(words) or PAST_BY.search(words) and not FIRST.search(words):
        return ""
    return next((kind for kind, pattern in PATTERNS if pattern.search(words)), "")


def _who(words: str) -> str:
    """Whose promise it is, as the sentence names them: the first who is named."""
    places = [(match.start(), said or match[0]) for pattern, said in WHO if (match := pattern.search(words))]
    return min(places)[1] if places else ""


def _spoken_by_others(text: str) -> list[tuple[int, int]]:
    """What officers are quoted as saying: their words, to the end of the quotation, promise nothing for the office."""
    spans = []
    for match in SPEAKER.finditer(text):
        stop = re.compile(r"[”\"]\*?\s*\n\s*\n(?!\s*\*?[“\"])").search(text, match.end())
        spans.append((match.end() - 1, stop.end() if stop else match.end()))
    return spans
