import datetime as dt

import pytest

from core.accounts.backends import AccountBackend
from core.accounts.models import RoleAssignment
from core.accounts.permissions import Role
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.servers]


@pytest.mark.parametrize("roles", [[], [Role.STAFF], [Role.STAFF, Role.ANALYST, Role.AUDITOR]])
def test_the_account_comes_with_the_roles_it_holds_today_in_one_query(roles, django_assert_num_queries):
    user = UserFactory(roles=roles)
    UserFactory(roles=[Role.PANEL])
    RoleAssignment.objects.create(user=user, role=Role.PANEL, starts=dt.date(2017, 1, 1), ends=dt.date(2018, 1, 1))
    RoleAssignment.objects.create(user=user, role=Role.SECRETARY, starts=dt.date(2999, 1, 1))
    with django_assert_num_queries(1):
        found = AccountBackend().get_user(user.pk)
        assert (found, found.roles) == (user, set(roles))


def test_a_closed_account_is_nobody():
    assert AccountBackend().get_user(UserFactory(is_active=False).pk) is None
    assert AccountBackend().get_user(0) is None
