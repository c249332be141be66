"""Links that apps above this one put beside agenda items: the papers to be taken under them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from governance.boards.models import AgendaItem

Links = dict[int, list[tuple[str, str]]]
LinkMaker = Callable[[Iterable[AgendaItem]], Links]

_makers: list[LinkMaker] = []


def register_item_links(maker: LinkMaker) -> LinkMaker:
    """Ask `maker` too, with all the items of a page at once; it answers {item pk: [(label, address)]}.

    Registering the same one twice changes nothing; also usable as a decorator.
    """
    if maker not in _makers:
        _makers.append(maker)
    return maker


def unregister_item_links(maker: LinkMaker) -> None:
    """Stop asking this one."""
    _makers.remove(maker)


def links_of(items: Iterable[AgendaItem]) -> Links:
    """What every app has to say about these items, in the order the apps registered."""
    items = list(items)
    found: Links = {}
    for maker in _makers:
        for pk, links in maker(items).items():
            found.setdefault(pk, []).extend(links)
    return found


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a published paper that minutes may cite: its id never changes once it is published."""

    paper: str
    version: int
    pid: str
    label: str
    words: str
    address: str


@dataclass(frozen=True)
class Library:
    """Papers to cite from: (code, title) of each, and the paragraph of one that bears a number."""

    titles: Callable[[], list[tuple[str, str]]]
    paragraph: Callable[[str, int], Paragraph | None]


_libraries: list[Library] = []


def register_library(library: Library) -> Library:
    """Offer the papers of this one too; registering the same one twice changes nothing."""
    if library not in _libraries:
        _libraries.append(library)
    return library


def titles() -> list[tuple[str, str]]:
    return [one for library in _libraries for one in library.titles()]


def paragraph(paper: str, number: int) -> Paragraph | None:
    """The paragraph with that number, by whichever library knows the paper."""
    return next((found for library in _libraries if (found := library.paragraph(paper, number))), None)
