"""From draft to publication and back: who may do what, what is fixed, what is kept."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.documents.versions import Stale
from core.jobs.models import Job
from governance.papers import states
from governance.papers.actions import papers as actions
from governance.papers.content import canonical
from governance.papers.models import FrozenPaper, Paper, Signature
from tests.factories.accounts import UserFactory
from tests.factories.measures import give
from tests.factories.paper_making import (
    draft_paper,
    fresh,
    published_paper,
    ready_paper,
    signed_paper,
    submitted_paper,
    with_files,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
State = Paper.State
DAY = dt.date(2019, 12, 3)


def test_submitting_fixes_the_content_under_its_hash(who):
    paper = submitted_paper(who)
    frozen = paper.frozen
    assert paper.state == State.FOR_SIGNATURE
    assert frozen.sha256 == canonical.sha256_of(frozen.content)
    assert (frozen.number, frozen.submitted_by, frozen.reason) == (1, who.secretary, "")
    assert canonical.from_json(frozen.content).cover.agenda_item == 7


def test_same_material_gives_the_same_hash(who):
    """So that a second submission of an unchanged paper differs in its version number alone."""
    paper = submitted_paper(who, with_figures=True)
    first = canonical.from_json(paper.frozen.content)
    actions.return_paper(paper=paper, reason="One more look", by=who.commissioner)
    actions.review_paper(paper=fresh(paper), by=who.secretary)
    second = canonical.from_json(actions.submit_paper(paper=fresh(paper), by=who.secretary).content)
    assert second.cover.version == 2
    assert canonical.to_json(second).replace('"version":2', '"version":1') == canonical.to_json(first)


def test_what_is_signed_does_not_move_with_the_figures(who):
    paper = submitted_paper(who, with_figures=True)
    before = paper.frozen.content
    series = paper.quarter.commentaries.get().measure.series.get()
    give(series, [1.0])
    assert FrozenPaper.objects.get().content == before
    actions.return_paper(paper=paper, reason="September was revised", by=who.commissioner)
    actions.review_paper(paper=fresh(paper), by=who.secretary)
    assert actions.submit_paper(paper=fresh(paper), by=who.secretary).sha256 != paper.frozen.sha256


def test_whoever_submitted_does_not_sign(who):
    both = UserFactory(roles=[Role.SECRETARY, Role.COMMISSIONER])
    paper = ready_paper(who)
    frozen = actions.submit_paper(paper=paper, by=both)
    with pytest.raises(MoveRefused, match="somebody else must sign it"):
        actions.sign_paper(paper=fresh(paper), sha256=frozen.sha256, by=both)
    assert Signature.objects.count() == 0


def test_only_the_hash_that_was_shown_can_be_signed(who):
    paper = submitted_paper(who)
    with pytest.raises(MoveRefused, match="Another version"):
        actions.sign_paper(paper=paper, sha256="0" * 64, by=who.commissioner)
    signature = actions.sign_paper(paper=paper, sha256=paper.frozen.sha256, by=who.commissioner)
    assert (signature.sha256, signature.signed_by) == (paper.frozen.sha256, who.commissioner)


def test_signing_asks_for_the_files(who):
    signed_paper(who)
    assert [(job.kind, job.arguments) for job in Job.objects.all()] == [
        (kind, [FrozenPaper.objects.get().pk]) for kind in ("papers.word", "papers.render")
    ]


def test_a_declined_version_is_void_and_kept(who):
    paper = submitted_paper(who)
    with pytest.raises(MoveRefused, match="Say why"):
        actions.return_paper(paper=paper, reason=" ", by=who.commissioner)
    actions.return_paper(paper=paper, reason="Paragraph 2 is wrong", by=who.commissioner)
    paper = fresh(paper)
    assert (paper.state, paper.frozen) == (State.DRAFT, None)
    actions.review_paper(paper=paper, by=who.secretary)
    actions.submit_paper(paper=fresh(paper), by=who.secretary)
    kept = [(one.number, one.reason, one.signature_or_none) for one in fresh(paper).versions.all()]
    assert kept == [(1, "", None), (2, "Paragraph 2 is wrong", None)]


def test_a_correction_is_version_two_and_the_first_stays(who):
    paper = published_paper(who)
    first = paper.frozen
    actions.return_paper(paper=paper, reason="Figure 1 had the wrong caption", by=who.secretary)
    actions.review_paper(paper=fresh(paper), by=who.secretary)
    second = actions.submit_paper(paper=fresh(paper), by=who.secretary)
    cover = canonical.from_json(second.content).cover
    assert (second.number, second.reason) == (2, "Figure 1 had the wrong caption")
    assert (cover.version, cover.correction) == (2, "Figure 1 had the wrong caption")
    assert [one.pk for one in fresh(paper).versions.published()] == [first.pk]


def test_the_reason_of_a_declined_version_is_not_printed_as_a_correction(who):
    paper = submitted_paper(who)
    actions.return_paper(paper=paper, reason="A slip", by=who.commissioner)
    actions.review_paper(paper=fresh(paper), by=who.secretary)
    second = actions.submit_paper(paper=fresh(paper), by=who.secretary)
    assert canonical.from_json(second.content).cover.correction == ""


def test_publication_waits_for_the_files(who):
    paper = signed_paper(who)
    with pytest.raises(MoveRefused, match="still being made"):
        actions.publish_paper(paper=paper, published_on=DAY, place="Page", by=who.secretary)
    with_files(paper)
    publication = actions.publish_paper(paper=paper, published_on=DAY, place="Page", by=who.secretary)
    assert (publication.frozen_paper, fresh(paper).state) == (paper.frozen, State.PUBLISHED)


def test_withdrawing_leaves_a_notice_and_deletes_nothing(who):
    paper = published_paper(who)
    with pytest.raises(MoveRefused, match="Say in the notice"):
        actions.withdraw_paper(paper=paper, notice="", by=who.secretary)
    withdrawal = actions.withdraw_paper(paper=paper, notice="Wrong month.", by=who.secretary)
    assert (withdrawal.notice, fresh(paper).state) == ("Wrong month.", State.WITHDRAWN)
    assert fresh(paper).frozen.content == paper.frozen.content


def test_an_incomplete_paper_is_not_submitted(who):
    paper = ready_paper(who)
    paper.quarter.commentaries.update(state="review", approved_by=None, approved_at=None)
    with pytest.raises(MoveRefused, match="The commentary on “Burglary” is not approved: in review"):
        actions.submit_paper(paper=paper, by=who.secretary)
    assert FrozenPaper.objects.count() == 0


@pytest.mark.parametrize("to", [value for value in State.values if value != State.IN_REVIEW])
def test_from_draft_a_paper_goes_to_review_and_nowhere_else(who, to):
    everything = UserFactory(roles=[Role.SECRETARY, Role.COMMISSIONER])
    with pytest.raises(MoveRefused, match="cannot become"):
        states.check_paper_move(draft_paper(), to, reason="Why not", by=everything)


MAY = {
    (State.DRAFT, State.IN_REVIEW): {"secretary"},
    (State.IN_REVIEW, State.FOR_SIGNATURE): {"secretary"},
    (State.IN_REVIEW, State.DRAFT): {"secretary"},
    (State.FOR_SIGNATURE, State.SIGNED): {"commissioner"},
    (State.FOR_SIGNATURE, State.DRAFT): {"secretary", "commissioner"},
    (State.SIGNED, State.PUBLISHED): {"secretary"},
    (State.PUBLISHED, State.WITHDRAWN): {"secretary"},
    (State.PUBLISHED, State.DRAFT): {"secretary"},
}


@pytest.mark.parametrize("move", MAY, ids=lambda move: f"{move[0]}-{move[1]}")
def test_each_move_is_for_some_and_refused_to_others(who, move):
    frm, to = move
    paper = Paper(state=frm)
    allowed = set()
    for name, user in vars(who).items():
        try:
            states.check_paper_move(paper, to, reason="Said", by=user)
            allowed.add(name)
        except MoveRefused as refused:
            assert "Your roles do not let you" in str(refused)
    assert allowed == MAY[move]


def test_introduction_is_approved_by_a_second_person(who):
    paper = draft_paper()
    writer = paper.introduction_authors.get()
    with pytest.raises(MoveRefused, match="somebody else must approve it"):
        actions.approve_introduction(paper=paper, by=writer)
    with pytest.raises(MoveRefused, match="Your roles do not let you"):
        actions.approve_introduction(paper=paper, by=who.secretary)
    done = actions.approve_introduction(paper=paper, by=who.staff)
    assert (done.introduction_approved_by, done.introduction_approved_at is None) == (who.staff, False)


def test_changing_introduction_or_topics_ends_its_approval(who):
    paper = draft_paper()
    actions.approve_introduction(paper=paper, by=who.staff)
    paper = fresh(paper)
    same = {"introduction": paper.introduction, "deep_dive": None}
    actions.save_introduction(paper=paper, version=paper.version, by=who.staff, **same)
    assert fresh(paper).introduction_approved_by == who.staff
    changed = {"introduction": "<p>Other words.</p>", "deep_dive": None}
    actions.save_introduction(paper=fresh(paper), version=fresh(paper).version, by=who.staff, **changed)
    assert fresh(paper).introduction_approved_by is None
    with pytest.raises(MoveRefused, match="You wrote part"):
        actions.approve_introduction(paper=fresh(paper), by=who.staff)
    actions.approve_introduction(paper=fresh(paper), by=who.analyst)
    actions.remove_topic(topic=paper.topics.get(), by=who.commissioner)
    assert fresh(paper).introduction_approved_by is None


def test_two_people_editing_the_introduction_lose_nothing(who):
    paper = draft_paper()
    seen = paper.version
    actions.save_introduction(paper=paper, version=seen, introduction="<p>Mine.</p>", deep_dive=None, by=who.staff)
    with pytest.raises(Stale) as stale:
        actions.save_introduction(
            paper=fresh(paper), version=seen, introduction="<p>Yours.</p>", deep_dive=None, by=who.analyst
        )
    assert "Mine." in stale.value.current.introduction


def test_a_submitted_papers_introduction_cannot_be_changed(who):
    paper = submitted_paper(who)
    with pytest.raises(MoveRefused, match="cannot be changed"):
        actions.save_introduction(paper=paper, version=paper.version, introduction="", deep_dive=None, by=who.staff)
    with pytest.raises(MoveRefused, match="cannot be changed"):
        actions.remove_topic(topic=paper.topics.get(), by=who.staff)


def test_topics_close_up_when_one_is_removed(who):
    paper = draft_paper()
    first = paper.topics.get()
    actions.save_topic(paper=paper, topic=None, title="Second", text="<p>x</p>", criteria=["b"], by=who.staff)
    actions.remove_topic(topic=first, by=who.staff)
    assert list(paper.topics.values_list("position", "title")) == [(1, "Second")]


@pytest.mark.servers
@pytest.mark.parametrize("change", ["update", "delete"])
def test_frozen_content_can_neither_be_changed_nor_deleted(who, change):
    frozen = submitted_paper(who).frozen
    rows = FrozenPaper.objects.filter(pk=frozen.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(content="{}") if change == "update" else rows._raw_delete("default")
    assert FrozenPaper.objects.get().sha256 == canonical.sha256_of(FrozenPaper.objects.get().content)


@pytest.mark.servers
def test_a_paper_past_review_is_always_frozen(who):
    paper = draft_paper()
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(state=State.SIGNED)
    assert fresh(paper).state == State.DRAFT


@pytest.mark.servers
def test_a_later_version_gives_its_reason(who):
    frozen = submitted_paper(who).frozen
    frozen.pk, frozen.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        frozen.save(force_insert=True)
    assert FrozenPaper.objects.count() == 1
