"""What pages and other apps read of commentary, in a fixed number of queries."""

from django.db.models import F, QuerySet

from core.accounts.models import User
from governance.boards.models import Commitment
from governance.papers.models import Commentary, Quarter
from measures.models import Period


def of_quarter(quarter: Quarter) -> QuerySet[Commentary]:
    """A quarter's commentaries in the order of its plan, with priority and position."""
    placed = quarter.commentaries.filter(measure__plan_measures__priority__plan=quarter.plan_id)
    return (
        placed.select_related("measure", "assigned_to", "approved_by")
        .annotate(
            priority=F("measure__plan_measures__priority__number"),
            priority_title=F("measure__plan_measures__priority__title"),
            position=F("measure__plan_measures__position"),
        )
        .order_by("priority", "position")
    )


def states_of_quarter(period: Period) -> dict[int, str]:
    """Each measure's commentary state in a quarter, for the scorecard."""
    return dict(Commentary.objects.filter(quarter__period=period).values_list("measure_id", "state"))


def before(commentary: Commentary) -> Commentary | None:
    """The same measure's approved commentary of the latest earlier quarter."""
    earlier = Commentary.objects.approved().filter(
        measure_id=commentary.measure_id, quarter__period__end__lt=commentary.quarter.period.end
    )
    return earlier.select_related("quarter__period").order_by("-quarter__period__end").first()


def promised(commentary: Commentary, user: User) -> list[Commitment]:
    """What earlier papers promised under this measure and is not settled, the longest due first."""
    found = Commitment.objects.open().seen_by(user).before_quarter(commentary.quarter.code)
    return list(found.filter(place=commentary.measure.short_name).select_related("owner"))


def writers() -> QuerySet[User]:
    """People whose roles let them write."""
    return User.objects.filter(
        is_active=True, role_assignments__role__in=["staff", "analyst", "commissioner"]
    ).distinct()
