"""Rows of a file against the definitions of the measures: every problem at once, then what would change.

`validate` gives a Validation: the report, what could not be placed, and `values` ready to store; `compare` sets those
beside what the record holds.
"""

from measures.validation.checks import Validation, validate
from measures.validation.comparison import Change, Comparison, compare, is_same
from measures.validation.definitions import KINDS, Definition, Figure, SeriesKey
from measures.validation.matching import Unplaced
from measures.validation.values import Values

__all__ = [
    "KINDS",
    "Change",
    "Comparison",
    "Definition",
    "Figure",
    "SeriesKey",
    "Unplaced",
    "Validation",
    "Values",
    "compare",
    "is_same",
    "validate",
]
