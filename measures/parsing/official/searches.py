"""Stop and search as data.police.uk publishes it: one row a search, a file a force and month.

Times are in UTC. From the last Sunday in March to the last in October the clock in Britain is an hour ahead, so a
search at 23:30 on 30 June in the file took place at half past midnight on 1 July: the month is that of the local day.
The file does not name its force: its name does, or the person is asked. Rows of another month than the file's are set
aside, because a month of which a file holds a few rows only must not replace the whole of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from measures.parsing.months import month_name
from measures.parsing.official.areas import written
from measures.parsing.official.found import Found, Line, Question, View
from measures.parsing.official.street import NOT_SAID
from measures.parsing.official.tally import monthly
from measures.parsing.report import Collector

FORMAT = "data.police.uk stop and search"
MEASURE = "Stop and search"
HEADS = ("type", "date", "legislation", "object of search", "outcome")
LONDON = ZoneInfo("Europe/London")
_FILE = re.compile(r"(\d{4})-(\d{2})-(.+?)-stop-and-search", re.IGNORECASE)


def recognises(heads: Sequence[str]) -> bool:
    return set(HEADS) <= set(heads) and "self-defined ethnicity" in heads


def local_month(text: str) -> int | None:
    """The month of the local day of a time in UTC; a time without a zone is taken for UTC, as the publisher says."""
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    local = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(LONDON)
    return 12 * local.year + local.month - 1


def count(heads: Sequence[str], rows: Iterable[tuple[int, list[str]]], view: View) -> Found:
    date, wanted = heads.index("date"), heads.index("object of search")
    named = _FILE.search(view.name)
    counts: dict[int, Counter[str]] = {}
    collector, read, short = Collector(), 0, 0
    for number, row in rows:
        read += 1
        if len(row) <= max(date, wanted):
            short += 1
            continue
        month = local_month(row[date])
        if month is None:
            collector.add("time_unreadable", "The time of the search cannot be read.", row=number, column="Date")
            continue
        counts.setdefault(month, Counter())[row[wanted] or NOT_SAID] += 1
    most = max(counts, key=lambda one: counts[one].total(), default=0)
    month = 12 * int(named[1]) + int(named[2]) - 1 if named else most
    others = sum(found.total() for one, found in counts.items() if one != month)
    force = view.answers.get("force") or (written(named[3]) if named else "")
    aside = {
        "Rows that are cut short": short,
        f"Searches outside {month_name(month)} by the clock in Britain": others,
        "Searches whose time cannot be read": sum(entry.count for entry in collector.report().summary),
    }
    return Found(
        format=FORMAT,
        title=f"Stop and search in {month_name(month)}, counted by object of search" if counts else "Stop and search",
        notes=(
            "Kept: one figure for each object of search and one for all. Times are in UTC in the file; the month is "
            "that of the clock in Britain.",
        ),
        lines=_lines(month, force, counts.get(month, Counter())),
        read=read,
        kept=counts.get(month, Counter()).total(),
        aside={reason: many for reason, many in aside.items() if many},
        questions=(Question("force", "Which force made these searches?", "force", "The file does not name it."),)
        if not force
        else (),
        measures={MEASURE: ("count", "searches")},
        report=collector.report(),
    )


def _lines(month: int, force: str, found: Counter[str]) -> list[Line]:
    lines = [monthly(2, MEASURE, force, "", month, found.total())] if found else []
    return lines + [monthly(2, MEASURE, force, kind, month, many) for kind, many in found.items()]
