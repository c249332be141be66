"""The words at the top of a chart: what it shows, as a sentence from the rules' answers, never from a person's hand."""

from governance.papers.book import RULESET, Book
from measures.models import Measure, PeerVerdict
from measures.trends import words
from measures.trends.periods import month_words

STANDING = {
    PeerVerdict.State.ABOVE: "higher than most similar forces",
    PeerVerdict.State.UPPER: "in line with similar forces, above their average",
    PeerVerdict.State.LOWER: "in line with similar forces, below their average",
    PeerVerdict.State.BELOW: "lower than most similar forces",
}


def _is(name: str) -> str:
    """ "hours of special constables are"; the verb of a name is guessed from its last word before "of"."""
    head = name.split(" of ")[0].split(",")[0].rsplit(" ", 1)[-1].lower()
    return "are" if head.endswith("s") and not head.endswith(("ss", "us", "is")) else "is"


def of_months(book: Book, measure: Measure) -> str:
    """Whether the series moves; its bare name where the rules cannot say."""
    name, signal = measure.short_name, book.signal(measure.slug)
    if signal is None or signal.no_data:
        return name
    if signal.r1:
        level = "high" if signal.r1 > 0 else "low"
        return f"{name}: {month_words(signal.as_of)} was unusually {level}"
    if signal.r3 or signal.r2:
        return f"{name}: recent months have been {'above' if (signal.r3 or signal.r2) > 0 else 'below'} average"
    rolling = signal.answers[RULESET.rolling_rule_for(signal.answers)]
    way = rolling or signal.r4
    if way:
        doubt = f", {words.SEASON_DOUBT}" if not rolling and signal.statistics.get("season_doubt") else ""
        return f"{name} {_is(name)} {'rising' if way > 0 else 'falling'}{doubt}"
    if None in (signal.r1, signal.r2, signal.r3):
        return name
    return f"{name} {_is(name)} within {'their' if _is(name) == 'are' else 'its'} usual range"


def among_peers(book: Book, measure: Measure) -> str:
    name, verdict = measure.short_name, book.verdict(measure.slug)
    if verdict is None or verdict.state is None:
        return f"{name} beside other forces"
    return f"{name} {_is(name)} {STANDING[PeerVerdict.State(verdict.state)]}"
