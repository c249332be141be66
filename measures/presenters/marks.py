"""Symbols of a measure, each with its tone and words. Which way is better is the measure's; it only colours."""

from dataclasses import dataclass

from measures.charts.palette import Tone
from measures.charts.symbols import SYMBOLS, symbol
from measures.figures import MeasureFigures
from measures.models import Measure, PeerVerdict, TrendSignal
from measures.trends.key import APART, NO_DATA, NOT_ENOUGH_DATA, PEER_SYMBOLS, key, symbol_of
from measures.trends.peers import GREATER, IN_LINE_ABOVE, IN_LINE_BELOW, LESS
from measures.trends.ruleset import RULESETS, Ruleset

LEVELS = {
    PeerVerdict.State.ABOVE: GREATER,
    PeerVerdict.State.UPPER: IN_LINE_ABOVE,
    PeerVerdict.State.LOWER: IN_LINE_BELOW,
    PeerVerdict.State.BELOW: LESS,
}
BETTER = {Measure.Polarity.UP: 1, Measure.Polarity.DOWN: -1, Measure.Polarity.NEUTRAL: 0}
TONE_WORDS = {Tone.CONCERN: ", a concern", Tone.IMPROVEMENT: ", an improvement", Tone.NEUTRAL: ""}


@dataclass(frozen=True)
class Mark:
    """One symbol as a page shows it: the picture stands beside or above its words, so it is silent itself."""

    slug: str
    tone: Tone
    words: str
    svg: str
    rule: str = ""

    @property
    def href(self) -> str:
        """Its line of the key on the same page."""
        return f"#key-{self.slug}"


def tone_of(measure: Measure, direction: int) -> Tone:
    """What a rise (1) or fall (-1) of this measure means."""
    way = BETTER[Measure.Polarity(measure.polarity)] * direction
    return Tone.IMPROVEMENT if way > 0 else Tone.CONCERN if way < 0 else Tone.NEUTRAL


def mark(slug: str, tone: Tone = Tone.NEUTRAL, rule: str = "") -> Mark:
    return Mark(slug, tone, SYMBOLS[slug].label + TONE_WORDS[tone], symbol(slug, tone, title=""), rule)


def signal_marks(held: MeasureFigures, ruleset: Ruleset) -> list[Mark]:
    """The symbols of the rules at the quarter, headline first; silence or too few months where that is what to say."""
    signal = held.signals.get(ruleset.name)
    return [] if signal is None else marks_of(held.measure, signal, ruleset)


def marks_of(measure: Measure, signal: TrendSignal, ruleset: Ruleset) -> list[Mark]:
    """The same of one stored answer, whatever series it is of."""
    if signal.no_data:
        return [mark(NO_DATA)]
    found = []
    for rule in ruleset.shown_for(signal.answers):
        flag = getattr(signal, rule)
        slug = symbol_of(rule, flag or 0)
        if slug:
            found.append(mark(slug, tone_of(measure, flag), rule))
    return [*found, mark(NOT_ENOUGH_DATA)] if signal.not_enough else found


def peer_marks(held: MeasureFigures) -> list[Mark]:
    """Where the force stands among its peers, and whether it moves apart from them."""
    if held.peer is None or held.peer_measure is None:
        return []
    found = []
    if held.peer.state:
        level = LEVELS[PeerVerdict.State(held.peer.state)]
        outside = {GREATER: 1, LESS: -1}.get(level, 0)
        found.append(mark(PEER_SYMBOLS[level], tone_of(held.peer_measure, outside)))
    if held.peer.apart:
        found.append(mark(APART, tone_of(held.peer_measure, held.peer.apart)))
    return found


def shows_signal(held: MeasureFigures, ruleset: Ruleset) -> bool:
    """Whether any rule of the ruleset is lit. Peers, silence and too few months are not signals."""
    signal = held.signals.get(ruleset.name)
    return signal is not None and any(getattr(signal, rule) in (1, -1) for rule in ruleset.shown_for(signal.answers))


def can_be_judged(held: MeasureFigures, ruleset: Ruleset) -> bool:
    """Whether at least one rule of the ruleset has an answer."""
    signal = held.signals.get(ruleset.name)
    return signal is not None and any(getattr(signal, rule) is not None for rule in ruleset.shown_for(signal.answers))


def key_items(ruleset: Ruleset) -> list[dict[str, str]]:
    """The whole key with its rules, for the component of that name."""
    return [
        {"svg": symbol(one.symbol, title=""), "name": one.title, "sentence": one.meaning, "id": f"key-{one.symbol}"}
        for one in key(ruleset)
    ]


def ruleset_named(name: str) -> Ruleset:
    """A ruleset by its name in the address; the default for any other."""
    return RULESETS.get(name, RULESETS["default"])
