"""Files made from a paper's content, by the worker. Making them again changes nothing."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.documents import joining
from core.documents.actions import store_file
from core.documents.models import StoredFile
from core.documents.render import Progress, RenderFailed
from core.documents.stamp import stamp_of
from core.documents.storage import check
from governance.boards.models import Meeting
from governance.papers import assembly, binding, data_files, packing, rendering
from governance.papers.content import shapes
from governance.papers.following import Follow
from governance.papers.models import FrozenFile, FrozenPaper, Paper, PdfLook, Preview, Signature, WordTemplate
from governance.papers.word.paper import word_file

Made = tuple[packing.Contents, dict[str, tuple[StoredFile, int]]]


def unheard(done: float, total: float, words: str) -> None:
    """Progress of work that is a small part of something that shows its own."""


def signature_line(signature: Signature | None) -> str:
    """Who signed, when, and for whom."""
    if signature is None:
        return ""
    for_whom = f", on behalf of {signature.on_behalf_of}" if signature.on_behalf_of else ""
    day = timezone.localtime(signature.signed_at)
    return f"Signed by {signature.signed_by.name}{for_whom} on {day.day} {day:%B %Y}"


def file_name(paper: Paper, number: int, build: str, kind: str = "pdf") -> str:
    """ "panel-paper-2019-20-q2-v1.pdf"; the restricted build says so, and a data package that it holds figures."""
    what = "-figures" if kind == "zip" else ""
    return f"panel-paper-{paper.code}-v{number}{what}{'' if build == 'public' else '-restricted'}.{kind}"


Make = Callable[[str, shapes.Paper, Progress], bytes]  # a build and its content


def render_frozen(frozen: FrozenPaper, progress: Progress) -> list[FrozenFile]:
    """The PDFs of a frozen version that are not made yet: public, and restricted where parts are."""
    signature = frozen.signature_or_none

    def make(build: str, content: shapes.Paper, share: Progress) -> bytes:
        return rendering.render_paper(
            content,
            sha256=frozen.sha256,
            signature=signature_line(signature),
            follow=Follow.on_paper(frozen.paper.code, frozen.number),
            stamp=stamp_of(signature) if signature else None,
            at=signature.signed_at if signature else frozen.submitted_at,
            on_progress=share,
        ).pdf

    return _each_build(frozen, "pdf", make, progress)


def write_word(frozen: FrozenPaper, progress: Progress) -> list[FrozenFile]:
    """The Word files of a frozen version that are not made yet, from the content its PDFs are made from."""
    signature = frozen.signature_or_none
    template = WordTemplate.objects.in_use()

    def make(build: str, content: shapes.Paper, share: Progress) -> bytes:
        return word_file(
            content,
            sha256=frozen.sha256,
            at=signature.signed_at if signature else frozen.submitted_at,
            signature=signature_line(signature),
            follow=Follow.on_paper(frozen.paper.code, frozen.number),
            stamp=stamp_of(signature) if signature else None,
            template=template.read() if template else None,
            on_progress=share,
        )

    return _each_build(frozen, "docx", make, progress)


def write_data(frozen: FrozenPaper, progress: Progress) -> list[FrozenFile]:
    """The figures of a frozen version as data packages, where they are not made yet."""
    follow = Follow.on_paper(frozen.paper.code, frozen.number)

    def make(build: str, content: shapes.Paper, share: Progress) -> bytes:
        return data_files.archive(content, build, follow)

    return _each_build(frozen, "zip", make, progress)


def write_missing_data(progress: Progress) -> int:
    """Data packages of every signed version that was signed before they were kept; how many were made."""
    kept = FrozenFile.objects.filter(frozen_paper=OuterRef("pk"), kind="zip", build="public")
    bare = FrozenPaper.objects.filter(~Exists(kept), signature__isnull=False)
    wanted = list(bare.select_related("paper__quarter__period").order_by("pk"))
    made = 0
    for place, frozen in enumerate(wanted):
        progress(place, len(wanted), "Making data packages")
        made += len(write_data(frozen, unheard))
    return made


def _each_build(frozen: FrozenPaper, kind: str, make: Make, progress: Progress) -> list[FrozenFile]:
    """The files of one kind that are not made yet, stored beside those that are."""
    builds = rendering.builds_of(frozen.content)
    made = []
    for place, (build, content) in enumerate(builds.items()):
        if frozen.files.filter(kind=kind, build=build).exists():
            continue

        def share(done: float, total: float, words: str, place: int = place) -> None:
            progress(place + done / total, len(builds), words)

        name = file_name(frozen.paper, frozen.number, build, kind)
        facts = {"file": store_file(data=make(build, content, share), name=name, by=None), "made_at": timezone.now()}
        made.append(FrozenFile.objects.get_or_create(frozen_paper=frozen, kind=kind, build=build, defaults=facts)[0])
    return made


def render_preview(paper: Paper, progress: Progress) -> Preview:
    """A PDF of the paper as it stands, unapproved texts included, marked DRAFT on every page."""
    assembled = assembly.assemble(paper, approved_only=False)
    rendered = rendering.render_paper(assembled.content, draft=True, on_progress=progress)
    stored = store_file(data=rendered.pdf, name=f"draft-{paper.code}.pdf", by=None)
    facts = {"file": stored, "pages": rendered.pages, "made_at": timezone.now()}
    return Preview.objects.update_or_create(paper=paper, defaults=facts)[0]


def look_at(sha256: str) -> PdfLook:
    """Open a PDF once and keep how many pages it has, or why it cannot be joined to others."""
    found = joining.look(check(sha256))
    facts = {"pages": found.pages, "problem": found.problem}
    return PdfLook.objects.update_or_create(sha256=sha256, defaults=facts)[0]


def made_of(meeting: Meeting, contents: packing.Contents, progress: Progress) -> Made:
    """The files of a pack, not issued yet: every PDF is looked at first. Raises RenderFailed."""
    for place, sha256 in enumerate(contents.unseen):
        progress(place * 0.1, len(contents.unseen), "Looking at the papers")
        look_at(sha256)
    seen = packing.contents_of(meeting)
    broken = [one.sentence for one in seen.missing if one not in contents.missing]
    if broken:
        again = "Put another in its place, or make the pack without it, on the page of the pack."
        raise RenderFailed(f"No pack was made. {' '.join(broken)} {again}")
    placed, made = binding.bind(meeting, seen, progress)
    files = {}
    for build, rendered in made.items():
        name = binding.file_name(meeting, placed.number, build)
        files[build] = (store_file(data=rendered.pdf, name=name, by=None), rendered.pages)
    return placed, files
