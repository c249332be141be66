"""Emergency access: a role for some hours, with a reason, that everybody concerned is told of and that ends by itself."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from core.accounts import actions
from core.accounts.models import EmergencyAccess, Office, RoleAssignment, User
from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit.models import AuditEvent
from desk.actions import send_password_link
from desk.auditing import exceptions
from desk.models import Mail
from tests.core.accounts.door import knock, person
from tests.factories.accounts import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db
WANTED = {"role": "staff", "hours": "2", "reason": "The officer is in hospital"}


@pytest.fixture(autouse=True)
def office(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return OfficeFactory()


@pytest.fixture
def ann(client):
    user = person(Role.SECRETARY)
    knock(client)
    return user


def roles(user: User) -> frozenset[str]:
    return User.objects.get(pk=user.pk).roles


def banner(client, path: str = "/account/") -> bool:
    return "EMERGENCY ACCESS" in client.get(path).content.decode()


def make_it_pass() -> None:
    past = timezone.now() - dt.timedelta(seconds=1)
    RoleAssignment.objects.filter(until__isnull=False).update(until=past)
    Office.objects.update(emergency_until=past)


def test_it_is_loud_and_ends_by_itself(client, ann):
    told = [UserFactory(roles=[one]) for one in (Role.COMMISSIONER, Role.AUDITOR, Role.ADMINISTRATOR)]
    other = UserFactory(roles=[Role.STAFF])
    elsewhere = type(client)()
    elsewhere.force_login(other)
    assert (banner(elsewhere), elsewhere.get("/emergency/").status_code) == (False, 403)
    assert client.post(reverse("emergency-take"), WANTED | {"reason": ""}).status_code == 422
    assert client.post(reverse("emergency-take"), WANTED).status_code == 302
    taken = EmergencyAccess.objects.get()
    assert (roles(ann), taken.until - taken.began_at) == ({"secretary", "staff"}, dt.timedelta(hours=2))
    assert client.get("/account/").context["request"].user.roles == {"secretary", "staff"}
    mails = Mail.objects.filter(key=f"emergency-{taken.pk}")
    assert {one.user for one in mails} == {*told, ann}
    assert all("Why: The officer is in hospital" in one.text for one in mails)
    assert (banner(client), banner(elsewhere), "Ann as OPCC staff until" in elsewhere.get("/").content.decode()) == (
        True, True, True,
    )  # fmt: skip
    assert not banner(type(client)(), "/sign-in/")
    results = exceptions.results(exceptions.window(AuditEvent.objects.all()))
    (found,) = next(one for one in results if one.rule.name == "emergency").open
    assert found.why == "Ann took the role staff: The officer is in hospital"
    make_it_pass()
    assert (roles(ann), banner(client), banner(elsewhere)) == ({"secretary"}, False, False)
    assert client.get("/account/").context["request"].user.roles == {"secretary"}


def test_its_holder_and_administrators_end_it_before_its_time(client, ann):
    UserFactory(roles=[Role.ADMINISTRATOR])
    client.post(reverse("emergency-take"), WANTED)
    path = reverse("emergency-end", args=[EmergencyAccess.objects.get().pk])
    stranger = type(client)()
    stranger.force_login(UserFactory(roles=[Role.AUDITOR]))
    assert stranger.post(path).status_code == 404
    with pytest.raises(MoveRefused):  # not past the record of it
        actions.end_role(assignment=ann.role_assignments.get(role="staff"), by=ann)
    client.post(path)
    assert (roles(ann), banner(client)) == ({"secretary"}, False)
    assert "It had ended already" in client.post(path, follow=True).content.decode()
    assert client.post(reverse("emergency-take"), WANTED).status_code == 302  # once more on the same day
    assert roles(ann) == {"secretary", "staff"}
    make_it_pass()
    actions.give_role(user=ann, role="staff", starts=timezone.localdate(), by=ann)
    assert roles(ann) == {"secretary", "staff"}


@pytest.mark.parametrize("role", ["commissioner", "auditor", "secretary", "king"])
def test_some_roles_cannot_be_taken_and_none_that_is_held(client, ann, role):
    assert client.post(reverse("emergency-take"), WANTED | {"role": role}).status_code == 422
    for hours in (0, 13):
        with pytest.raises(MoveRefused):
            actions.take_emergency_access(role="staff", hours=hours, reason="So", by=ann)
    assert (roles(ann), Mail.objects.count()) == ({"secretary"}, 0)


def test_an_administrator_for_some_hours_is_not_one_who_remains(client, ann):
    last = UserFactory(roles=[Role.ADMINISTRATOR])
    actions.take_emergency_access(role="administrator", hours=1, reason="So", by=ann)
    with pytest.raises(MoveRefused):
        actions.end_role(assignment=last.role_assignments.get(), by=ann)


@pytest.fixture
def stand_in(client, ann):
    """Ann, administrator for two hours."""
    client.post(reverse("emergency-take"), WANTED | {"role": "administrator"})
    return User.objects.get(pk=ann.pk)


def given_to(client, user: User, role: str, day: dt.date | None = None):
    day = day or timezone.localdate()
    days = {"give-starts_day": day.day, "give-starts_month": day.month, "give-starts_year": day.year}
    return client.post(reverse("role-give", args=[user.pk]), {"give-role": role} | days)


def test_what_is_given_in_an_emergency_ends_with_it_at_the_latest(client, stand_in):
    wren, until = UserFactory(name="Wren", roles=[]), EmergencyAccess.objects.get().until
    assert given_to(client, wren, "administrator").status_code == 302
    page = client.get(reverse("user-detail", args=[wren.pk])).content.decode()
    assert f"Wren now has the role Administrator until {timezone.localtime(until):%H:%M}" in page
    assert "You manage people in an emergency" in page
    held = wren.role_assignments.get()
    assert (held.until, held.ends) == (until, timezone.localtime(until).date())
    owl = actions.create_user(
        email="owl@testshire.example", name="Owl", roles=["staff"], starts=timezone.localdate(), by=User.objects.get(pk=wren.pk)
    )  # fmt: skip
    assert owl.role_assignments.get().until == until  # nor does whoever was given the role give it for longer
    actions.end_role(assignment=owl.role_assignments.get(), by=stand_in)
    assert (roles(owl), roles(wren)) == (frozenset(), {"administrator"})
    actions.end_emergency_access(taken=EmergencyAccess.objects.get(), by=stand_in)
    assert (roles(wren), roles(stand_in)) == (frozenset(), {"secretary"})


def test_some_things_are_not_given_in_an_emergency_at_all(client, stand_in):
    wren, tomorrow = UserFactory(name="Wren", roles=[]), timezone.localdate() + dt.timedelta(days=1)
    said = {
        "commissioner": given_to(client, wren, "commissioner"),
        "auditor": given_to(client, wren, "auditor"),
        "to oneself": given_to(client, stand_in, "analyst"),
        "for later": given_to(client, wren, "staff", tomorrow),
    }
    assert {one.status_code for one in said.values()} == {422}
    assert [one for one, answer in said.items() if "Nothing was changed." not in answer.content.decode()] == []
    with pytest.raises(MoveRefused):
        actions.create_user(
            email="owl@testshire.example", name="Owl", roles=["auditor"], starts=timezone.localdate(), by=stand_in
        )
    assert (roles(wren), roles(stand_in)) == (frozenset(), {"secretary", "administrator"})
    lasting = UserFactory(roles=[Role.ADMINISTRATOR])
    actions.take_emergency_access(role="analyst", hours=1, reason="So", by=lasting)
    assert actions.give_role(user=wren, role="auditor", starts=tomorrow, by=lasting).until is None


def test_nobody_becomes_somebody_else_by_an_emergency(client, stand_in):
    """Neither by the address, nor by a link that is theirs to read, nor by taking away the factor of who decides."""
    wren = UserFactory(name="Wren", email="wren@testshire.example", roles=[Role.STAFF])
    wren.set_password("a password of hers")
    wren.save()
    chief = UserFactory(name="Chief", roles=[Role.COMMISSIONER])
    why = {"factors-reason": "Lost her phone"}
    said = {
        "address": client.post(reverse("user-address", args=[wren.pk]), {"address-email": "mine@testshire.example"}),
        "factor": client.post(reverse("user-factors-reset", args=[chief.pk]), why),
    }
    assert [(one.status_code, "Nothing was changed." in one.content.decode()) for one in said.values()] == [
        (422, True)
    ] * 2
    with pytest.raises(MoveRefused, match="in your own hands"):
        send_password_link(user=wren, by=stand_in)
    wren.refresh_from_db()
    assert (wren.email, wren.password_links.exists()) == ("wren@testshire.example", False)
    assert (
        client.post(reverse("user-factors-reset", args=[wren.pk]), why).status_code == 302
    )  # who lost a phone gets in
    actions.change_address(user=wren, email="new@testshire.example", by=UserFactory(roles=[Role.ADMINISTRATOR]))


def test_who_is_there_is_asked_again_first(client):
    client.force_login(UserFactory(roles=[Role.COMMISSIONER]))
    page = client.get("/emergency/").content.decode()
    assert ("Show first who you are" in page, "Take the role now" in page) == (True, False)
    for came_from, back in (
        ("http://testserver/emergency/", "emergency"),
        ("https://elsewhere.example/x", "account%2Ffactors"),
    ):
        asked = client.post(reverse("emergency-take"), WANTED, headers={"Referer": came_from})
        assert asked["Location"] == f"/account/confirm/?next=%2F{back}%2F"
    assert not EmergencyAccess.objects.exists()
