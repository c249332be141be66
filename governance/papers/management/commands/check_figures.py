"""Wrong figures in a text, found without a database.

    manage.py check_figures FILE [--facts FACTS.csv] [--period 2019-20Q2] [--meeting 2019-12-19] [--json]

FILE is Markdown or HTML; - reads standard input. FACTS has the columns measure,statistic,period,value. The period is
the paper's own quarter and the meeting the day it is put before: both are read from the first page where not given.
"""

import datetime as dt
import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.papers.checking.check import check
from governance.papers.checking.facts import Facts, NotFacts, read_csv
from governance.papers.checking.findings import Finding
from governance.papers.checking.periods import Period, parse_quarter

SEVERITIES = {"A": "wrong", "B": "period", "C": "claim", "D": "document", "E": "style"}


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a Markdown or HTML file; - for standard input")
        parser.add_argument("--facts", default="", help="a CSV file: measure,statistic,period,value")
        parser.add_argument("--period", default="", help="the paper's quarter, as 2019-20Q2")
        parser.add_argument("--meeting", default="", help="the day of the meeting, as 2019-12-19")
        parser.add_argument("--json", action="store_true", help="findings as JSON, offsets in characters")

    def handle(self, *args: object, file: str, facts: str, period: str, meeting: str, **options: object) -> None:
        quarter, day = quarter_of(period), day_of(meeting)
        known = facts_of(facts) if facts else Facts()
        source = text_of(file)
        found = check(source, known, quarter=quarter, meeting=day)
        if options["json"]:
            self.stdout.write(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=1))
            return
        for one in found:
            self.stdout.write(line_of(one, source))
        self.stdout.write(f"{len(found)} finding{'' if len(found) == 1 else 's'}.")


def text_of(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as problem:
        raise CommandError(f"{file} cannot be read: {problem.strerror}.") from None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise CommandError(
            f"{file} is not UTF-8 text (byte {problem.start}). Save it as UTF-8 and try again."
        ) from None


def facts_of(file: str) -> Facts:
    try:
        return read_csv(text_of(file))
    except NotFacts as problem:
        raise CommandError(str(problem)) from None


def quarter_of(text: str) -> Period | None:
    quarter = parse_quarter(text)
    if text and quarter is None:
        raise CommandError(f"{text} is no quarter. Write it as 2019-20Q2.")
    return quarter


def day_of(text: str) -> tuple[int, int, int] | None:
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no day. Write it as 2019-12-19.") from None
    return day.year, day.month, day.day


def line_of(one: Finding, source: str) -> str:
    """One finding on one line: where, how grave, what is said and what is found."""
    place = f"line {source.count(chr(10), 0, one.start) + 1}" if one.end else "whole document"
    better = f" Better: {one.suggestion}" if one.suggestion else ""
    said = " ".join(one.said.split())
    return f"{one.severity} ({SEVERITIES[one.severity]}) {place}: {said!r}. {one.found}{better} [{one.rule}]"
