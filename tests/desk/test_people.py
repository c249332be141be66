"""The administrator's pages: accounts, roles, the office."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from core.accounts.models import Office, RoleAssignment, User
from core.accounts.permissions import Role
from core.audit.models import AuditEvent
from tests.core.accounts.door import prove
from tests.factories.accounts import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Wren",
    "job_title": "Officer",
    "email": "Wren@testshire.example",
    "roles": ["staff", "analyst"],
    "starts_day": "1",
    "starts_month": "4",
    "starts_year": "2017",
}


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory()


@pytest.fixture
def admin(client):
    user = UserFactory(roles=[Role.ADMINISTRATOR], name="Admin")
    client.force_login(user)
    prove(client)
    return user


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def move(client, user: User, reason: str = "Has left"):
    user.refresh_from_db()
    sent = {"why-reason": reason, "to": "closed" if user.is_active else "open"}
    return client.post(reverse("user-move", args=[user.pk]), sent, follow=True)


def end(client, user: User, role: str):
    held = user.role_assignments.get(role=role)
    return client.post(reverse("role-end", args=[user.pk, held.pk]), follow=True)


def test_somebody_is_invited_with_roles_for_a_time_and_no_password(client, admin):
    client.post(reverse("user-create"), NEW | {"ends_day": "31", "ends_month": "3", "ends_year": "2100"})
    made = User.objects.get(email="wren@testshire.example")
    assert (made.roles, made.person.name, made.has_usable_password()) == ({"staff", "analyst"}, "Wren", False)
    assert {one.ends for one in made.role_assignments.all()} == {dt.date(2100, 3, 31)}
    page = client.get(reverse("user-detail", args=[made.pk])).content.decode()
    assert "The link works once, until" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ends_day": "1", "ends_month": "1", "ends_year": "2017"}, "The last day must be the first day or after it"),
        ({"roles": []}, "Select the roles"),
        ({"email": "ADMIN@testshire.example"}, "There is already an account with this e-mail address"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said(client, admin, change, said):
    UserFactory(email="admin@testshire.example")
    response = client.post(reverse("user-create"), NEW | change)
    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_many_people(client, admin, django_assert_num_queries, count):
    for _ in range(count):
        UserFactory()
    client.get(reverse("user-list"))
    with django_assert_num_queries(5):  # session, user, users, roles of them, office
        response = client.get(reverse("user-list"))
    assert len(response.context["users"]) == count + 1


def test_role_is_given_for_a_time_and_only_once(client, admin):
    user = UserFactory(roles=[])
    sent = {"give-role": "panel", "give-starts_day": "1", "give-starts_month": "4", "give-starts_year": "2017"}
    client.post(reverse("role-give", args=[user.pk]), sent)
    assert fresh(user).roles == {"panel"}
    again = client.post(reverse("role-give", args=[user.pk]), sent)
    assert again.status_code == 422
    assert "holds the role Panel member in that time already" in again.content.decode()
    assert user.role_assignments.count() == 1


def test_role_that_ends_before_it_starts_is_refused(client, admin):
    user = UserFactory(roles=[])
    sent = {"give-role": "panel"}
    sent |= {"give-starts_day": "1", "give-starts_month": "4", "give-starts_year": "2017"}
    sent |= {"give-ends_day": "1", "give-ends_month": "3", "give-ends_year": "2017"}
    response = client.post(reverse("role-give", args=[user.pk]), sent)
    assert "The last day must be the first day or after it" in response.content.decode()


def test_role_that_is_ended_is_gone_at_once_and_stays_in_the_list_of_those_held(client, admin):
    user = UserFactory(roles=[Role.STAFF])
    end(client, user, "staff")
    assert fresh(user).roles == frozenset()
    assert user.role_assignments.get().ends == timezone.localdate() - dt.timedelta(days=1)


def test_role_given_today_and_ended_today_leaves_its_trace_in_the_log(client, admin):
    user = UserFactory(roles=[])
    RoleAssignment.objects.create(user=user, role="staff", starts=timezone.localdate())
    end(client, user, "staff")
    assert not user.role_assignments.exists()
    assert AuditEvent.objects.filter(table="accounts_roleassignment", op="D").get().actor_name == "Admin"


def test_last_administrator_stays_one(client, admin):
    page = end(client, admin, "administrator").content.decode()
    assert "Admin is the only administrator. Make somebody else one first." in page
    assert fresh(admin).roles == {"administrator"}


def test_administrator_may_go_when_there_is_another(client, admin):
    UserFactory(roles=[Role.ADMINISTRATOR])
    assert end(client, admin, "administrator").redirect_chain == [("/", 302)]
    assert fresh(admin).roles == frozenset()


def test_closing_an_account_ends_its_sessions_and_keeps_the_reason(client, admin):
    from_elsewhere = type(client)()
    user = UserFactory()
    from_elsewhere.force_login(user)
    assert from_elsewhere.get("/account/").status_code == 200
    move(client, user)
    assert from_elsewhere.get("/account/").status_code == 302
    assert fresh(user).is_active is False
    event = AuditEvent.objects.filter(action="accounts.close_account").get()
    assert (event.actor_name, event.reason) == ("Admin", "Has left")
    assert client.get("/account/").status_code == 200  # the administrator's own goes on


def test_account_opens_again(client, admin):
    user = UserFactory(is_active=False)
    move(client, user, "Is back")
    assert fresh(user).is_active is True


def test_closing_needs_a_reason_and_another_person(client, admin):
    user = UserFactory()
    assert "Say why" in move(client, user, "").content.decode()
    assert fresh(user).is_active is True
    UserFactory(roles=[Role.ADMINISTRATOR])
    assert "You cannot close your own account" in move(client, admin).content.decode()


def test_address_is_changed_and_only_to_one_that_nobody_has(client, admin):
    user = UserFactory()
    changed = client.post(reverse("user-address", args=[user.pk]), {"address-email": "New@testshire.example"})
    assert (changed.status_code, fresh(user).email) == (302, "new@testshire.example")
    taken = client.post(reverse("user-address", args=[user.pk]), {"address-email": admin.email.upper()})
    assert (taken.status_code, "There is already an account" in taken.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        (
            "role-give",
            {"give-role": "auditor", "give-starts_day": "1", "give-starts_month": "4", "give-starts_year": "2017"},
        ),
        ("user-address", {"address-email": "new@testshire.example"}),
        ("user-link", {"to": "again"}),
        ("user-factors-reset", {"factors-reason": "Lost the phone"}),
        ("user-create", NEW),
    ],
)
def test_what_changes_who_may_sign_in_as_what_asks_again_who_is_there(client, admin, name, sent):
    user = UserFactory(email="wren@elsewhere.example")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    page, path = reverse("user-detail", args=[user.pk]), reverse(name, args=[] if name == "user-create" else [user.pk])
    assert ("Give the role" in client.get(page).content.decode()) is True
    later_by(client, 11 * 60)
    events = AuditEvent.objects.count()
    asked = client.post(path, sent, headers={"Referer": f"http://testserver{page}"})
    assert asked["Location"] == f"/account/confirm/?next=%2Fusers%2F{user.pk}%2F"
    shown = client.get(page).content.decode()
    assert ("Show first who you are" in shown, "Give the role" in shown) == (True, False)
    assert (AuditEvent.objects.count(), fresh(user).email) == (events, "wren@elsewhere.example")
    prove(client)
    assert client.post(path, sent)["Location"].startswith("/users/")
    assert AuditEvent.objects.count() > events


def later_by(client, seconds: int) -> None:
    session = client.session
    session["account_authentication_methods"][0]["at"] -= seconds
    session.save()


def test_office_settings_are_changed(client, admin):
    sent = {"name": "Office", "short_name": "O", "force_name": "F", "commissioner_title": "C", "panel_name": "P"}
    client.post(reverse("office-edit"), sent | {"today_override_day": "1"})
    office = Office.objects.get()
    assert (office.name, office.today_override) == ("Office", None)


def test_only_a_demonstration_sets_the_date_shown_as_today(client, admin, office):
    assert "today_override" not in client.get(reverse("office-edit")).context["form"].fields
    office.is_demo = True
    office.save()
    sent = {"name": "Office", "short_name": "O", "force_name": "F", "commissioner_title": "C", "panel_name": "P"}
    date = {"today_override_day": "2", "today_override_month": "12", "today_override_year": "2019"}
    client.post(reverse("office-edit"), sent | date)
    assert Office.objects.get().today == dt.date(2019, 12, 2)


PAGES = [
    ("user-list", []),
    ("user-create", []),
    ("user-detail", [1]),
    ("office-edit", []),
]


@pytest.mark.parametrize("role", list(Role))
def test_only_administrators_open_these_pages(client, role):
    user = UserFactory(roles=[role])
    client.force_login(user)
    prove(client)
    expected = 200 if role == Role.ADMINISTRATOR else 403
    got = [client.get(reverse(name, args=[user.pk] if args else [])).status_code for name, args in PAGES]
    posts = [
        client.post(reverse(name, args=args)).status_code
        for name, args in (
            ("user-move", [999]),
            ("user-link", [999]),
            ("user-address", [999]),
            ("role-give", [999]),
            ("role-end", [999, 9]),
        )
    ]
    assert set(got) == {expected}
    assert set(posts) == {404 if role == Role.ADMINISTRATOR else 403}
