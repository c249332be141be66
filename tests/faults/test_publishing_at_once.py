"""A paper is submitted, signed or published while somebody has it open to edit: in each order one of them is told."""

import pytest
from django.utils.html import strip_tags

from core.accounts.clock import today
from core.accounts.states import MoveRefused
from core.audit.verify import verify
from core.documents.versions import Stale
from core.jobs.queue import broker
from governance.papers.actions import papers
from governance.papers.content import canonical
from governance.papers.models import Paper, SignificantTopic
from tests.factories.accounts import UserFactory
from tests.factories.paper_making import fresh, people, ready_paper, signed_paper, with_files
from tests.faults.test_orders import at_once

pytestmark = pytest.mark.servers
TOPIC = {"title": "Custody", "text": "<p>Late words.</p>", "criteria": ["a"]}


@pytest.fixture(autouse=True)
def quiet(real_db, settings, tmp_path):
    """Work is asked for and nobody is told."""
    settings.FILES_DIR = tmp_path / "files"
    broker.quiet_until = float("inf")
    yield
    broker.quiet_until = 0.0


def editing(paper: Paper, what: str):
    """Upon the paper as it was read, with the page that shows it still open."""
    by = UserFactory()
    topic = paper.topics.first()
    facts = {"introduction": "<p>Late words.</p>", "deep_dive": paper.deep_dive, "version": paper.version}
    return {
        "introduction": lambda: papers.save_introduction(paper=paper, by=by, **facts),
        "new topic": lambda: papers.save_topic(paper=paper, topic=None, by=by, **TOPIC),
        "topic": lambda: papers.save_topic(paper=paper, topic=topic, by=by, **TOPIC),
        "topic taken out": lambda: papers.remove_topic(topic=topic, by=by),
    }[what]


def own_texts(paper: Paper) -> tuple:
    held = fresh(paper)
    topics = [(one.title, one.text, one.criteria) for one in held.topics.order_by("position")]
    return held.introduction, held.introduction_approved_by_id, topics


def with_topic(paper: Paper) -> Paper:
    SignificantTopic.objects.create(paper=paper, position=9, title="Calls", text="<p>Answered.</p>", criteria=["a"])
    return fresh(paper)


def test_what_was_opened_before_publication_changes_nothing_after_it(quiet):
    who = people()
    paper = with_topic(signed_paper(who))
    paper.state = Paper.State.IN_REVIEW  # as whoever edits had read it
    with_files(paper)
    papers.publish_paper(paper=paper, published_on=today(), place="The panel's page", by=who.secretary)
    before = own_texts(paper)
    for what in ("introduction", "new topic", "topic", "topic taken out"):
        with pytest.raises((MoveRefused, Stale)):
            editing(paper, what)()
    assert own_texts(paper) == before
    held = fresh(paper)
    assert (held.state, held.frozen.signature.sha256) == ("published", canonical.sha256_of(held.frozen.content))
    assert verify().faults == []


@pytest.mark.parametrize("what", ["introduction", "new topic"])
@pytest.mark.parametrize("first", ["edit", "submit"])
def test_of_an_edit_and_a_submission_at_once_one_is_done_and_what_is_frozen_is_what_stands(quiet, what, first):
    who = people()
    paper = ready_paper(who)
    works = [editing(paper, what), lambda: papers.submit_paper(paper=paper, by=who.secretary)]
    said = at_once(*(works if first == "edit" else reversed(works)))
    edited, submitted = said if first == "edit" else reversed(said)
    held = fresh(paper)
    stands = "Late words." in " ".join(
        strip_tags(one) for one in (held.introduction, *held.topics.values_list("text", flat=True))
    )
    assert (edited == "done") != (submitted == "done")  # an edit takes the approval back, without which none submits
    assert (edited == "done") == stands == (held.state != "for_signature")
    assert verify().faults == []
