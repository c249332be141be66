"""The periods that official tables are headed with, read as months (12 * year + month - 1).

Footnote marks are glued to years: "year ending June 20191,2" is June 2019 with notes 1 and 2, "Mar '125, 6" is March
2012 with notes 5 and 6, and "March 181,2,3" is March 2018. A year of four digits begins with 19 or 20; in any other
run of digits the first two are the year.
"""

import re

from measures.parsing.months import NotAMonth, parse_day

_YEAR = r"(?:(?:19|20)\d{2}|\d{2})"
_YEAR_ENDING = re.compile(rf"year ending ([A-Za-z]+) ({_YEAR})", re.IGNORECASE)
_RANGE = re.compile(rf"([A-Za-z]+)[ -]*'?({_YEAR})\s*(?:to|-)\s*([A-Za-z]+)[ -]*'?({_YEAR})", re.IGNORECASE)
_DAYS = re.compile(r"\d{1,2} ([A-Za-z]+) (\d{4}) to \d{1,2} ([A-Za-z]+) (\d{4})", re.IGNORECASE)
_SAME_YEAR = re.compile(r"([A-Za-z]+) to ([A-Za-z]+) ((?:19|20)\d{2})", re.IGNORECASE)
_FINANCIAL = re.compile(r"(\d{4})\s*[/-]\s*(\d{2}|\d{4})")
YEAR_MONTHS = 12
MARCH = 3


def month_of(text: str) -> int | None:
    """The month a text names, with or without a day; None where it names none."""
    try:
        return parse_day(text)[0]
    except NotAMonth:
        return None


def year_ending(title: str) -> int | None:
    """The last month of the year a title speaks of; of several the last, since a comparison names the earlier first."""
    found = _YEAR_ENDING.findall(title)
    return month_of(f"{found[-1][0]} {found[-1][1]}") if found else None


def between(text: str) -> tuple[int, int] | None:
    """First and last month of "Apr '07 to Mar '083", "1 April 2017 to 31 March 2018", "January to March 2017"."""
    if match := _DAYS.search(text) or _RANGE.search(text):
        first, last = month_of(f"{match[1]} {match[2]}"), month_of(f"{match[3]} {match[4]}")
    elif match := _SAME_YEAR.search(text):
        first, last = month_of(f"{match[1]} {match[3]}"), month_of(f"{match[2]} {match[3]}")
    else:
        return None
    return (first, last) if first is not None and last is not None and first <= last else None


def financial_year(text: str) -> tuple[int, int] | None:
    """April to March of "2012/13" or "2012-13"."""
    match = _FINANCIAL.fullmatch(text.strip())
    if not match or int(match[2]) % 100 != (int(match[1]) + 1) % 100:
        return None
    last = YEAR_MONTHS * (int(match[1]) + 1) + MARCH - 1
    return last - YEAR_MONTHS + 1, last


def year_to(last: int) -> tuple[int, int]:
    return last - YEAR_MONTHS + 1, last


def kind_of(first: int, last: int) -> str:
    """The kind of period (see `spans`) of that many months."""
    return {1: "month", 3: "quarter", YEAR_MONTHS: "year-to"}.get(last - first + 1, "sample")
