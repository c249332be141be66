"""Live figures in what is typed into a form."""

from django import forms

from governance.papers.written import NOTHING_STORED, WrongCodes, settled
from measures.models import Period

CODES_HELP = (
    "A figure of the record is put in with the Figure button, or typed as a code such as {rolling_12}. A cell of a "
    "table with {total}, {average}, {change} or {percentage change} is worked out from the figures above it."
)


def with_live_figures(html: str, *, period: Period, own: str = "") -> str:
    """The text as it is kept; a code that names nothing is an error of the field."""
    try:
        return settled(html, period=period, own=own)
    except WrongCodes as wrong:
        *most, last = wrong.sentences
        raise forms.ValidationError([*most, f"{last} {NOTHING_STORED}"]) from wrong
