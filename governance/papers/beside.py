"""What stands beside the writing: the measure's figures, its signals in words, its chart, and the notes on its data."""

from governance.papers.models import Commentary
from measures.figures import lit_since, quarter_figures
from measures.models.period import month_index
from measures.presenters import charts
from measures.presenters import measure as shapes
from measures.presenters.lead import lead
from measures.trends.ruleset import DEFAULT


def beside_commentary(commentary: Commentary) -> dict[str, object]:
    """Context for the page: `lead`, `stats`, `signals`, `why_no_signals`, `drawing` and `notes`."""
    measure, period = commentary.measure, commentary.quarter.period
    held = quarter_figures([measure], period)[measure.pk]
    last = month_index(period.end)
    notes = [note for note in measure.data_notes.all() if month_index(note.starts) <= last]
    return {
        "lead": lead(held, DEFAULT),
        "stats": shapes.stats(held),
        "signals": shapes.signals_said(held, DEFAULT, lit_since(held, DEFAULT)),
        "why_no_signals": shapes.why_no_symbol(held, DEFAULT),
        "drawing": next(iter(charts.drawings(held, notes, DEFAULT, "")), None),
        "notes": notes,
    }
