"""Links that apps above this one put beside agenda items: the papers to be taken under them."""

from collections.abc import Callable, Iterable

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
