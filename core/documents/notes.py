"""The markup of a footnote on a printed page, agreed between who numbers notes and who tags the PDF. Pure.

The call is a link to the note, and the note stands right after it in the source; the print style moves it to the foot
of the page. In the finished PDF the call is a Reference and the note a Note that follows it, so that a screen reader
reads the note where it is called.
"""

import re
from html import escape

CALL_CLASS = "note-call"
NOTE_ID = re.compile(r"note-([1-9][0-9]*)")


def note_id(number: int) -> str:
    return f"note-{number}"


def call_id(number: int) -> str:
    return f"note-call-{number}"


def printed_note(number: int, html: str) -> str:
    """A call and its note for the printed page; `html` is the note's clean inline HTML. Each number once a document."""
    return (
        f'<a class="{CALL_CLASS}" id="{call_id(number)}" href="#{note_id(number)}">{number}</a>'
        f'<span class="footnote" id="{escape(note_id(number))}"><span class="note-number">{number}</span> {html}</span>'
    )
