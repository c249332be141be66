"""Places, who lives there and who is like whom. The caller has checked permission."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from core.accounts.models import User
from core.audit import action
from measures import populations, storing
from measures.models import Area, AreaAlias, PeerGroup, PeerMember, Population, Series


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
    """The most similar group of an area from a day on; the earlier groups stay for the quarters they held in.

    Raises ValidationError for a group without members, with the area itself, or from a day that has one already.
    """
    if not members:
        raise ValidationError({"members": "Choose the forces of the group"})
    if area in members:
        raise ValidationError({"members": f"{area} is compared with the others: it is not one of them"})
    group = PeerGroup(area=area, valid_from=valid_from, source=source)
    group.full_clean()
    group.save()
    for member in members:
        PeerMember.objects.create(group=group, area=member)
    _judge_again(area)
    return group


@action
def drop_peer_group(*, group: PeerGroup, reason: str, by: User) -> None:
    """Take back a group that was recorded by mistake; the history keeps it. The one before it holds again."""
    area = group.area
    group.members.all().delete()
    group.delete()
    _judge_again(area)


@action
def set_region(*, region: Area, forces: Iterable[Area], by: User | None) -> None:
    """Say which forces lie in a region; a force lies in one at most."""
    inside = {force.pk for force in forces}
    for force in Area.objects.filter(kind=Area.Kind.FORCE).select_related("region"):
        if force.pk in inside and force.region_id != region.pk:
            force.region = region
        elif force.pk not in inside and force.region_id == region.pk:
            force.region = None
        else:
            continue
        force.save(update_fields=["region"])


def _judge_again(area: Area) -> None:
    """Its verdicts follow its groups."""
    storing.ask_for_signals(Series.objects.filter(area=area, breakdown="").values_list("pk", flat=True))
