"""All that was written of quarter two 2019-20, with the slips that some of it held before somebody checked it.

`SLIPS` are mistakes of the published report on which the demo is modelled, one measure each: a comparison with another
period, a percentage beside the wrong parts, a miscounted span, the name of another quarter, words against the figures,
a date that has passed. `with_slip` is what was first written, `QUARTER_TWO` what is right.
"""

from desk.demo.tables import PROSECUTION_REASONS
from desk.demo.words.prevent import PREVENT
from desk.demo.words.prevent_safety import PREVENT_SAFETY
from desk.demo.words.protect import PROTECT
from desk.demo.words.quality import QUALITY
from desk.demo.words.shapes import Commentary, written
from desk.demo.words.victims import VICTIMS

REASON_ROWS = "".join(f'<tr><th scope="row">{code}</th><td>{reason}</td></tr>' for code, reason in PROSECUTION_REASONS)
ALL = PREVENT | PREVENT_SAFETY | PROTECT | VICTIMS | QUALITY
QUARTER_TWO: dict[str, Commentary] = {
    slug: Commentary(written(one.text.replace("{reason-codes}", REASON_ROWS)), written(one.did))
    for slug, one in ALL.items()
}

# slug -> what is right, what was first written
SLIPS: dict[str, tuple[tuple[str, str], ...]] = {
    "hate-crime": (("In the 12 months to September 2018 it was", "In the year to June 2018 it was"),),
    "cse-crimes": (("Nothing in quarter two stands out", "Nothing in quarter one stands out"),),
    "answer-crib": (
        ("and has fallen for two years.", "and the trend is at the lowest level seen in many years."),
        (" That is well above the", " That compares with the"),
        (" of quarter one, because of the outage in September.", " of quarter one."),
    ),
    "abandonment-crib": (
        ("for 19 months together", "for 18 consecutive months"),
        ("It opened on 1 December 2019 and settles", "It is due to go live on 1 December and will settle"),
    ),
    "appeals-upheld": (("three upheld, or 50 per cent", "three upheld, or 33 per cent"),),
}


def with_slip(slug: str) -> Commentary:
    """The commentary as it was first written; KeyError for a measure without one, ValueError for words not found."""
    right = QUARTER_TWO[slug]
    text = right.text
    for correct, slip in SLIPS.get(slug, ()):
        if text.count(correct) != 1:
            raise ValueError(f"The commentary on {slug} does not say “{correct}” once.")
        text = text.replace(correct, slip)
    return Commentary(text, right.did)
