"""Places, who lives there and who is like whom. The caller has checked permission."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.text import slugify

from core.accounts.models import User
from core.audit import action
from measures import populations
from measures.models import Area, AreaAlias, PeerGroup, PeerMember, Population


@action
def create_area(
    *,
    name: str,
    kind: str,
    slug: str = "",
    is_own: bool = False,
    region: Area | None = None,
    aliases: Iterable[str] = (),
    by: User | None,
) -> Area:
    """Name a place, with the other ways in which sources write it. Raises ValidationError."""
    area = Area(name=name, slug=slug or slugify(name), kind=kind, is_own=is_own, region=region)
    area.full_clean()
    area.save()
    for alias in aliases:
        add_area_alias(area=area, name=alias, by=by)
    return area


@action
def add_area_alias(*, area: Area, name: str, by: User | None) -> AreaAlias:
    """Another way a source writes an area's name. Raises ValidationError when it stands for another area already."""
    found = AreaAlias.objects.filter(area=area, name=name).first()
    if found:
        return found
    alias = AreaAlias(area=area, name=name)
    alias.full_clean()
    alias.save()
    return alias


@action
def set_population(*, area: Area, year: int, value: int, source: str, by: User | None) -> Population:
    """How many people lived in an area in the middle of a year."""
    return populations.set_by_hand(area, year, value, source)


@action
def create_peer_group(
    *, area: Area, members: Sequence[Area], valid_from: dt.date, source: str, by: User | None
) -> PeerGroup:
    """The most similar group of an area from a day on; the earlier groups stay for the papers that used them."""
    group = PeerGroup.objects.create(area=area, valid_from=valid_from, source=source)
    for member in members:
        PeerMember.objects.create(group=group, area=member)
    return group
