"""Each quarter every role is kept or ended by somebody, with a reason, and the review is signed."""

import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from core.accounts import actions
from core.accounts.models import AccessAnswer, AccessReview, RoleAssignment, User
from core.accounts.permissions import Role
from core.accounts.reviews import open_roles
from core.accounts.states import MoveRefused
from core.audit.models import AuditEvent
from core.jobs.models import Job
from core.jobs.performing import perform
from desk import tasks
from desk.auditing import exceptions
from desk.due import due_from
from tests.factories.accounts import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))


@pytest.fixture
def admin(client):
    user = UserFactory(roles=[Role.ADMINISTRATOR], name="Admin")
    client.force_login(user)
    return user


@pytest.fixture
def review():
    return actions.open_access_review(by=None)


def answer(client, review: AccessReview, held: RoleAssignment, to: str, reason: str = "Does that work"):
    path = reverse("review-answer", args=[review.pk, held.pk])
    return client.post(path, {"to": to, f"why-{held.pk}-reason": reason})


def test_a_review_opens_by_itself_once_a_quarter(office):
    tasks.look_for_a_new_quarter()
    perform(str(Job.objects.get(kind="access.review").pk))
    tasks.look_for_a_new_quarter()
    review = AccessReview.objects.get()
    assert (review.quarter, review.due, str(review)) == (
        "2019-Q4", dt.date(2019, 12, 30), "access review of 2019, quarter 4",
    )  # fmt: skip
    office.today_override = dt.date(2020, 1, 1)
    office.save()
    tasks.look_for_a_new_quarter()
    assert Job.objects.filter(kind="access.review").count() == 2


def test_each_role_is_kept_or_ended_with_a_reason_and_the_review_is_signed(client, admin, review):
    ann, ben = UserFactory(name="Ann"), UserFactory(name="Ben", roles=[Role.ANALYST, Role.STAFF])
    closed = UserFactory(is_active=False)
    later = RoleAssignment.objects.create(user=ann, role="panel", starts=timezone.localdate() + dt.timedelta(days=1))
    left = open_roles(review)
    assert [(one.user.name, one.role) for one in left] == [
        ("Admin", "administrator"), ("Ann", "staff"), ("Ben", "analyst"), ("Ben", "staff"),
    ]  # fmt: skip
    assert answer(client, review, left[1], "kept", "").status_code == 422
    assert answer(client, review, later, "kept").status_code == 409  # it has not begun
    assert answer(client, review, closed.role_assignments.get(), "kept").status_code == 409
    assert client.post(reverse("review-sign", args=[review.pk]), follow=True).content.count(b"4 roles are still") == 1
    for one in left:
        assert answer(client, review, one, "ended" if one.role == "analyst" else "kept").status_code == 302
    assert answer(client, review, left[1], "ended").status_code == 409  # answered for already
    assert User.objects.get(pk=ben.pk).roles == {"staff"}
    client.post(reverse("review-sign", args=[review.pk]))
    review.refresh_from_db()
    assert (review.signed_by, review.signed_at is not None) == (admin, True)
    page = client.get(reverse("review-detail", args=[review.pk])).content.decode()
    assert (page.count("Does that work"), "Their own role" in page, "Admin, " in page) == (4, True, True)
    with pytest.raises(MoveRefused):
        actions.sign_access_review(review=review, by=admin)


def test_the_record_of_an_answer_cannot_be_changed(client, admin, review):
    answer(client, review, open_roles(review)[0], "kept")
    for change in (lambda: AccessAnswer.objects.update(kept=False), lambda: AccessAnswer.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_ones_own_roles_are_for_another_administrator_where_there_is_one(client, admin, review):
    UserFactory(roles=[Role.ADMINISTRATOR])
    refused = answer(client, review, admin.role_assignments.get(), "kept")
    assert (refused.status_code, "for another administrator" in refused.content.decode()) == (409, True)
    actions.answer_for_role(
        review=review, assignment=UserFactory().role_assignments.get(), kept=True, reason="Yes", by=admin
    )


def test_the_last_administrator_is_not_ended(client, admin, review):
    refused = answer(client, review, admin.role_assignments.get(), "ended")
    assert (refused.status_code, "is the only administrator" in refused.content.decode()) == (409, True)
    assert not AccessAnswer.objects.exists()


def test_an_overdue_review_is_on_the_home_of_administrators_and_among_the_exceptions(client, admin, review, office):
    def rule() -> list[str]:
        results = exceptions.results(exceptions.window(AuditEvent.objects.all()))
        return [one.why for one in next(each for each in results if each.rule.name == "late-review").open]

    assert ([one.when(office.today) for one in due_from(admin)], due_from(UserFactory()), rule()) == (["later"], [], [])
    office.today_override = dt.date(2019, 12, 31)
    office.save()
    assert [(one.what, one.when(office.today)) for one in due_from(admin)] == [
        ("Access review of 2019, quarter 4", "overdue")
    ]
    assert rule() == ["It was due by 30 December 2019 and nobody has signed it."]
    assert "Overdue" in client.get(reverse("review-list")).content.decode()
    User.objects.exclude(pk=admin.pk).update(is_active=False)
    with time_machine.travel(timezone.now() + dt.timedelta(days=400), tick=False):
        assert len(rule()) == 1  # however long ago it was opened
    actions.answer_for_role(review=review, assignment=admin.role_assignments.get(), kept=True, reason="Alone", by=admin)
    actions.sign_access_review(review=review, by=admin)
    assert (due_from(admin), rule()) == ([], [])
