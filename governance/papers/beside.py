"""What stands beside the writing: the measure's figures, its signals in words, and the notes on its data."""

from governance.papers.models import Commentary
from measures.figures import MeasureFigures, quarter_figures
from measures.models import TrendSignal
from measures.models.period import month_index
from measures.trends.key import KeyEntry, key, symbol_of
from measures.trends.ruleset import DEFAULT

SHOWN = (
    "quarter",
    "quarter_year_ago",
    "quarter_on_year_percentage",
    "quarter_on_year_change",
    "rolling12",
    "rolling12_year_ago",
    "rolling12_on_year_percentage",
    "rolling12_on_year_change",
    "sample",
    "previous_sample",
)


def beside_commentary(commentary: Commentary) -> dict:
    """Context for the page: `figures` as (title, value, period), `signals` as entries of the key, and `notes`."""
    measure, period = commentary.measure, commentary.quarter.period
    held = quarter_figures([measure], period)[measure.pk]
    last = month_index(period.end)
    notes = [note for note in measure.data_notes.all() if month_index(note.starts) <= last]
    return {"figures": figure_lines(held), "signals": signal_entries(held), "notes": notes}


def figure_lines(held: MeasureFigures) -> list[tuple[str, str, str]]:
    """The figures a writer needs; where a percentage change makes sense the plain change is left out."""
    names = [name for name in SHOWN if name in held.names]
    kept = [
        name for name in names if not (name.endswith("_change") and name.replace("_change", "_percentage") in names)
    ]
    figures = [held.figure(name) for name in kept]
    return [(figure.title.capitalize(), held.say(figure), figure.period) for figure in figures]


def signal_entries(held: MeasureFigures) -> list[KeyEntry]:
    """The lines of the key for the symbols the measure shows under the default ruleset."""
    signal: TrendSignal | None = held.signals.get(DEFAULT.name)
    if signal is None:
        return []
    shown = {symbol_of(rule, getattr(signal, rule) or 0) for rule in DEFAULT.shown}
    return [entry for entry in key(DEFAULT) if entry.symbol in shown]
