"""`manage.py signals`: the engine on a file, without a database. No test here may use one."""

import csv
import io
import os
import subprocess
import sys

import numpy as np
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from measures.management.commands.signals import HEADING
from measures.parsing import long_series
from measures.trends.rules import evaluate_latest
from measures.trends.ruleset import CANNOT_SAY, DEFAULT
from measures.trends.windows import counts, ratios

MONTHS = [f"{2010 + n // 12}-{n % 12 + 1:02}" for n in range(72)]


def run(path, *arguments):
    out = io.StringIO()
    call_command("signals", str(path), *arguments, stdout=out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def written(tmp_path, rows, heading="series,month,value"):
    path = tmp_path / "figures.csv"
    path.write_text(heading + "\n" + "".join(f"{row}\n" for row in rows))
    return path


def melted(name, values, months=MONTHS):
    """NaN is written as nothing."""
    return [f"{name},{month},{'' if value != value else value}" for month, value in zip(months, values, strict=False)]


def random_table(rows, seed=5):
    generator = np.random.Generator(np.random.PCG64(seed))
    values = generator.poisson(20, size=(rows, len(MONTHS))).astype(float)
    values[generator.random(values.shape) < 0.01] = np.nan
    return values


def expected(found, row):
    flags = {rule: "" if flags[row] == CANNOT_SAY else str(flags[row]) for rule, flags in found.flags.items()}
    numbers = {name: found.statistics[name][row] for name in ("r4_p", "r5_p", "r5c_p")}
    return flags, {name: None if np.isnan(number) else number for name, number in numbers.items()}


def assert_same(rows, found):
    for place, row in enumerate(rows):
        flags, numbers = expected(found, place)
        assert {name: row[name] for name in flags if name in row} == {n: f for n, f in flags.items() if n in row}
        assert {name: float(row[name]) if row[name] else None for name in numbers} == numbers
        assert row["no_data"] == str(int(found.no_data[place]))


def test_answers_are_the_engines_with_every_digit_of_p(tmp_path):
    values = random_table(40)
    names = [f"s{n}" for n in range(40)]
    lines = [line for name, row in zip(names, values, strict=True) for line in melted(name, row)]
    rows = run(written(tmp_path, lines))
    assert [(row["series"], row["as_of"]) for row in rows] == [(name, "2015-12") for name in names]
    assert list(rows[0]) == list(HEADING)
    assert_same(rows, evaluate_latest(counts(values), DEFAULT))


def test_the_heading_is_the_one_agreed(tmp_path):
    out = io.StringIO()
    call_command("signals", str(written(tmp_path, melted("a", [1.0]))), stdout=out)
    assert out.getvalue() == "series,as_of,r1,r2,r3,r4,r4_p,r5,r5_p,r5c,r5c_p,r5c_ar,no_data\na,2010-01,,,,,,,,,,,0\n"


def test_every_month_is_each_month_on_its_own(tmp_path):
    path = written(tmp_path, [*melted("a", random_table(1)[0]), *melted("b", range(40))])
    everything = run(path, "--as-of", "all")
    assert len(everything) == 2 * len(MONTHS)
    for month in (MONTHS[0], MONTHS[24], MONTHS[-1]):
        alone = run(path, "--as-of", month)
        together = [row for row in everything if row["as_of"] == month]
        for one, other in zip(alone, together, strict=True):
            numbers = [name for name in one if name.endswith("_p") and one[name]]
            assert {n: v for n, v in one.items() if n not in numbers} == {
                n: v for n, v in other.items() if n not in numbers
            }
            assert [float(one[n]) for n in numbers] == pytest.approx([float(other[n]) for n in numbers], rel=1e-9)


def test_a_month_after_the_files_last_has_no_figure_yet(tmp_path):
    (row,) = run(written(tmp_path, melted("a", range(36))), "--as-of", "2014-01")
    assert (row["r1"], row["r4"], row["no_data"]) == ("", "", "1")


def test_months_later_than_the_one_asked_about_are_not_looked_at(tmp_path):
    path = written(tmp_path, [*melted("a", [5.0, 6.0] * 12 + [90.0] * 12), "b,2012-06,1"])
    row, silent = run(path, "--as-of", "December 2011")
    assert (row["as_of"], row["r1"], silent["no_data"]) == ("2011-12", "0", "1")


def test_a_gap_in_the_rolling_trends_months_cannot_be_said(tmp_path):
    values = [float(n) for n in range(36)]
    whole, gap = melted("whole", values), [row for row in melted("gap", values) if "2012-03" not in row]
    first, second = run(written(tmp_path, [*whole, *gap]))
    assert (first["r5"], first["r5c"], second["r5"], second["r5_p"], second["r5c"]) == ("1", "1", "", "", "")


def test_ratios_and_a_denominator_of_zero_is_missing(tmp_path):
    above, below = np.arange(36.0) % 7, np.full(36, 20.0)
    lines = [f"a,{m},{x},{y}" for m, x, y in zip(MONTHS, above, below, strict=False)]
    lines += [f"b,{m},{x},{0 if m == '2012-05' else y}" for m, x, y in zip(MONTHS, above, below, strict=False)]
    rows = run(written(tmp_path, lines, "series,month,numerator,denominator"))
    missing = np.array([above, np.where(np.arange(36) == 28, np.nan, above)])
    assert_same(rows, evaluate_latest(ratios(missing, np.array([below, below])), DEFAULT))
    assert rows[1]["r5"] == ""


def test_the_ruleset_is_chosen_by_name(tmp_path):
    path = written(tmp_path, melted("a", random_table(1)[0]))
    assert run(path, "--ruleset", "key-2019") == run(path, "--ruleset", "default v1") == run(path)
    with pytest.raises(CommandError, match="There is no ruleset guess"):
        run(path, "--ruleset", "guess")


def test_months_are_read_as_the_importer_reads_them(tmp_path):
    lines = ["a,Sep-19,1", "a,October 2019,2", "a,2019M11,3", "a,31/12/2019,4"]
    (row,) = run(written(tmp_path, lines))
    assert row["as_of"] == "2019-12"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["a,2019-01,1", "a,2019-13,2"], "Row 3: “2019-13” would be month 13 of 2019"),
        (["a,2019-01,1", "", "a,2019-02,many"], "Row 4: “many” is not a number"),
        (["a,2019-01,1", "a,2019-02,nan"], "Row 3: “nan” is not a number"),
        (["a,2019-01,1_000"], "Row 2: “1_000” is not a number"),
        (["a,2019-01,1e30"], "Row 2: “1e30” is too large"),
        (["a,2019-01,1", "b,2019-01,1", "a,Jan 2019,1"], "Row 4: row 2 has a figure of the same series for 2019-01"),
        (["a,2019-01,1,7"], "Row 2: there are 4 cells where 3 belong"),
        ([",2019-01,1"], "Row 2: the series has no name"),
        ([], "Row 2: there are no figures below the heading"),
        (['a,2019-01,"1', "b"], "Row 3: the quotation marks do not pair up"),
    ],
)
def test_what_is_wrong_is_refused_with_its_row(tmp_path, rows, said):
    with pytest.raises(CommandError) as refusal:
        run(written(tmp_path, rows))
    assert str(refusal.value).startswith(said)


@pytest.mark.parametrize(
    ("heading", "row", "said"),
    [
        ("name,month,value", "a,2019-01,1", "Row 1: the heading must be series,month,value or"),
        ("series;month;value", "a;2019-01;1", "Row 1: the heading must be"),
        ("series,month,numerator,denominator", "a,2019-01,1,-2", "Row 2: the denominator is below zero"),
    ],
)
def test_what_is_wrong_with_the_columns_is_refused(tmp_path, heading, row, said):
    with pytest.raises(CommandError) as refusal:
        run(written(tmp_path, [row], heading))
    assert str(refusal.value).startswith(said)


def test_text_of_another_encoding_and_a_file_that_is_not_there_are_refused(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes(b"series,month,value\n\xe9,2019-01,1\n")
    with pytest.raises(CommandError, match="the text is not UTF-8"):
        run(path)
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(tmp_path / "none.csv")


def test_standard_input_without_any_database_within_reach(tmp_path):
    """A process of its own, whose database nobody answers for."""
    text = "\ufeff" + "\n".join(["series,month,value", *melted("é", range(36))])
    surroundings = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "manage.py", "signals", "-"]
    ended = subprocess.run(  # noqa: S603
        command, input=text.encode(), capture_output=True, check=False, cwd=settings.BASE_DIR, env=surroundings
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.decode().splitlines()[1].startswith("é,2012-12,0,1,1,1,0.0,1,0.0,1,0.0,,0")
    broken = text.replace("2010-05,4", "2010-05,four").encode()
    refused = subprocess.run(  # noqa: S603
        command, input=broken, capture_output=True, check=False, cwd=settings.BASE_DIR, env=surroundings
    )
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert refused.stderr.decode().startswith("CommandError: Row 6: “four” is not a number.")


def test_rows_in_any_order_are_read_as_if_sorted():
    lines = ["series,month,value\n", "b,2019-02,4\n", "a,2019-02,2\n", "b,2019-01,3\n", "a,2019-01,1\n"]
    read = long_series.read(lines)
    ((names, values, below),) = read.tables(read.first, read.last, 10)
    assert (names, values.tolist(), below) == (["b", "a"], [[3.0, 4.0], [1.0, 2.0]], None)


# ---- cases made elsewhere


def test_real_series_melted_agree(tmp_path, oracle):
    with oracle.path("series_nsw_offences.csv").open() as file:
        head, *body = list(csv.reader(file))
    path = tmp_path / "nsw.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["series", "month", "value"])
        writer.writerows([row[0], month, cell] for row in body for month, cell in zip(head[1:], row[1:], strict=True))
    wanted = oracle.rows("seed_rules_expected_nsw.csv")
    months = sorted({row["asof"] for row in wanted})
    said = {(row["series"], row["as_of"]): row for month in months for row in run(path, "--as-of", month)}
    columns = {"r1": "r1", "r2": "r2", "r3": "r3", "r4": "r4", "r5": "r5", "r5c": "r5_contrast"}
    for row in wanted:
        found = said[row["series"], row["asof"]]
        assert {rule: found[rule] for rule in columns} == {rule: row[column] for rule, column in columns.items()}
        for p, column in (("r4_p", "r4_p"), ("r5_p", "r5_p"), ("r5c_p", "r5_contrast_p")):
            assert float(found[p]) == pytest.approx(float(row[column]), rel=1e-8, abs=1e-14)
    oracle.compared("seed_rules_expected_nsw.csv", rows=len(wanted), values=9 * len(wanted))
    oracle.compared("series_nsw_offences.csv", rows=len(body), values=0)
    assert len(wanted) == 126


def test_edge_cases_melted_agree(tmp_path, oracle):
    cases = oracle.json("seed_rules_edge_cases.json")
    compared = 0
    for case in cases:
        months = [f"{2000 + n // 12}-{n % 12 + 1:02}" for n in range(len(case["y"]))]
        lines = [f"x,{month},{'' if y is None else y}" for month, y in zip(months, case["y"], strict=True)]
        (found,) = run(written(tmp_path, lines))
        wanted = {rule: flag for rule, flag in case["expected"].items() if rule in found}
        assert {rule: found[rule] for rule in wanted} == {
            rule: "" if flag is None else str(flag) for rule, flag in wanted.items()
        }, case["name"]
        compared += len(wanted)
    oracle.compared("seed_rules_edge_cases.json", rows=len(cases), values=compared)
    assert (len(cases), compared) == (15, 37)
