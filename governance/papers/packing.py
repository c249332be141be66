"""What an agenda pack of a meeting would hold today: its parts in the order of the agenda, and what is missing.

Pages are numbered once, for both builds: what only the restricted pack has keeps its numbers there, and the public pack
goes on after them. So a page has one number, whichever pack somebody has before them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from django.urls import reverse

from core.documents.storage import PDF
from governance.boards.models import AgendaItem, ItemPaper, Meeting
from governance.papers.models import FrozenPaper, Pack, Paper, PdfLook

PUBLIC, RESTRICTED = BUILDS = ("public", "restricted")


@dataclass(frozen=True)
class Part:
    """One document of a pack. `files` and `pages` are by build; what is restricted has no public one."""

    key: str  # "paper:12" for a version that was signed, "file:7" for a paper laid to an item
    item: int
    position: int
    title: str
    name: str
    exempt: bool  # for the restricted pack alone: its item is exempt, or it is marked
    files: dict[str, str]  # SHA-256
    pages: dict[str, int]
    start: int = 0

    @property
    def length(self) -> int:
        """Of the longer build: where that ends the next part begins, in both packs."""
        return max(self.pages.values(), default=0)

    @property
    def last(self) -> int:
        return self.start + self.length - 1

    def as_data(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Absent:
    """One document of the agenda that is not ready for a pack, with why and the page that mends it."""

    position: int
    name: str
    exempt: bool
    why: str
    href: str

    @property
    def sentence(self) -> str:
        return f"“{self.name}” (item {self.position}) {self.why}."

    def as_data(self) -> dict[str, object]:
        return {"position": self.position, "name": self.name, "exempt": self.exempt}


@dataclass(frozen=True)
class Contents:
    """What would go into the next pack of a meeting. `unseen` are PDFs nobody has looked at yet."""

    number: int
    first_page: int
    parts: tuple[Part, ...]
    missing: tuple[Absent, ...]
    unseen: tuple[str, ...]
    items: tuple[AgendaItem, ...]

    @property
    def is_supplement(self) -> bool:
        return self.number > 0

    @property
    def builds(self) -> list[str]:
        """A pack for everybody always; a supplement only where it has something for them."""
        found = [build for build in BUILDS if any(build in one.files for one in self.parts)]
        return found if self.is_supplement or PUBLIC in found else [PUBLIC, *found]

    @property
    def shown(self) -> str:
        """What somebody saw who asks for a pack of it: another word when papers came or went."""
        text = json.dumps([self.number, [one.key for one in self.parts], [item.title for item in self.items]])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def placed(self, front: int) -> "Contents":
        """The same with every part on its pages, behind so many pages of contents."""
        start, placed = self.first_page + front, []
        for one in self.parts:
            placed.append(replace(one, start=start))
            start += one.length
        return replace(self, parts=tuple(placed))

    @property
    def last_page(self) -> int:
        """Of a contents whose parts are on their pages."""
        return self.parts[-1].last


def contents_of(meeting: Meeting) -> Contents:
    """Everything that is ready and in no pack of the meeting yet."""
    issued = list(Pack.objects.filter(meeting=meeting).order_by("number"))
    held = {part["key"] for pack in issued for part in pack.parts}
    items = list(meeting.items.order_by("position"))
    laid = list(ItemPaper.objects.standing().filter(item__meeting=meeting).select_related("file").order_by("at", "pk"))
    papers = {one.agenda_item_id: one for one in _papers(meeting)}
    looks = {one.sha256: one for one in PdfLook.objects.filter(sha256__in=_wanted(papers.values(), laid))}
    parts: list[Part] = []
    missing: list[Absent] = []
    unseen: list[str] = []
    for item in items:
        for found in (*_of_paper(item, papers.get(item.pk)), *_of_files(item, laid)):
            if isinstance(found, Absent):
                missing.append(found)
            elif found.key not in held:
                _sort(found, looks, parts, missing, unseen)
    number = issued[-1].number + 1 if issued else 0
    first = issued[-1].last_page + 1 if issued else 1
    return Contents(number, first, tuple(parts), tuple(missing), tuple(unseen), tuple(items))


def standing(packs: Iterable[Pack]) -> frozenset[str]:
    """The keys of issued parts that would go into a pack today too: not withdrawn, not followed by a later version."""
    keys = [part["key"].partition(":") for pack in packs for part in pack.parts]
    files = {int(number) for kind, _, number in keys if kind == "file"}
    papers = {int(number) for kind, _, number in keys if kind == "paper"}
    laid = ItemPaper.objects.standing().filter(pk__in=files).values_list("pk", flat=True)
    current = Paper.objects.filter(frozen__in=papers).exclude(state=Paper.State.WITHDRAWN)
    return frozenset(
        [f"file:{one}" for one in laid] + [f"paper:{one}" for one in current.values_list("frozen_id", flat=True)]
    )


def _papers(meeting: Meeting) -> Iterable[Paper]:
    found = Paper.objects.filter(agenda_item__meeting=meeting).select_related("quarter__period", "frozen__signature")
    return found.prefetch_related("frozen__files__file")


def _wanted(papers: Iterable[Paper], laid: list[ItemPaper]) -> set[str]:
    made = {one.file.sha256 for paper in papers if paper.frozen for one in paper.frozen.files.all()}
    return made | {one.file.sha256 for one in laid}


def _of_paper(item: AgendaItem, paper: Paper | None) -> Iterator[Part | Absent]:
    """The version that was signed, in the builds its files are of."""
    if paper is None:
        return
    frozen, why = paper.frozen, ""
    signed = frozen is not None and frozen.signature_or_none is not None
    files = _files_of(frozen, item) if signed else {}
    if paper.state == Paper.State.WITHDRAWN:
        why = "was withdrawn"
    elif not signed:
        why = "is not signed yet"
    elif not files:
        why = "is signed, and its PDF is still being made"
    if why:
        yield Absent(item.position, paper.title, item.is_exempt, why, reverse("paper-detail", args=[paper.code]))
        return
    name = paper.title if frozen.number == 1 else f"{paper.title}, version {frozen.number}"
    yield Part(f"paper:{frozen.pk}", item.pk, item.position, item.title, name, item.is_exempt, files, {})


def _files_of(frozen: FrozenPaper, item: AgendaItem) -> dict[str, str]:
    made = {one.build: one.file.sha256 for one in frozen.files.all() if one.kind == "pdf"}
    if item.is_exempt:
        whole = made.get(RESTRICTED) or made.get(PUBLIC)
        return {RESTRICTED: whole} if whole else {}
    if PUBLIC not in made:
        return {}
    return {PUBLIC: made[PUBLIC], RESTRICTED: made.get(RESTRICTED, made[PUBLIC])}


def _of_files(item: AgendaItem, laid: list[ItemPaper]) -> Iterator[Part | Absent]:
    page = reverse("item-papers", args=[item.pk])
    for one in laid:
        if one.item_id != item.pk:
            continue
        closed = item.is_exempt or one.is_restricted
        if one.file.content_type != PDF:
            why = "is not a PDF, so it cannot go into the pack. Add a PDF of it"
            yield Absent(item.position, one.name, closed, why, page)
            continue
        builds = (RESTRICTED,) if closed else BUILDS
        files = dict.fromkeys(builds, one.file.sha256)
        yield Part(f"file:{one.pk}", item.pk, item.position, item.title, one.name, closed, files, {})


def _sort(part: Part, looks: dict[str, PdfLook], parts: list[Part], missing: list[Absent], unseen: list[str]) -> None:
    """Put a part where it belongs: among the parts with its pages, or among what is missing with the reason."""
    new = [sha256 for sha256 in part.files.values() if sha256 not in looks]
    unseen += [one for one in dict.fromkeys(new) if one not in unseen]
    broken = next((looks[one].problem for one in part.files.values() if one in looks and looks[one].problem), "")
    if broken:
        page = reverse("item-papers", args=[part.item])
        missing.append(Absent(part.position, part.name, part.exempt, f"cannot go into the pack. {broken}", page))
        return
    pages = {build: looks[one].pages for build, one in part.files.items() if one in looks}
    parts.append(replace(part, pages=pages))


def name_of(contents: Contents) -> str:
    return f"Supplement {contents.number}" if contents.is_supplement else "Agenda pack"
