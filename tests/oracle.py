"""Cases made elsewhere, in ../shared/oracle: read by tests through `oracle`, and summed up at the end of a run.

They are not in the repository: without them the tests that read them say NOT RUN, and so does the summary.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

PLACE = Path(__file__).resolve().parents[2] / "shared" / "oracle"
PROPERTY = "oracle"
MOST_NAMED = 6  # columns
LABELS = {"area", "Area"}  # names of rows, not answers


class Row(dict):
    """A row of a file that remembers which of its columns were looked at."""

    def __init__(self, held: Mapping, looked_at: list[str]) -> None:
        super().__init__(held)
        self._looked_at = looked_at

    def __getitem__(self, column: str):
        if column not in self._looked_at:
            self._looked_at.append(column)
        return super().__getitem__(column)


class Oracle:
    """What one test reads of the files, kept in the test's own report so that it survives a run in many processes."""

    def __init__(self, properties: list[tuple[str, object]]) -> None:
        self._properties = properties
        self._told: dict[str, dict] = {}

    def path(self, name: str) -> Path:
        if name not in self._told:
            self._told[name] = {"file": name, "rows": 0, "values": 0, "columns": [], "looked_at": []}
            self._properties.append((PROPERTY, self._told[name]))
        if not PLACE.exists():
            pytest.skip("NOT RUN: ../shared is absent")
        return PLACE / name

    def json(self, name: str):
        return json.loads(self.path(name).read_text())

    def rows(self, name: str) -> list[Row]:
        with self.path(name).open(newline="") as file:
            return self.watched(name, list(csv.DictReader(file)))

    def watched(self, name: str, rows: Iterable[Mapping]) -> list[Row]:
        told = self._told[name]
        made = [Row(row, told["looked_at"]) for row in rows]
        told["columns"] = list(made[0])
        return made

    def compared(self, name: str, *, rows: int, values: int) -> None:
        """To be said after the assertions: so many values of so many rows agree."""
        told = self._told[name]
        told["rows"], told["values"] = max(told["rows"], rows), told["values"] + values
        print(f"{name}: {values} values of {rows} rows compared")


def summary(reports: Iterable) -> list[str]:
    """A line for each file any of the reports speaks of."""
    told: dict[str, dict] = {}
    for report in reports:
        for name, one in getattr(report, "user_properties", ()):
            if name == PROPERTY and report.when == "call":
                file = told.setdefault(one["file"], {"rows": 0, "values": 0, "columns": [], "looked_at": set()})
                file["rows"] = max(file["rows"], one["rows"])
                file["values"] += one["values"]
                file["columns"] = one["columns"] or file["columns"]
                file["looked_at"] |= set(one["looked_at"])
                file.setdefault(report.outcome, []).append(report.nodeid.split("::")[-1])
    return [f"{name}: {_line(file)}" for name, file in sorted(told.items())]


def _line(file: dict) -> str:
    if "failed" in file:
        return f"DIFFERS, or could not be compared: {', '.join(sorted(set(file['failed'])))}"
    if "passed" not in file:
        return "NOT RUN"
    if not file["values"]:
        return f"{file['rows']} rows read, of which the answers of another file are worked out"
    line = f"{file['rows']} rows, {file['values']} values compared, 0 differ"
    unread = [column for column in file["columns"] if column not in file["looked_at"] | LABELS]
    named = ", ".join(unread) if len(unread) <= MOST_NAMED else f"{len(unread)} of its columns"
    return line + (f" (no test of this run looks at {named})" if unread else "")
