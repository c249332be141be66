import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.accounts.models import RoleAssignment
from core.accounts.permissions import Permission, Role
from tests.factories.accounts import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_permissions_are_those_of_every_role_held():
    user = UserFactory(roles=[Role.PANEL, Role.AUDITOR])
    assert user.roles == {"panel", "auditor"}
    assert user.has(Permission.HISTORY_ALL)
    assert not user.has(Permission.COMMENTARY_WRITE, Permission.PAPER_SIGN)


def test_a_role_that_has_ended_or_not_begun_gives_nothing():
    user = UserFactory(roles=[])
    RoleAssignment.objects.create(user=user, role=Role.AUDITOR, starts=dt.date(2017, 1, 1), ends=dt.date(2018, 1, 1))
    RoleAssignment.objects.create(user=user, role=Role.ANALYST, starts=dt.date(2999, 1, 1))
    assert user.roles == set()


def test_a_closed_account_may_do_nothing():
    assert not UserFactory(roles=[Role.AUDITOR], is_active=False).has(Permission.HISTORY_ALL)


def test_role_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError, match="a_role_ends_after_it_starts"), transaction.atomic():
        RoleAssignment.objects.create(
            user=UserFactory(), role=Role.PANEL, starts=dt.date(2019, 1, 2), ends=dt.date(2019, 1, 1)
        )


def test_a_real_office_cannot_set_the_date():
    with pytest.raises(IntegrityError, match="only_a_demo_sets"), transaction.atomic():
        OfficeFactory(is_demo=False, today_override=dt.date(2019, 12, 2))
