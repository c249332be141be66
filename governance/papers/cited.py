"""The paragraphs of published papers, as minutes cite them."""

from django.urls import reverse

from core.documents import richtext
from governance.boards.links import Library, Paragraph, register_library
from governance.papers.content import canonical, reading
from governance.papers.models import FrozenPaper, Paper

LONGEST = 200  # characters of a paragraph's first words


def titles() -> list[tuple[str, str]]:
    """(code, title) of every paper that stands published, the latest first."""
    standing = Paper.objects.with_places().filter(state=Paper.State.PUBLISHED).order_by("-quarter__period__end")
    return [(one.code, one.title) for one in standing]


def _latest(code: str) -> FrozenPaper | None:
    paper = next((one for one in Paper.objects.with_places().published() if one.code == code), None)
    latest = paper.versions.published().first() if paper else None
    return latest if latest and latest.withdrawal_or_none is None else None


def paragraph(code: str, number: int) -> Paragraph | None:
    """What bears that number in the version that is published last; it keeps its id in that version for ever."""
    frozen = _latest(code)
    if frozen is None:
        return None
    content = reading.public(canonical.from_json(frozen.content))
    block = next((one for one in reading.sequence(content) if one.number == number), None)
    if block is None:
        return None
    words = richtext.plain_text(f"<p>{block.html}</p>", notes=False)
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    address = f"{reverse('paper-read', args=[code])}?version={frozen.number}#p-{block.pid}"
    label = f"Paragraph {number}, {frozen.paper.title}"
    return Paragraph(code, frozen.number, block.pid, label[:300], short, address)


LIBRARY = register_library(Library(titles, paragraph))
