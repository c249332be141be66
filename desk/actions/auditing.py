"""What an auditor keeps, and what an owner answers. The caller has checked permission."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from core.documents.versions import save_if_unchanged
from desk.auditing.records import LookedAt, Sample, SampleItem, SavedSearch


@action
def save_search(*, name: str, query: str, shared: bool, by: User) -> SavedSearch:
    """Keep these filters under a name; one of that name of one's own is replaced."""
    given = {"query": query, "shared": shared, "made_at": timezone.now()}
    return SavedSearch.objects.update_or_create(user=by, name=name, defaults=given)[0]


@action
def drop_search(*, search: SavedSearch, by: User) -> None:
    search.delete()


@action
def draw_sample(
    *,
    title: str,
    objective: str,
    seed: int | None,
    query: str,
    population: int,
    last_event: int,
    events: Sequence[int],
    by: User,
) -> Sample:
    """Keep a sample: random where it has a seed, else the changes somebody chose."""
    if not events:
        raise MoveRefused("There is no change to draw from. Nothing was drawn.")
    sample = Sample.objects.create(
        title=title,
        objective=objective,
        method=Sample.Method.TARGETED if seed is None else Sample.Method.RANDOM,
        seed=seed,
        query=query,
        population=population,
        last_event=last_event,
        drawn_by=by,
        drawn_at=timezone.now(),
    )
    for position, event in enumerate(events, start=1):
        SampleItem.objects.create(sample=sample, position=position, event=event)
    return sample


@action
def record_test(
    *,
    item: SampleItem,
    version: int,
    result: str,
    test: str,
    finding: str,
    owner: User | None,
    due: dt.date | None,
    by: User,
) -> SampleItem:
    """How a change was tested and what was found. A finding names who answers and by when."""
    _check_open(item.sample)
    tested = result != SampleItem.Result.OPEN
    return save_if_unchanged(
        SampleItem,
        item.pk,
        version,
        result=result,
        test=test,
        finding=finding,
        owner=owner,
        due=due,
        tested_by=by if tested else None,
        tested_at=timezone.now() if tested else None,
    )


@action
def answer_finding(*, item: SampleItem, version: int, response: str, by: User) -> SampleItem:
    """The owner's own words to a finding."""
    _check_open(item.sample)
    if item.owner_id != by.pk or item.result != SampleItem.Result.FINDING:
        raise MoveRefused("Only whoever a finding names can answer it. Nothing was changed.")
    given = {"response": response, "responded_by": by, "responded_at": timezone.now()}
    return save_if_unchanged(SampleItem, item.pk, version, **given)


@action
def close_sample(*, sample: Sample, version: int, conclusion: str, by: User) -> Sample:
    """The working paper is done: nothing of it changes afterwards."""
    _check_open(sample)
    left = sample.items.filter(result=SampleItem.Result.OPEN).count()
    if left:
        raise MoveRefused(f"{left} of its changes are not tested yet. Nothing was changed.")
    return save_if_unchanged(Sample, sample.pk, version, conclusion=conclusion, closed_at=timezone.now())


@action
def mark_exception(*, rule: str, event: int, note: str, by: User) -> LookedAt:
    """Somebody looked at an exception, and says what they made of it."""
    if LookedAt.objects.filter(rule=rule, event=event).exists():
        raise MoveRefused("Somebody has looked at this already. Nothing was changed.")
    return LookedAt.objects.create(rule=rule, event=event, note=note, marked_by=by, marked_at=timezone.now())


def _check_open(sample: Sample) -> None:
    if Sample.objects.filter(pk=sample.pk, closed_at__isnull=False).exists():
        raise MoveRefused("This working paper is closed. Nothing was changed.")
