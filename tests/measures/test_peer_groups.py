"""Who the own force is compared with: seen, recorded from a day on, taken back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from core.accounts.permissions import Role
from measures import actions
from measures.models import Area, PeerGroup
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.measures import AreaFactory, peers_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    OfficeFactory(is_demo=True, today_override=dt.date(2019, 12, 2))
    return AreaFactory()


@pytest.fixture
def analyst(client):
    client.force_login(UserFactory(roles=[Role.ANALYST]))
    return client


def day(text):
    year, month, number = text.split("-")
    return {"valid_from_day": number, "valid_from_month": month, "valid_from_year": year}


def text_of(response):
    return response.content.decode()


def test_a_page_without_a_group_says_what_will_be_there(client, own):
    client.force_login(UserFactory(roles=[Role.STAFF]))
    page = text_of(client.get("/similar-forces/"))
    assert "No group yet" in page
    assert "Record a group" not in page


@pytest.mark.parametrize(("role", "leads"), [(Role.STAFF, True), (Role.ADMINISTRATOR, False)])
def test_a_group_leads_to_its_history_whoever_may_read_it(client, own, role, leads):
    client.force_login(UserFactory(roles=[role]))
    peers_of(own)
    there = f"/history/measures_peergroup/{PeerGroup.objects.get().pk}/"
    assert (there in text_of(client.get("/similar-forces/")), client.get(there).status_code == 200) == (leads, leads)


def test_a_group_is_recorded_with_its_source_and_the_forces_not_known_yet(analyst, own):
    old = peers_of(own)
    data = {
        "source": "Regrouping of 2019",
        "members": [one.pk for one in old[:4]],
        "others": "Newshire\n peer e \n\nNewshire",
    }
    response = analyst.post("/similar-forces/new/", data | day("2019-10-01"), follow=True)
    group = PeerGroup.objects.latest("valid_from")
    names = sorted(one.area.name for one in group.members.all())
    assert (names, group.source) == (
        ["Newshire", "Peer A", "Peer B", "Peer C", "Peer D", "Peer E"],
        "Regrouping of 2019",
    )
    page = text_of(response)
    assert "From 1 October 2019" in page
    assert "From 1 January 2014 to 30 September 2019" in page
    assert "Came in: Newshire. " in page
    assert "Went out: Peer F, Peer G." in page
    assert page.count("In use</strong>") + page.count(">In use</") >= 1


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"members": [], "others": ""}, "Choose the forces of the group"),
        (day("2014-01-01"), "A group from that day is recorded already: take it back first"),
        ({"others": "Testshire Police"}, "cannot be one of the group"),
        ({"source": ""}, "Enter the source"),
    ],
)
def test_what_cannot_be_a_group_is_said_and_nothing_is_kept(analyst, own, changed, problem):
    members = [one.pk for one in peers_of(own)]
    data = {"source": "Somebody", "members": members} | day("2019-10-01") | changed
    response = analyst.post("/similar-forces/new/", data)
    assert response.status_code == 422
    assert problem.lower() in text_of(response).lower()
    assert PeerGroup.objects.count() == 1


def test_the_force_is_no_member_of_its_own_group(own):
    with pytest.raises(ValidationError, match="not one of them"):
        actions.create_peer_group(area=own, members=[own], valid_from=dt.date(2019, 1, 1), source="x", by=None)


def test_a_group_recorded_by_mistake_is_taken_back_with_a_reason(analyst, own):
    peers_of(own)
    group = PeerGroup.objects.get()
    assert "Say why" in text_of(analyst.post(f"/similar-forces/{group.pk}/drop/", {"reason": " "}, follow=True))
    assert PeerGroup.objects.count() == 1
    analyst.post(f"/similar-forces/{group.pk}/drop/", {"reason": "Typed twice"})
    assert PeerGroup.objects.count() == 0


def test_the_forces_of_a_region_are_set(analyst, own):
    peers = peers_of(own)
    region = Area.objects.create(name="West", slug="west", kind=Area.Kind.REGION)
    analyst.post("/similar-forces/region/", {"region": region.pk, "forces": [own.pk, peers[0].pk, peers[1].pk]})
    analyst.post("/similar-forces/region/", {"region": region.pk, "forces": [own.pk, peers[1].pk]})
    assert sorted(one.name for one in region.forces.all()) == ["Peer B", "Testshire Police"]
    assert "West: Peer B, Testshire Police." in text_of(analyst.get("/similar-forces/"))
