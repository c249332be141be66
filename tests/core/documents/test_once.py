"""A form sent twice: one effect, the same answer, and nothing that was typed is taken for something else."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import html as lxml_html

from core.documents.models import FileScan, SentForm
from core.documents.once import KEPT
from tests.core.documents import pages
from tests.factories.accounts import OfficeFactory, UserFactory

pytestmark = pytest.mark.servers
ADDRESS = "/note/"


@pytest.fixture
def client(trial_site, db):
    OfficeFactory()
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    return client


def opened(client: Client) -> dict[str, str]:
    """What the page sends of itself."""
    page = lxml_html.fromstring(client.get(ADDRESS).content)
    return {"csrfmiddlewaretoken": page.xpath("string(//main//input[@name='csrfmiddlewaretoken']/@value)")}


def kept() -> list[str]:
    return list(FileScan.objects.values_list("name", flat=True))


def test_the_same_page_sent_twice_is_done_once_and_answered_alike(client):
    sent = opened(client) | {"text": "Rang the force"}
    first, second = client.post(ADDRESS, sent), client.post(ADDRESS, sent)
    assert kept() == ["Rang the force"]
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert "You had sent this already. It was done once" in client.get(ADDRESS).content.decode()


def test_other_words_from_the_same_page_are_another_sending(client):
    page = opened(client)
    for text in ("Rang the force", "Rang the council"):
        client.post(ADDRESS, page | {"text": text})
    assert kept() == ["Rang the force", "Rang the council"]


def test_the_same_words_from_a_page_opened_anew_are_another_sending(client):
    for _ in range(2):
        client.post(ADDRESS, opened(client) | {"text": "Rang the force"})
    assert kept() == ["Rang the force", "Rang the force"]


def test_what_was_refused_can_be_sent_again(client):
    sent = opened(client) | {"text": "Rang the force"}
    pages.REFUSED.add("Rang the force")
    try:
        client.post(ADDRESS, sent)
        assert (kept(), SentForm.objects.count()) == ([], 0)
    finally:
        pages.REFUSED.clear()
    client.post(ADDRESS, sent)
    assert kept() == ["Rang the force"]


def test_a_fragment_sent_twice_has_its_page_shown_as_it_is(client):
    sent = opened(client) | {"text": "Rang the force"}
    client.post(ADDRESS, sent)
    answer = client.post(ADDRESS, sent, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"], kept()) == (204, "true", ["Rang the force"])


def test_what_was_sent_is_forgotten_when_no_page_of_then_can_be_sent_any_more(client):
    SentForm.objects.create(key="old", at=timezone.now() - KEPT - dt.timedelta(minutes=1))
    client.post(ADDRESS, opened(client) | {"text": "Rang the force"})
    assert not SentForm.objects.filter(pk="old").exists()


def test_of_two_that_arrive_at_once_one_is_done_and_both_lead_to_it(trial_site, real_db):
    OfficeFactory()
    user, token = UserFactory(), "t" * 64
    clients = [Client(), Client()]
    for one in clients:
        one.force_login(user)
    ready, answers = threading.Barrier(2), []

    def send(client):
        ready.wait()
        try:
            answers.append(client.post(ADDRESS, {"csrfmiddlewaretoken": token, "text": "At once"})["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(one,)) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept() == ["At once"]
    assert answers == [f"/note/#n-{FileScan.objects.get().pk}"] * 2
