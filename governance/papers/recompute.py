"""Files made from a paper's content, by the worker. Making them again changes nothing."""

from django.utils import timezone

from core.documents.actions import store_file
from core.documents.render import Progress
from governance.papers import assembly, rendering
from governance.papers.models import FrozenFile, FrozenPaper, Paper, Preview, Signature


def signature_line(signature: Signature | None) -> str:
    """Who signed, when, and for whom."""
    if signature is None:
        return ""
    for_whom = f", on behalf of {signature.on_behalf_of}" if signature.on_behalf_of else ""
    day = timezone.localtime(signature.signed_at)
    return f"Signed by {signature.signed_by.name}{for_whom} on {day.day} {day:%B %Y}"


def file_name(paper: Paper, number: int, build: str) -> str:
    """ "panel-paper-2019-20-q2-v1.pdf"; the restricted build says so."""
    return f"panel-paper-{paper.code}-v{number}{'' if build == 'public' else '-restricted'}.pdf"


def render_frozen(frozen: FrozenPaper, progress: Progress) -> list[FrozenFile]:
    """The PDFs of a frozen version that are not made yet: public, and restricted where parts are."""
    signature = frozen.signature_or_none
    builds = rendering.builds_of(frozen.content)
    made = []
    for place, (build, content) in enumerate(builds.items()):
        if frozen.files.filter(kind="pdf", build=build).exists():
            continue

        def share(done: float, total: float, words: str, place: int = place) -> None:
            progress(place + done / total, len(builds), words)

        rendered = rendering.render_paper(
            content,
            sha256=frozen.sha256,
            signature=signature_line(signature),
            at=signature.signed_at if signature else frozen.submitted_at,
            on_progress=share,
        )
        stored = store_file(data=rendered.pdf, name=file_name(frozen.paper, frozen.number, build), by=None)
        facts = {"file": stored, "made_at": timezone.now()}
        made.append(FrozenFile.objects.get_or_create(frozen_paper=frozen, kind="pdf", build=build, defaults=facts)[0])
    return made


def render_preview(paper: Paper, progress: Progress) -> Preview:
    """A PDF of the paper as it stands, unapproved texts included, marked DRAFT on every page."""
    assembled = assembly.assemble(paper, approved_only=False)
    rendered = rendering.render_paper(assembled.content, draft=True, on_progress=progress)
    stored = store_file(data=rendered.pdf, name=f"draft-{paper.code}.pdf", by=None)
    facts = {"file": stored, "pages": rendered.pages, "made_at": timezone.now()}
    return Preview.objects.update_or_create(paper=paper, defaults=facts)[0]
