"""Official files as they were published, brought in by hand through the pages: every row counted, every symbol checked.

The files are not in the repository: without them these tests say NOT RUN. A small file of the same shape is always run.
"""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from django.urls import reverse

from core.jobs.models import Job
from core.jobs.performing import perform
from measures import reading
from measures.models import CurrentValue, ImportBatch, Observation, Series, TrendSignal
from measures.parsing.months import month_text
from measures.parsing.official.areas import named, written
from measures.parsing.official.street import BEHAVIOUR
from measures.trends.rules import evaluate_latest
from measures.trends.ruleset import CANNOT_SAY, DEFAULT
from tests.factories.accounts import OfficeFactory
from tests.factories.measures import AreaFactory
from tests.measures.importing import columns, month, press, settled, upload

SHARED = Path(__file__).resolve().parents[3] / "shared"
NSW_LONG = "data/spc_demo/nsw_offences_7_types.csv"
NSW_WIDE = "oracle/series_nsw_offences.csv"
STREET = "data/monthly_street/monthly_street_counts_force_x_crime_type_share.csv"
RULES = ("r1", "r2", "r3", "r4", "r5", "r5c")
SAID = {"r1": "r1", "r2": "r2", "r3": "r3", "r4": "r4", "r5": "r5", "r5c": "r5_contrast"}  # rule: column of the answers
OWN_LONG = (
    "rownames,Month,Type,Count\n"
    "1,2019 Jul,Arson,3\n2,2019 Aug,Arson,0\n3,2019 Sep,Arson,5\n"
    '4,2019 Jul,"Intimidation, stalking",11\n5,2019 Sep,"Intimidation, stalking","1,204"\n'
)
OWN_STREET = (
    "month,force_id,reported_by,crime_type,count\n"
    "2019-06,north,Northshire Police,Burglary,10\n2019-06,south,Southshire Police,Burglary,20\n"
    "2019-06,north,Northshire Police,Drugs,0\n2019-06,south,Southshire Police,Drugs,4\n"
    "2019-08,north,Northshire Police,Burglary,12\n2019-08,south,Southshire Police,Burglary,21\n"
)


@pytest.fixture(autouse=True)
def own_force(analyst):
    OfficeFactory()
    return AreaFactory()


def shared(path: str) -> bytes:
    if not SHARED.exists():
        pytest.skip("NOT RUN: ../shared is absent")
    return (SHARED / path).read_bytes()


def lines(data: bytes) -> list[dict[str, str]]:
    """The file as the standard library reads it, past our own reader."""
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines()))


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def bring_in(client, data: bytes, name: str, **chosen: str) -> ImportBatch:
    """Upload, columns, each unknown name said to be new, each new series created, checked, accepted."""
    batch = settled(upload(client, data, name, source=name))
    assert batch.state == "uploaded"
    settled(press(client, batch, "columns", columns(batch) | chosen))
    if batch.state == "refused" and (unplaced := names_to_place(batch)):
        settled(press(client, batch, "names", unplaced))
    if batch.state == "refused":
        settled(press(client, batch, "series", {"all": "create"}))
    assert (batch.state, batch.report.preview["errors"], batch.report.preview["left_out"]) == ("ready", 0, 0)
    return settled(press(client, batch, "accept"))


def bring_in_recognised(client, data: bytes, name: str, **said: str) -> ImportBatch:
    """Upload, answer what is asked, take every proposal, place the other areas as new forces, create every series."""
    batch = settled(upload(client, data, name, source=name))
    if batch.state == "uploaded" and said:
        settled(press(client, batch, "read", {f"answer_{key}": text for key, text in said.items()}))
    if batch.state == "refused" and (names := batch.report.preview["unknown_measures"]):
        proposed = batch.report.preview["recognised"]["measures"]
        answers = {}
        for index, (text, _, _) in enumerate(names):
            kind, unit = proposed[text]
            answers |= {f"measure_{index}": "new", f"kind_{index}": kind, f"unit_{index}": unit}
        settled(press(client, batch, "names", answers | areas_to_place(batch)))
    elif batch.state == "refused" and batch.report.preview["unknown_areas"]:
        settled(press(client, batch, "names", areas_to_place(batch)))
    if batch.state == "refused" and batch.report.preview["errors"] == 0:
        settled(press(client, batch, "series", {"all": "create"}))
    return settled(press(client, batch, "accept")) if batch.state == "ready" else batch


def areas_to_place(batch: ImportBatch) -> dict[str, str]:
    """Official areas as what they are, any other name as a new force."""
    kinds = [(index, named(one[0])) for index, one in enumerate(batch.report.preview["unknown_areas"])]
    return {f"area_{index}": f"new:{found.kind if found else 'force'}" for index, found in kinds}


def names_to_place(batch: ImportBatch) -> dict[str, str]:
    """Answers to the page that asks about unknown names: every one of them is new."""
    answers: dict[str, str] = {}
    for index, _ in enumerate(batch.report.preview["unknown_measures"]):
        answers |= {f"measure_{index}": "new", f"kind_{index}": "count", f"unit_{index}": "crimes"}
    for index, _ in enumerate(batch.report.preview["unknown_areas"]):
        answers[f"area_{index}"] = "new:force"
    return answers


def stored_totals(*group: str) -> dict[tuple[str, ...], Decimal]:
    """What the record now holds, by these fields of a current value."""
    found: Counter = Counter()
    for *key, value in CurrentValue.objects.values_list(*group, "value"):
        found[tuple(key)] += Decimal(str(value))
    return dict(found)


def recomputed() -> None:
    """Do what the import asked for: the signals of what it changed."""
    job = Job.objects.get(kind="measures.recompute", state="waiting")
    assert perform(job.pk, threaded=False)
    job.refresh_from_db()
    assert job.state == "done"


def check_long(client, data: bytes) -> int:
    rows = lines(data)
    batch = bring_in(client, data, "offences.csv")
    wanted: Counter = Counter()
    for row in rows:
        wanted[(row["Type"],)] += number(row["Count"])
    assert batch.state == "accepted"
    assert stored_totals("series__measure__name") == dict(wanted)
    assert Observation.objects.filter(batch=batch).count() == CurrentValue.objects.count() == len(rows)
    return len(rows)


def check_street(client, data: bytes) -> int:
    """Recognised as counts of street-level crime: each type of each force, all crime, anti-social behaviour apart."""
    rows = lines(data)
    batch = bring_in_recognised(client, data, "street.csv")
    wanted: Counter = Counter()
    for row in rows:
        behaviour = row["crime_type"] == "Anti-social behaviour"
        names = ["anti-social behaviour"] if behaviour else ["", row["crime_type"]]
        for name in names:
            wanted[(written(row["reported_by"]), name)] += number(row["count"])
    assert batch.state == "accepted"
    found = stored_totals("series__area__name", "series__measure__name", "series__breakdown")
    given = {(area, "anti-social behaviour" if name == BEHAVIOUR else cut): n for (area, name, cut), n in found.items()}
    assert {key: n for key, n in given.items() if n} == {key: n for key, n in wanted.items() if n}
    months = {month_text(one) for one in CurrentValue.objects.values_list("month", flat=True)}
    assert months == {row["month"] for row in rows}  # a month that is not in the file is a gap, never a zero
    return len(rows)


def check_told_twice(client, data: bytes, name: str) -> None:
    """The same file again: said before anything is done, refused without a tick, and then nothing is stored anew."""
    held = Observation.objects.count()
    batch = upload(client, data, name, source=name)
    page = client.get(reverse("import-detail", args=[batch.pk])).content.decode()
    assert (batch.state, "This very file was accepted before" in page) == ("ready", True)
    preview = batch.report.preview
    assert (preview["new"], preview["changed"], preview["unchanged"]) == (0, 0, held)
    press(client, batch, "accept")
    assert batch.state == "ready"
    press(client, batch, "accept", {"again": "1"})
    assert (batch.state, Observation.objects.count()) == ("accepted", held)


def test_a_small_file_written_like_the_real_one(client):
    assert check_long(client, OWN_LONG.encode()) == 5
    assert stored_totals("series__measure__name") == {("Arson",): 8, ("Intimidation, stalking",): 1215}
    check_told_twice(client, OWN_LONG.encode(), "offences.csv")


def test_a_small_file_of_forces_and_types(client):
    assert check_street(client, OWN_STREET.encode()) == 6
    check_told_twice(client, OWN_STREET.encode(), "street.csv")


def test_nsw_offences_in_seven_types(client):
    assert check_long(client, shared(NSW_LONG)) == 2_436
    check_told_twice(client, shared(NSW_LONG), "offences.csv")


def test_street_crime_by_month_force_and_type(client):
    assert check_street(client, shared(STREET)) == 3_836
    check_told_twice(client, shared(STREET), "street.csv")


def stored_flags() -> dict[tuple[str, str], dict[str, int | None]]:
    """The flags the record holds under the default ruleset, by name of the measure and month."""
    signals = TrendSignal.objects.filter(ruleset__name=DEFAULT.name).select_related("series__measure")
    return {
        (one.series.measure.name, month_text(one.as_of)): {rule: getattr(one, rule) for rule in RULES}
        for one in signals
    }


def worked_out_flags(dates: set[str]) -> dict[tuple[str, str], dict[str, int | None]]:
    """The flags of months whose signals are not kept, from the same record by the same engine."""
    series = reading.monthly_series_of()
    table = reading.load(series)
    data = table.monthly_series(np.arange(len(series)), quotient=False)
    answers = {}
    for date in dates:
        found = evaluate_latest(data, DEFAULT, table.column(month(date)))
        for row, one in enumerate(series):
            flags = {rule: int(found.flags[rule][row]) for rule in RULES}
            answers[(one.measure.name, date)] = {
                rule: None if flag == CANNOT_SAY else flag for rule, flag in flags.items()
            }
    return answers


def test_the_signals_of_a_small_file_of_series(client):
    """Two years and more of 100 and 104 in turn light nothing; a last month of 130 lies far over 102 and two SD."""
    months = [f"{2017 + place // 12}-{place % 12 + 1:02}" for place in range(33)]
    quiet = [("100", "104")[place % 2] for place in range(33)]
    table = [["series", *months], ["Quiet", *quiet], ["Spike", *quiet[:-1], "130"]]
    bring_in(client, "".join(",".join(row) + "\n" for row in table).encode(), "series.csv")
    assert stored_totals("series__measure__name") == {("Quiet",): 3_364, ("Spike",): 3_394}
    recomputed()
    held = stored_flags()
    assert held[("Quiet", "2019-09")] == dict.fromkeys(RULES, 0)
    assert {rule: held[("Spike", "2019-09")][rule] for rule in ("r1", "r2", "r3")} == {"r1": 1, "r2": 0, "r3": 0}
    assert worked_out_flags({"2019-09"}) == {key: flags for key, flags in held.items() if key[1] == "2019-09"}


def test_signals_of_real_series_are_those_worked_out_elsewhere(client, oracle):
    batch = bring_in(client, shared(NSW_WIDE), "series.csv")
    rows = lines(shared(NSW_WIDE))
    wanted = {(row.pop("series"),): sum(map(number, row.values())) for row in rows}
    assert (batch.state, stored_totals("series__measure__name")) == ("accepted", wanted)
    recomputed()
    expected = {
        (row["series"], row["asof"]): {rule: int(row[column]) for rule, column in SAID.items()}
        for row in oracle.rows("seed_rules_expected_nsw.csv")
    }
    held = stored_flags()
    kept = {key: flags for key, flags in expected.items() if key in held}
    others = {key: flags for key, flags in expected.items() if key not in held}
    assert {key: held[key] for key in kept} == kept
    answers = worked_out_flags({date for _, date in others})
    assert {key: answers[key] for key in others} == others
    print(f"{len(kept)} rows compared with stored signals, {len(others)} with the engine on the record")
    oracle.compared("seed_rules_expected_nsw.csv", rows=len(expected), values=len(SAID) * len(expected))
    assert (len(kept), len(others), len(Series.objects.all())) == (84, 42, 21)
