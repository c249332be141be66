"""The markup of a footnote for the printed page."""

from core.documents.notes import NOTE_ID, note_id, printed_note


def test_printed_note_is_a_call_and_the_note_it_leads_to():
    assert printed_note(3, "Release of <em>October</em>") == (
        '<a class="note-call" id="note-call-3" href="#note-3">3</a>'
        '<span class="footnote" id="note-3"><span class="note-number">3</span> Release of <em>October</em></span>'
    )
    assert NOTE_ID.fullmatch(note_id(3))[1] == "3"
