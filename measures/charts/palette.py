"""The colours of every chart. Nothing is told by colour alone: each has a shape, a weight or a word beside it."""

from enum import StrEnum

INK = "#1d2733"  # words
QUIET = "#505a64"  # lesser words; 7:1 on white
GRID = "#dde2e7"  # gridlines
AXIS = "#8a939c"  # base lines
BAND = "#e9edf2"  # usual range, behind the marks
GAP = "#f0e9f2"  # a month without data, behind the bars
LEFT_OUT = "#f1e3c4"  # a month left out of baselines, behind the marks
LEFT_OUT_STROKE = "#a98d48"  # across it, so that it is told from every other pale column in grey
MARGIN = "#d8e1eb"  # a margin of error: OWN_LIGHT as it looks behind its line
OWN = "#12355b"  # the own force: navy, always the darkest mark on a chart
OWN_LIGHT = "#9db4cd"  # the own force's months behind its own rolling line
OTHER = "#a9b1ba"  # every other force, as a bar
OTHER_LINE = "#77818c"  # every other force, as a line; 3:1 on white
WHITE = "#ffffff"


class Tone(StrEnum):
    """What a signal means for the public: which way is better belongs to the measure, never to the rule."""

    CONCERN = "concern"
    IMPROVEMENT = "improvement"
    NEUTRAL = "neutral"


TONES = {  # all at least 4.5:1 on white, and apart from one another for the common kinds of colour blindness
    Tone.CONCERN: "#b84a00",
    Tone.IMPROVEMENT: "#0b69b7",
    Tone.NEUTRAL: "#6d5c86",
}
