"""Every problem of a file counted, the first thousand kept.

A wrong column can make a hundred thousand problems. All are counted, by code; sentences are written only for those that
are kept, which are the first `HELD` in the order of the file, errors before warnings when there is not room for both.
"""

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from measures.parsing.problems import ERROR, Problem

HELD = 1_000  # problems


@dataclass(frozen=True)
class CodeCount:
    """How often one code occurred; `example` is the first of it in the file."""

    code: str
    severity: str
    count: int
    example: Problem


@dataclass(frozen=True)
class Report:
    """`held`: at most HELD problems in the order of the file. `summary`: every code, errors first, then by
    frequency."""

    held: tuple[Problem, ...] = ()
    summary: tuple[CodeCount, ...] = ()

    @property
    def errors(self) -> int:
        return sum(entry.count for entry in self.summary if entry.severity == ERROR)

    @property
    def warnings(self) -> int:
        return self.total - self.errors

    @property
    def total(self) -> int:
        return sum(entry.count for entry in self.summary)

    @property
    def not_held(self) -> int:
        return self.total - len(self.held)

    @property
    def is_clean(self) -> bool:
        """True when nothing stops the import; there may be warnings."""
        return self.errors == 0

    def count(self, code: str) -> int:
        return sum(entry.count for entry in self.summary if entry.code == code)


@dataclass(frozen=True)
class _Batch:
    """Problems of one code: rows int[n], and how to write the i-th of them."""

    code: str
    severity: str
    rows: np.ndarray
    write: Callable[[int], Problem]


@dataclass
class Collector:
    """Gathers problems while a stage runs; `report()` writes the sentences of those kept."""

    batches: list[_Batch] = field(default_factory=list)

    def add(
        self, code: str, message: str, *, row: int | None = None, column: str | None = None, severity: str = ERROR
    ) -> None:
        self.extend([Problem(row, column, code, message, severity)])

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.batches.append(_Batch(problem.code, problem.severity, np.array([problem.row or 0]), _always(problem)))

    def add_rows(
        self,
        code: str,
        rows: np.ndarray,
        sentence: Callable[[int], str],
        *,
        column: Callable[[int], str | None],
        severity: str = ERROR,
    ) -> None:
        """Add a problem for each of rows int[n]; `sentence(i)` and `column(i)` are asked only for those kept."""
        if len(rows):
            self.batches.append(
                _Batch(
                    code,
                    severity,
                    rows,
                    lambda i: Problem(int(rows[i]) or None, column(i), code, sentence(i), severity),
                )
            )

    def report(self) -> Report:
        kept: list[tuple[bool, int, int, int]] = []
        for number, batch in enumerate(self.batches):
            first = np.argsort(batch.rows, kind="stable")[:HELD]
            kept.extend((batch.severity != ERROR, int(batch.rows[i]), number, int(i)) for i in first)
        kept = sorted(heapq.nsmallest(HELD, kept), key=lambda entry: entry[1:])
        held = tuple(self.batches[number].write(i) for _, _, number, i in kept)
        return Report(held, self._summary())

    def _summary(self) -> tuple[CodeCount, ...]:
        counts: dict[tuple[str, str], tuple[int, Problem]] = {}
        for batch in self.batches:
            first = batch.write(int(np.argmin(batch.rows)))
            count, example = counts.get((batch.severity, batch.code), (0, first))
            earlier = min(example, first, key=lambda problem: problem.row or 0)
            counts[batch.severity, batch.code] = (count + len(batch.rows), earlier)
        return _ordered(CodeCount(code, severity, *entry) for (severity, code), entry in counts.items())


def _always(problem: Problem) -> Callable[[int], Problem]:
    return lambda _: problem


def merge(reports: Sequence[Report]) -> Report:
    """One report of several stages of the same file: all counted, the first HELD of what they kept."""
    held = [problem for report in reports for problem in report.held]
    first = sorted(held, key=lambda problem: (problem.severity != ERROR, problem.row or 0))[:HELD]
    counts: dict[tuple[str, str], CodeCount] = {}
    for entry in (entry for report in reports for entry in report.summary):
        before = counts.get((entry.severity, entry.code))
        count = entry.count + (before.count if before else 0)
        example = before.example if before else entry.example
        counts[entry.severity, entry.code] = CodeCount(entry.code, entry.severity, count, example)
    return Report(tuple(sorted(first, key=lambda problem: problem.row or 0)), _ordered(counts.values()))


def _ordered(entries: Iterable[CodeCount]) -> tuple[CodeCount, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.severity != ERROR, -entry.count, entry.code)))
