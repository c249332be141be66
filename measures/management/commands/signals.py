"""The signals of a file of series, as CSV: the engine of the pages, without a database.

    manage.py signals FILE [--as-of YYYY-MM | all] [--ruleset NAME]      (- reads standard input)

FILE has the columns series,month,value or series,month,numerator,denominator, one month of one series a row. One row
comes out for each series and month judged: -1, 0 or 1 for each rule, empty where it cannot be said, and p-values.
"""

import csv
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from django.core.management.base import BaseCommand, CommandError, CommandParser

from measures.parsing import long_series
from measures.parsing.long_series import LongSeries
from measures.parsing.months import NotAMonth, month_text, parse_month
from measures.parsing.problems import Unreadable
from measures.trends import windows
from measures.trends.rules import Evaluation, evaluate_history, evaluate_latest
from measures.trends.ruleset import CANNOT_SAY, RULESETS, VERSIONS, Ruleset

HEADING = (*("series", "as_of", "r1", "r2", "r3", "r4", "r4_p", "r5", "r5_p", "r5c", "r5c_p", "r5c_ar", "no_data"),)
FLAG_TEXT = {-1: "-1", 0: "0", 1: "1", CANNOT_SAY: ""}
NAMES = RULESETS | {one.identity: one for one in VERSIONS}
EVERY_MONTH = "all"
SERIES_AT_ONCE = 4_096
CELLS_AT_ONCE = 60_000  # series and months, where every month is judged


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a CSV file; - for standard input")
        parser.add_argument("--as-of", default="", help="the month to judge, or all; else the last month of the file")
        parser.add_argument("--ruleset", default="default", help=f"one of: {', '.join(NAMES)}")

    def handle(self, *args: object, file: str, as_of: str, ruleset: str, **options: object) -> None:
        if ruleset not in NAMES:
            raise CommandError(f"There is no ruleset {ruleset}. Choose one of: {', '.join(NAMES)}.")
        asked = None if as_of in ("", EVERY_MONTH) else month_of(as_of)
        try:
            with lines_of(file) as lines:
                read = long_series.read(lines)
            answers = (
                every_month(read, NAMES[ruleset]) if as_of == EVERY_MONTH else one_month(read, NAMES[ruleset], asked)
            )
            self.stdout.write(",".join(HEADING))
            for text in answers:
                self.stdout.write(text, ending="")
        except Unreadable as refusal:
            raise CommandError(f"Row {refusal.problem.row}: {refusal.problem.message}") from None
        except OSError as problem:
            if not isinstance(problem, BrokenPipeError):
                raise CommandError(f"{file} cannot be read: {problem.strerror}.") from None
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has seen enough


@contextmanager
def lines_of(file: str) -> Iterator[io.TextIOBase]:
    """The lines of a file, or of standard input, as UTF-8 with or without a byte order mark."""
    raw = sys.stdin.buffer if file == "-" else open(file, "rb")  # noqa: SIM115 closed with its wrapper
    with io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as lines:
        yield lines


def month_of(text: str) -> int:
    try:
        return parse_month(text)
    except NotAMonth as problem:
        raise CommandError(str(problem)) from None


def one_month(read: LongSeries, ruleset: Ruleset, asked: int | None) -> Iterator[str]:
    """The answers at one month, the same for every series."""
    month = read.last if asked is None else asked
    as_of = month_text(month)
    for names, above, below in read.tables(month - ruleset.reach + 1, month, SERIES_AT_ONCE):
        found = evaluate_latest(series_of(above, below), ruleset)
        yield rows_of(names, [as_of] * len(names), found)


def every_month(read: LongSeries, ruleset: Ruleset) -> Iterator[str]:
    """The answers at every month from the file's first to its last."""
    months = [month_text(month) for month in range(read.first, read.last + 1)]
    at_once = max(1, CELLS_AT_ONCE // len(months))
    for names, above, below in read.tables(read.first, read.last, at_once):
        found = evaluate_history(series_of(above, below), ruleset, explain=True)
        yield rows_of([name for name in names for _ in months], months * len(names), found)


def series_of(above: np.ndarray, below: np.ndarray | None) -> windows.MonthlySeries:
    return windows.counts(above) if below is None else windows.ratios(above, below)


def rows_of(names: list[str], as_of: list[str], found: Evaluation) -> str:
    columns: list[list[str] | list[float | str]] = [names, as_of]
    for name in HEADING[2:-1]:
        if name in found.flags:
            columns.append([FLAG_TEXT[flag] for flag in found.flags[name].ravel().tolist()])
        else:
            columns.append(["" if p != p else p for p in found.statistics[name].ravel().tolist()])  # NaN: no answer
    columns.append(["1" if silent else "0" for silent in found.no_data.ravel().tolist()])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(zip(*columns, strict=True))
    return text.getvalue()
