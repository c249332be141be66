"""The paper's tables: every cell has its figure, and the row of changes comes out as published."""

import subprocess
import sys
from pathlib import Path

from desk.demo import grid
from desk.demo.months import monthly, observations
from desk.demo.plan import MEASURE_BY_SLUG
from desk.demo.tables import CALL_WAITS, INDICATORS, PROSECUTION_REASONS, SEPTEMBERS, TABLES

ROOT = Path(__file__).resolve().parents[3]


def test_tables_show_series_of_the_plan():
    assert {slug for table in TABLES for _, slug in table.series} <= set(MEASURE_BY_SLUG)
    assert {table.under for table in TABLES} == {"satisfaction-whole"}


def test_changes_over_two_years_come_out_as_published():
    held = {(o.series_slug, o.end): o.value for o in observations() if not o.breakdown}
    first, last = SEPTEMBERS[0], SEPTEMBERS[-1]
    changes = [round(held[slug, last] - held[slug, first], 1) for _, slug in INDICATORS.series]
    assert changes == [-0.3, 3.2, 1.2, 0.4, -5.3, -5.8, -0.5]


def test_call_waits_come_out_as_published():
    printed = []
    for _, slug in CALL_WAITS.series:
        pair = monthly()[slug]
        for end in CALL_WAITS.periods:
            year = slice(grid.index(f"{end:%Y-%m}") - 11, grid.index(f"{end:%Y-%m}") + 1)
            printed.append(round(pair.numerator[year].sum() / pair.denominator[year].sum()))
    assert printed == [12, 7, 6, 5, 4, 4, 229, 102, 80]


def test_sixteen_reasons_have_sixteen_codes():
    assert len(PROSECUTION_REASONS) == len(dict(PROSECUTION_REASONS)) == 16


def test_the_demo_data_need_no_framework():
    modules = sorted(f"desk.demo.{path.stem}" for path in (ROOT / "desk" / "demo").glob("*.py") if path.stem in PURE)
    code = f"import sys, {', '.join(modules)}; print(sorted(m for m in sys.modules if m.split('.')[0] in {{'django', 'celery'}}))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (len(modules), ran.stdout.strip()) == (len(PURE), "[]")


PURE = {
    "benchmark",
    "charts",
    "counts",
    "definitions",
    "grid",
    "headers",
    "headline",
    "headline_service",
    "months",
    "nation",
    "notes",
    "peers",
    "plan",
    "shares",
    "supporting_crime",
    "supporting_service",
    "surveys",
    "tables",
}
