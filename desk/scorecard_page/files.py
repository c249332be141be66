"""The scorecard as files: the measures shown, in the order shown, with the exact values beside the printed ones."""

import csv
from io import StringIO

from desk.scorecard_page.read import Scorecard
from measures.presenters import scorecard, table
from measures.presenters.workbook import Sheet, workbook
from measures.provenance import attributions
from measures.trends.key import key
from measures.trends.words import chance_sentence

CSV_MARK = "\ufeff"  # by which Excel knows UTF-8


def as_csv(shown: Scorecard) -> str:
    held = StringIO()
    writer = csv.writer(held)
    if shown.restricted:
        writer.writerow([shown.restricted])
    writer.writerow(table.HEADINGS)
    for place in shown.shown:
        line = table.scorecard_line(place, shown.figures[place.measure_id], shown.ruleset)
        writer.writerow([table.safe(cell) for cell in line])
    return CSV_MARK + held.getvalue()


def as_workbook(shown: Scorecard) -> bytes:
    """Three sheets: the measures, what the symbols mean, and the data notes that apply."""
    return workbook([_measures(shown), _key(shown), _notes(shown)])


def _measures(shown: Scorecard) -> Sheet:
    days = shown.as_at()
    rows = []
    for place in shown.shown:
        line = table.scorecard_line(place, shown.figures[place.measure_id], shown.ruleset)
        row = shown.rows[place.measure_id]
        rows.append([*line, row.commentary, row.note, place.measure.source_system, days.get(place.measure_id)])
    newest = max(days.values(), default=None)
    above = [
        *filter(None, [shown.restricted]),
        f"Scorecard, {shown.quarter.label}, {shown.quarter.words}: {shown.plan or ''}",
        scorecard.headline(shown.figures.values(), shown.ruleset),
        chance_sentence(shown.ruleset, scorecard.judged(shown.figures.values(), shown.ruleset)),
        f"Ruleset: {shown.ruleset.identity}.",
        f"Figures as at {newest.day} {newest:%B %Y} or before; each measure’s own day stands in its row."
        if newest
        else "No figures are held.",
        f"{len(shown.shown)} of {len(shown.places)} measures are in this file.",
        *attributions(one.series.pk for one in shown.figures.values() if one.series),
    ]
    header = (*table.HEADINGS, "Commentary", "Note", "Source", "As at")
    return Sheet("Scorecard", header, rows, above)


def _key(shown: Scorecard) -> Sheet:
    rows = [(one.title, one.meaning) for one in key(shown.ruleset)]
    return Sheet("Key", ("Symbol", "What it means"), rows, [f"Ruleset: {shown.ruleset.identity}."])


def _notes(shown: Scorecard) -> Sheet:
    rows = [
        (
            note.title,
            note.text,
            note.starts,
            note.ends,
            "yes" if note.exclude else "no",
            "; ".join(sorted(one.short_name for one in note.measures.all())),
        )
        for note in shown.notes()
    ]
    header = ("Note", "What must be known", "First month", "Last month", "Left out of baselines", "Measures")
    return Sheet("Data notes", header, rows)
