"""Asking for the agenda pack of a meeting, and issuing it. The caller has checked permission."""

from collections.abc import Mapping

from core import jobs
from core.accounts.clock import now
from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from core.documents.models import StoredFile
from core.jobs.models import Job
from governance.boards.models import Meeting
from governance.papers import packing, states
from governance.papers.models import Pack, PackFile

PACK = "papers.pack"


@action
def ask_pack(*, meeting: Meeting, shown: str, by: User) -> Job:
    """Have a pack made of what the page showed."""
    contents = packing.contents_of(meeting)
    states.check_may_make_pack(meeting, parts=len(contents.parts), same=contents.shown == shown)
    title = f"Making supplement {contents.number}" if contents.is_supplement else "Making the agenda pack"
    return jobs.enqueue(PACK, meeting.pk, shown, by.pk, dedupe=True, title=title)


@action
def issue_pack(
    *, meeting: Meeting, contents: packing.Contents, files: Mapping[str, tuple[StoredFile, int]], by: User
) -> Pack:
    """Keep a pack that was made: from now on its pages have their numbers."""
    Meeting.objects.select_for_update().filter(pk=meeting.pk).first()  # one pack at a time
    if meeting.packs.count() != contents.number:
        raise MoveRefused("Another pack of this meeting was issued meanwhile. Look at it; this one was not kept.")
    pack = Pack.objects.create(
        meeting=meeting,
        number=contents.number,
        first_page=contents.first_page,
        last_page=contents.last_page,
        parts=[one.as_data() for one in contents.parts],
        left_out=[one.as_data() for one in contents.missing],
        made_by=by,
        made_at=now(),
    )
    for build, (stored, pages) in files.items():
        PackFile.objects.create(pack=pack, build=build, file=stored, pages=pages)
    return pack
