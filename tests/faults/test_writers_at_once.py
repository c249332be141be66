"""Eight people write at once: nobody is turned away by the database, and nothing anybody wrote is lost."""

import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from core.accounts.models import User
from core.accounts.permissions import Role
from core.audit import audit_context
from core.audit.models import AuditEvent
from core.documents.versions import Stale
from governance.papers.actions.commentary import save_commentary
from governance.papers.models import Commentary
from measures.models import CurrentValue, Observation
from tests.factories.accounts import UserFactory
from tests.factories.measures import SEPTEMBER, MeasureFactory, SeriesFactory
from tests.factories.papers import CommentaryFactory

pytestmark = pytest.mark.servers

WRITERS = 8
TURNS = 5  # pages each of them saves
ROUNDS = 20  # writers killed


def together(work: Callable[[int, Client], None], role: str) -> None:
    """Each writer signed in as somebody of their own, each in a thread and on a connection of their own."""
    clients = []
    for _ in range(WRITERS):
        clients.append(Client())
        clients[-1].force_login(UserFactory(roles=[role]))

    def one(number: int) -> None:
        try:
            with audit_context(actor_name="fixture"):
                work(number, clients[number])
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(one, range(WRITERS)))


def test_eight_people_in_one_commentary_lose_no_word(place):
    commentary = CommentaryFactory(text="<p>Begun.</p>")
    address = reverse("commentary-detail", args=[commentary.quarter.code, commentary.measure.slug])
    refused = []

    def write(number: int, client: Client) -> None:
        for turn in range(TURNS):
            status = 409
            while status == 409:  # somebody was quicker: take their text and put one's own sentence to it
                held = Commentary.objects.get(pk=commentary.pk)
                said = {"version": held.version, "text": f"{held.text}<p>Writer {number} turn {turn}.</p>", "did": ""}
                status = client.post(address, said).status_code
                refused.append(status)
            assert status == 302

    together(write, Role.STAFF)
    commentary.refresh_from_db()
    wanted = {f"Writer {number} turn {turn}." for number in range(WRITERS) for turn in range(TURNS)}
    assert {sentence for sentence in wanted if sentence in commentary.text} == wanted
    assert (commentary.version, set(refused)) == (1 + WRITERS * TURNS, {302, 409} & set(refused))
    assert refused.count(302) == WRITERS * TURNS


def test_eight_people_correcting_one_figure_leave_one_chain(place):
    """Each correction supersedes the one it was made from; one made from an older figure is shown the new one."""
    series = SeriesFactory(measure=MeasureFactory(slug="burglary"))
    address = reverse("observation-create", args=["burglary"])

    def correct(number: int, client: Client) -> None:
        for turn in range(TURNS):
            stored, value = False, 1_000 + number * TURNS + turn
            while not stored:
                head = Observation.objects.filter(series=series).order_by("-pk").values_list("pk", flat=True).first()
                said = {"series": series.pk, "month": "2019-09", "value": value, "reason": "Recount", "head": head or 0}
                assert client.post(address, said).status_code in (200, 302)
                stored = Observation.objects.filter(series=series, value=value).exists()

    together(correct, Role.ANALYST)
    chain = list(Observation.objects.filter(series=series).order_by("pk").values_list("pk", "supersedes_id", "value"))
    assert sorted(value for _, _, value in chain) == [1_000 + place for place in range(WRITERS * TURNS)]
    assert [before for _, before, _ in chain] == [None, *(pk for pk, _, _ in chain[:-1])]
    current = CurrentValue.objects.get(series=series, month=SEPTEMBER)
    assert (current.observation_id, current.value) == (chain[-1][0], chain[-1][2])


def test_a_writer_killed_at_any_moment_loses_nothing_it_was_told_is_saved(place, tmp_path):
    commentary, writer = CommentaryFactory(), UserFactory()
    told, chance = tmp_path / "told", random.Random(20191202)
    connections.close_all()
    for _ in range(ROUNDS):
        child = os.fork()
        if not child:
            write_for_ever(commentary.pk, writer.pk, told)
        lines = len(said_saved(told))
        while len(said_saved(told)) == lines:  # it has begun
            assert os.waitpid(child, os.WNOHANG) == (0, 0), wrong(told)
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    held = Commentary.objects.get(pk=commentary.pk)
    events = AuditEvent.objects.filter(table="papers_commentary", key=str(held.pk), op="U").order_by("pk")
    replaced = [event.old_changed["version"] for event in events]
    told_of = said_saved(told)
    assert replaced == list(range(1, held.version))  # every version in the log once, in order, none half
    assert (told_of == sorted(set(told_of)), len(told_of) >= ROUNDS) == (True, True)
    assert set(told_of) <= {version + 1 for version in replaced}
    assert f"This is version {held.version}." in held.text


def said_saved(told: Path) -> list[int]:
    return [int(line) for line in told.read_text().split()] if told.exists() else []


def write_for_ever(commentary: int, writer: int, told: Path) -> None:
    """In a child process: save, then say which version was saved, until killed. What goes wrong is written down."""
    try:
        by = User.objects.get(pk=writer)
        with told.open("a") as book:
            while True:
                held = Commentary.objects.get(pk=commentary)
                text = f"<p>This is version {held.version + 1}.</p>"
                try:
                    save_commentary(commentary=held, version=held.version, text=text, did="", by=by)
                except (
                    Stale
                ):  # the server ended what the killed one before had sent: read it and go on, as a person would
                    continue
                book.write(f"{held.version + 1}\n")
                book.flush()
    except BaseException:
        told.with_name("wrong").write_text(traceback.format_exc())
    finally:
        os._exit(1)  # the child is a copy of the whole test run, which must not go on in it


def wrong(told: Path) -> str:
    return told.with_name("wrong").read_text() if told.with_name("wrong").exists() else "The writer ended."
