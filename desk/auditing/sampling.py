"""Drawing a sample of changes that anybody can draw again."""

import random
import secrets

from core.audit.models import AuditEventQuerySet
from desk.auditing.records import Sample

AT_MOST = 200  # changes in a sample
METHOD = (
    "The changes that the filters pick, up to the last one named, in the order of their numbers, are counted from 0; "
    "the places are those of random.Random(seed).sample(range(count), size) of Python 3, and the changes there are "
    "tested in that order."
)


def new_seed() -> int:
    return secrets.randbelow(10**9)


def draw(events: AuditEventQuerySet, *, seed: int, size: int, last: int) -> tuple[int, list[int]]:
    """(how many changes there were to draw from, the numbers of those drawn, in the order drawn)."""
    numbers = list(events.filter(pk__lte=last).order_by("pk").values_list("pk", flat=True))
    places = random.Random(seed).sample(range(len(numbers)), min(size, len(numbers)))  # noqa: S311  to be drawn again
    return len(numbers), [numbers[place] for place in places]


def draws_the_same(sample: Sample, events: AuditEventQuerySet) -> bool:
    """Whether the sample's seed still draws it: whoever asks must see all that whoever drew it saw."""
    held = list(sample.items.order_by("position").values_list("event", flat=True))
    count, again = draw(events, seed=sample.seed or 0, size=len(held), last=sample.last_event)
    return (count, again) == (sample.population, held)
