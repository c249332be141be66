"""What the marks of each kind say: as many as there are values, gaps left open, lengths in proportion."""

from dataclasses import replace

import pytest

from measures.charts import compare, control, level, monthly, national, peers, projection, sparkline, volume
from measures.charts.months import MonthSeries
from measures.charts.notes import MonthNote, NoteKind
from measures.charts.palette import OWN, TONES, Tone
from measures.charts.ranking import Bar
from measures.charts.units import Kind, Unit

from .reading import SVG, parse, paths, places, subpaths, words
from .samples import END, RATE, charts, frame, ranking, series, spark

NONE = MonthSeries("Twelve months")


def heights(d: str) -> list[float]:
    """The heights of the bars of one path."""
    corners = [list(places("M" + box)) for box in d.split("M")[1:]]
    return [round(abs(box[1][1] - box[2][1]), 1) for box in corners]


def test_monthly_has_a_bar_a_value_and_a_pale_column_a_gap():
    root = parse(monthly.draw(monthly.MonthlyChart(frame(), series(4, None, 0, 8, None, 2), NONE)))
    assert subpaths(root, "bars") == 4
    assert subpaths(root, "gaps") == 2


def test_monthly_bars_are_in_proportion_and_nought_is_a_sliver():
    root = parse(monthly.draw(monthly.MonthlyChart(frame(), series(10, 20, 40, 0), NONE)))
    ten, twenty, forty, nought = heights(paths(root, "bars")[0])
    assert (twenty, forty) == (pytest.approx(2 * ten, abs=0.2), pytest.approx(4 * ten, abs=0.2))
    assert nought == monthly.NOUGHT


def test_monthly_draws_noted_months_hollow_and_says_why():
    notes = (MonthNote((END - 1, END), NoteKind.PROVISIONAL, "late returns"),)
    root = parse(monthly.draw(monthly.MonthlyChart(frame(), series(4, 5, 6), NONE, notes)))
    assert (subpaths(root, "bars"), subpaths(root, "bars-hollow")) == (1, 2)
    assert "Aug 2019 to Sep 2019 provisional: late returns" in words(root)


def test_monthly_axes_share_one_grid_from_nought():
    data = monthly.MonthlyChart(frame(), series(40, 50, 60), series(600, 610, 620, name="Twelve months"))
    said = words(parse(monthly.draw(data)))
    assert [words for words in said if words.isdigit()] == [
        "0",
        "20",
        "40",
        "60",
        "80",
        "100",
        "0",
        "150",
        "300",
        "450",
        "600",
        "750",
    ]


@pytest.mark.parametrize("module", [level, compare, volume])
def test_gap_breaks_the_line_in_two(module):
    gapped = series(5, 6, None, 7, 8)
    data = {
        level: level.LevelChart(frame(), gapped),
        compare: compare.CompareChart(frame(), gapped),
        volume: volume.VolumeChart(frame(), series(5, 6, 6, 7, 8), gapped),
    }[module]
    assert paths(parse(module.draw(data)), "line")[0].count("M") == 2


def test_month_missing_from_the_series_breaks_the_line_too():
    sparse = MonthSeries("Each month", (END - 4, END - 3, END - 1, END), (1, 2, 3, 4))
    assert subpaths(parse(level.draw(level.LevelChart(frame(), sparse))), "line") == 2


def test_control_marks_every_month_once_by_what_it_is():
    data = control.ControlChart(
        frame(),
        series(5, 6, None, 9, 9, 1, 4, 5),
        signals=(
            control.Signal((END - 4, END - 3), Tone.CONCERN, "high"),
            control.Signal((END - 3, END - 2), Tone.IMPROVEMENT, "low"),
        ),
        notes=(MonthNote((END - 1,), NoteKind.EXCLUDED, "outage"),),
    )
    root = parse(control.draw(data))
    counted = {name: subpaths(root, name) for name in ("points", "hollow", "signal-concern", "signal-improvement")}
    # beside each note and signal beneath the chart stands its mark once more, and one dot in the heading
    assert counted == {"points": 3 + 1, "hollow": 1 + 1, "signal-concern": 2 + 1, "signal-improvement": 1 + 1}


def test_control_draws_limits_for_each_phase_and_names_the_latest():
    phases = (control.Phase(END - 3, END - 2, 10, 5, 15), control.Phase(END - 1, END, 20, 12, 28, "new counting rules"))
    root = parse(control.draw(control.ControlChart(frame(), series(9, 11, 21, 19), phases)))
    assert subpaths(root, "area") == 2
    said = words(root)
    assert [said[said.index(name) + 1] for name in ("Upper limit", "Mean", "Lower limit")] == ["28", "20", "12"]
    assert "Aug 2019 onwards: new counting rules" in said


@pytest.mark.parametrize(("tone", "first_step"), [(Tone.CONCERN, "l"), (Tone.IMPROVEMENT, "h"), (Tone.NEUTRAL, "l")])
def test_tones_differ_in_shape_and_colour(tone, first_step):
    data = control.ControlChart(frame(), series(5, 6), signals=(control.Signal((END,), tone, "words"),))
    (mark, _) = [p for p in parse(control.draw(data)).iter(f"{SVG}path") if p.get("class") == f"signal-{tone}"]
    assert mark.get("fill") == TONES[tone]
    corners = {Tone.CONCERN: 4, Tone.IMPROVEMENT: 4, Tone.NEUTRAL: 3}
    assert len(list(places(mark.get("d")))) == corners[tone]
    assert next(letter for letter in mark.get("d")[1:] if letter.isalpha()) == first_step


def test_peers_are_sorted_with_the_own_force_apart():
    root = parse(peers.draw(peers.PeersChart(frame(unit=RATE), ranking(), 71.2, 61.0, 81.4)))
    named = [
        said
        for said in words(root)
        if said.startswith(("Peer ", "Our force")) and " mean" not in said and ":" not in said
    ]
    assert named == ["Peer B", "Peer C", "Peer A", "Peer F", "Our force", "Peer D"]
    assert (subpaths(root, "bars"), subpaths(root, "bars-own")) == (5, 1)
    (own,) = [path for path in root.iter(f"{SVG}path") if path.get("class") == "bars-own"]
    assert own.get("fill") == OWN
    assert "Our force: 61.2 per 1,000, 2nd lowest of 6" in words(root)


def test_peers_bars_are_in_proportion():
    bars = (Bar("Our force", 50, own=True), Bar("Peer A", 100))
    root = parse(peers.draw(peers.PeersChart(frame(), bars)))
    lengths = []
    for name in ("bars-own", "bars"):
        corners = list(places(paths(root, name)[0]))
        lengths.append(corners[1][0] - corners[0][0])
    assert lengths[1] == pytest.approx(2 * lengths[0], abs=0.2)


def test_national_has_a_column_a_force():
    root = parse(national.draw(national.NationalChart(frame(unit=RATE), ranking(), 71.2)))
    assert (subpaths(root, "bars"), subpaths(root, "bars-own")) == (5, 1)
    assert "6 forces, highest first" in words(root)


def test_scale_that_leaves_nought_out_says_so():
    near, far = series(90, 91, 92), series(1, 50, 92)
    note = "The scale does not start at nought."
    assert note in words(parse(level.draw(level.LevelChart(frame(), near))))
    assert note not in words(parse(level.draw(level.LevelChart(frame(), far))))


def test_target_is_drawn_and_named():
    target = level.Target(3600, "Standard: within an hour")
    root = parse(level.draw(level.LevelChart(frame(unit=Unit(Kind.DURATION)), series(3206, 3470), target)))
    said = words(root)
    assert said[said.index("Standard: within") : said.index("Standard: within") + 3] == [
        "Standard: within",
        "an hour",
        "1:00:00",
    ]


def test_projection_fan_starts_at_the_last_month_that_happened():
    fan = projection.Fan((END + 1, END + 2), (10.0, 11.0), (9.0, 9.5), (11.0, 12.5), (8.0, 8.0), (12.0, 14.0))
    root = parse(projection.draw(projection.ProjectionChart(frame(), series(9.0, 9.5), fan)))
    wide, narrow = (list(places(d)) for d in paths(root, "area"))
    (last,) = [list(places(d))[0] for d in paths(root, "last")]
    assert wide[0] == narrow[0] == wide[-1] == last
    assert projection.NOT_A_TARGET in words(root)


@pytest.mark.parametrize(
    ("months", "central", "trouble"),
    [
        ((END + 1, END + 2), (1.0,), "all five"),
        ((END + 1,), (float("nan"),), "no gaps"),
        ((END + 1, END + 3), (1.0, 2.0), "follow one another"),
    ],
)
def test_projection_with_holes_is_refused(months, central, trouble):
    rest = (tuple(1.0 for _ in months),) * 4
    with pytest.raises(ValueError, match=trouble):
        projection.Fan(months, central, *rest)


def test_sparkline_marks_its_last_month_by_tone():
    shapes = {tone: paths(parse(sparkline.draw(spark(3, None, 4, 9, tone=tone))), "last") for tone in (None, *Tone)}
    assert len({drawn[0] for drawn in shapes.values()}) == 4
    assert subpaths(parse(sparkline.draw(spark(3, None, 4, 9))), "line") == 2


@pytest.mark.parametrize("kind", ["monthly", "volume", "level", "control", "compare", "zscore"])
def test_months_left_out_are_shaded_on_every_axis_of_months_and_drawn_hollow(kind):
    module, data = charts(interactive=True)[kind]

    def drawn(*notes: MonthNote) -> tuple[int, int, bool, int]:
        root = parse(module.draw(replace(data, notes=notes)))
        hollow = subpaths(root, "hollow") + subpaths(root, "bars-hollow") + subpaths(root, "outline")
        hollow += sum(subpaths(root, f"signal-{tone}") for tone in Tone)
        labels = [one.get("data-label") or "" for one in root.iter()]
        noted = any("outage" in (one or "") for one in words(root))
        return len(paths(root, "left-out")), hollow, noted, sum("outage" in one for one in labels)

    plain = drawn()
    assert plain[0] == 0
    assert drawn(MonthNote((END,), NoteKind.EXCLUDED, "outage")) == (1, plain[1] + 2, True, 1)
    assert drawn(MonthNote((END,), NoteKind.PROVISIONAL)) == (0, plain[1] + 2, False, 0)


@pytest.mark.parametrize("kind", ["monthly", "control", "level", "volume", "survey_trend", "projection"])
def test_months_left_out_are_shaded_and_named_on_every_chart_of_months(kind):
    module, data = charts(interactive=True)[kind]
    root = parse(module.draw(data))
    assert subpaths(root, "left-out") == 1
    assert subpaths(root, "left-out-hatching") > 3  # in grey it is told from a gap, a band and a fan
    assert any("left out: system outage" in one for one in words(root))
    bare = parse(module.draw(replace(data, notes=())))
    assert (subpaths(bare, "left-out"), [one for one in words(bare) if "left out" in one]) == (0, [])


def test_the_hatching_of_neighbouring_months_is_one_and_stays_within_them():
    notes = (MonthNote((END - 3, END - 2, END), NoteKind.EXCLUDED, "outage"),)
    root = parse(level.draw(level.LevelChart(frame(), series(*range(10)), notes=notes)))
    (columns,), (strokes,) = paths(root, "left-out"), paths(root, "left-out-hatching")
    edges = sorted({round(x) for x, _ in places(columns)})
    drawn = [x for x, _ in places(strokes)]
    assert edges[0] <= min(drawn) + 0.5
    assert max(drawn) <= edges[-1] + 0.5
    assert len({round(x) for x in drawn}) == 4  # two spans, each with a left and a right edge


def test_a_month_left_out_says_so_to_a_keyboard_and_in_the_table_of_a_projection():
    module, data = charts(interactive=True)["projection"]
    labels = [one.get("data-label") for one in parse(module.draw(data)).iter() if one.get("data-label")]
    assert [one for one in labels if "outage" in one] == ["Aug 2019: no data. Left out: system outage"]
    rows = [row for row in module.table(data).rows if "outage" in row[-1]]
    assert [(row[0], row[-1]) for row in rows] == [("August 2019", "Left out: system outage")]
