"""`rec-crime-pfa.csv` of the Home Office: recorded crime of twelve months, published every quarter since 2007.

Every figure is a total of twelve months and stays one: neither months nor quarters can be recovered from totals that
overlap. Dates are day-month-year and one quarter is dated 30-12-2017; a date stands for the month it is in. A count
below zero is a correction of offences recorded earlier, larger than what was recorded since, and is kept as published.
The list of offences changes over time: an offence that is absent has no figure, which is not a zero. Bodies that record
fraud for the whole country stand among the forces and are set aside.
"""

import calendar
from collections import Counter

from measures.parsing.months import NotAMonth, month_name, parse_day
from measures.parsing.official import periods
from measures.parsing.official.areas import FRAUD_BODIES, plain, written
from measures.parsing.official.found import YEAR_TO, Found, Line, View
from measures.parsing.official.ons_pfa import ONE_NAME, RECORDED
from measures.parsing.problems import WARNING, quote
from measures.parsing.report import Collector

FORMAT = "Home Office recorded crime by force, rolling years"
HEADS = ["12 months ending", "pfa", "region", "offence", "rolling year total number of offences"]


def recognises(view: View) -> bool:
    return view.heads() == HEADS


def read(view: View) -> Found:
    collector = Collector()
    ends = {text: _end(text, collector) for text in dict.fromkeys(row[0] for row in view.rows[1:] if row)}
    lines: list[Line] = []
    aside: Counter[str] = Counter()
    for number, row in zip(view.numbers[1:], view.rows[1:], strict=True):
        if len(row) < len(HEADS):
            aside["Rows that are cut short"] += 1
        elif plain(row[1]) in FRAUD_BODIES or plain(row[2]).startswith("fraud:"):
            aside["Fraud recorded by a national body, which is not a force"] += 1
        elif (last := ends[row[0]]) is None:
            aside["Rows whose date cannot be read"] += 1
        else:
            offence = ONE_NAME.get(row[3].strip(), row[3].strip())
            lines.append(Line(number, RECORDED, written(row[1]), offence, *periods.year_to(last), YEAR_TO, row[4]))
    last = max((line.last for line in lines), default=0)
    return Found(
        format=FORMAT,
        title=f"Police recorded crime of twelve months, every quarter up to {month_name(last)}",
        notes=(
            "Kept: every total of twelve months as it is. Single months and quarters cannot be worked out from totals "
            "that overlap, so none are.",
            "A number below zero is a correction by the force, larger than what it recorded; it is kept as published.",
        ),
        lines=lines,
        read=len(view.rows) - 1,
        kept=len(lines),
        aside=aside,
        measures={RECORDED: ("count", "offences")},
        corrections=True,
        report=collector.report(),
    )


def _end(text: str, collector: Collector) -> int | None:
    """The month of a date. A day that is not the last of its month is said and read as its month."""
    try:
        month, day = parse_day(text)
    except NotAMonth as problem:
        collector.add(problem.code, str(problem), column="12 months ending")
        return None
    if day not in (None, calendar.monthrange(month // 12, month % 12 + 1)[1]):
        collector.add(
            "date_not_last_day",
            f"{quote(text)} is not the last day of {month_name(month)}; it was read as the twelve months to the end of "
            "that month.",
            column="12 months ending",
            severity=WARNING,
        )
    return month
