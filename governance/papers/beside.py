"""What stands beside the writing: the measure's figures, its signals in words, its chart, and the notes on its data."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache

from governance.papers.book import Book
from governance.papers.models import Commentary
from governance.papers.shelf import Shown, shelf_of
from governance.papers.written import Moved, book_for, brought_up
from measures import release
from measures.figures import MeasureFigures, lit_since, quarter_figures
from measures.models.period import month_index
from measures.presenters import charts
from measures.presenters import measure as shapes
from measures.presenters.lead import lead
from measures.trends.ruleset import DEFAULT

REMEMBERED = 24 * 3600  # seconds; under a key made of everything it depends on


@dataclass(frozen=True)
class LiveTexts:
    """Both texts of a commentary with today's figures, those that moved since it was saved, and the codes of others."""

    text: str
    did: str
    moved: list[Moved]
    shelf: list[Shown]


def beside_commentary(commentary: Commentary) -> dict[str, object]:
    """Context for the page: `held`, `lead`, `stats`, `signals`, `why_no_signals`, `drawing` and `notes`."""
    measure, period = commentary.measure, commentary.quarter.period
    held = quarter_figures([measure], period, peers=False)[measure.pk]
    last = month_index(period.end)
    notes = [note for note in measure.data_notes.all() if month_index(note.starts) <= last]
    return {
        "held": held,
        "lead": lead(held, DEFAULT),
        "stats": shapes.stats(held),
        "signals": shapes.signals_said(held, DEFAULT, _lit_since(held)),
        "why_no_signals": shapes.why_no_symbol(held, DEFAULT),
        "drawing": next(iter(charts.drawings(held, notes, DEFAULT, "")), None),
        "notes": notes,
    }


def _lit_since(held: MeasureFigures) -> dict[str, int]:
    """Since when each symbol has shown: remembered by the months and by what the rules made of them."""
    signal = held.signals.get(DEFAULT.name)
    if signal is None or not any(signal.answers.values()):
        return {}
    months = sha256(repr((held.data.numerator, held.data.denominator)).encode()).hexdigest()
    key = f"papers.since:{signal.series_id}:{signal.as_of}:{signal.ruleset_id}:{signal.input_hash}:{months}"
    found = cache.get(key)
    if found is None:
        found = lit_since(held, DEFAULT)
        cache.set(key, found, REMEMBERED)
    return found


def live_texts(commentary: Commentary, held: MeasureFigures) -> LiveTexts:
    """The texts as they read today. What the book may print is read anew where figures are kept from somebody."""
    slug, period = commentary.measure.slug, commentary.quarter.period
    known = {} if release.is_anything_embargoed() else {slug: held}
    book = book_for(period, [commentary.text, commentary.did], known)
    text, moved = brought_up(commentary.text, book)
    did, more = brought_up(commentary.did, book)
    own = Book(period, only=() if known else [slug], known=known)
    return LiveTexts(text, did, list({one.reference: one for one in [*moved, *more]}.values()), shelf_of(own, slug))
