"""The summary of cases made elsewhere: what it says of files that agree, differ, are not there, or are half looked at."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import oracle
from tests.oracle import Oracle, summary


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setattr(oracle, "PLACE", tmp_path)
    (tmp_path / "some.csv").write_text("area,low,high\nA,1,2\nB,3,4\n")
    return tmp_path


def report(properties, outcome="passed", name="test_it"):
    return SimpleNamespace(user_properties=properties, when="call", outcome=outcome, nodeid=f"tests/x.py::{name}")


def test_rows_and_values_of_several_tests_are_put_together(files):
    first, second = [], []
    one, other = Oracle(first), Oracle(second)
    assert [row["low"] for row in one.rows("some.csv")] == ["1", "3"]
    one.compared("some.csv", rows=2, values=2)
    line = "some.csv: 2 rows, 2 values compared, 0 differ (no test of this run looks at high)"
    assert summary([report(first)]) == [line]
    assert [(row["area"], row["high"]) for row in other.rows("some.csv")] == [("A", "2"), ("B", "4")]
    other.compared("some.csv", rows=2, values=4)
    assert summary([report(first), report(second)]) == ["some.csv: 2 rows, 6 values compared, 0 differ"]


def test_a_test_that_fails_is_named(files):
    properties = []
    Oracle(properties).rows("some.csv")
    found = summary([report(properties, "failed", "test_limits[95]")])
    assert found == ["some.csv: DIFFERS, or could not be compared: test_limits[95]"]


def test_without_the_files_it_was_not_run(files, monkeypatch):
    monkeypatch.setattr(oracle, "PLACE", files / "absent")
    properties = []
    with pytest.raises(pytest.skip.Exception, match="NOT RUN"):
        Oracle(properties).rows("some.csv")
    assert summary([report(properties, "skipped")]) == ["some.csv: NOT RUN"]


def test_a_file_that_is_only_worked_from_says_so(files):
    properties = []
    held = Oracle(properties)
    held.compared("some.csv", rows=len(held.rows("some.csv")), values=0)
    said = "some.csv: 2 rows read, of which the answers of another file are worked out"
    assert summary([report(properties)]) == [said]


def test_every_file_made_elsewhere_is_read_by_some_test():
    if not oracle.PLACE.exists():
        pytest.skip("NOT RUN: ../shared is absent")
    tests = "".join(path.read_text() for path in (Path(__file__).parent / "measures").rglob("test_*.py"))
    made = {"phe_test_Rate.csv", "phe_test_Rate_g_results.csv", "phe_test_Prop.csv", "phe_test_Prop_g_results.csv"}
    assert made & {file.name for file in oracle.PLACE.iterdir()} == made  # their names are put together in the test
    names = {file.name for file in oracle.PLACE.iterdir()} - made - {"README.md"}
    assert {name for name in names if f'"{name}"' not in tests} == set()
