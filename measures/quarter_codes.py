"""A quarter as it stands in addresses and beside what a paper promised: "2019-20-q2"."""

import re

from measures.models.period import MONTHS_IN_YEAR, QUARTER_WORDS

CODE = re.compile(r"(\d{4})-(\d{2})-q([1-4])")


def last_month_of(code: str) -> int | None:
    """The month index of the quarter's last month; None for what is not a code."""
    found = CODE.fullmatch(code)
    if not found or int(found[2]) != (int(found[1]) + 1) % 100:
        return None
    return MONTHS_IN_YEAR * int(found[1]) + 3 + 3 * int(found[3]) - 1


def quarter_words(code: str) -> str:
    """A code as people read it: "quarter one 2019-20"."""
    found = CODE.fullmatch(code)
    return f"quarter {QUARTER_WORDS[int(found[3]) - 1]} {found[1]}-{found[2]}" if found else code
