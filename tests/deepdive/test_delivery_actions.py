"""Actions through their life: owners, words, dates, status, milestones."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit.models import AuditEvent
from core.documents.access import may_read
from core.documents.models import StoredFile
from core.documents.versions import Stale
from deepdive import actions
from deepdive.models import ActionStatus, ActionUpdate, DeliveryAction, Milestone, PartnerAgency
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.deepdive import (
    ActionUpdateFactory,
    DeliveryActionFactory,
    MilestoneFactory,
    ObjectiveFactory,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2019, 12, 2)
Status = ActionStatus


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory(is_demo=True, today_override=TODAY)


def moved(action, to, by=None, **said):
    held = DeliveryAction.objects.get(pk=action.pk)
    return actions.move_action(delivery_action=held, version=held.version, to=to, by=by or UserFactory(), **said)


def test_agency_is_the_same_however_it_is_written():
    for number, names in enumerate((["Fire and Rescue", "Housing"], ["fire  and rescue", "Health"]), 1):
        actions.create_delivery_action(
            objective=ObjectiveFactory(), ref=f"2.0{number}", statement="Do it", agencies=names, by=UserFactory()
        )
    assert list(PartnerAgency.objects.values_list("name", flat=True)) == ["Fire and Rescue", "Health", "Housing"]
    assert [one.name for one in DeliveryAction.objects.get(ref="2.02").agencies.all()] == ["Fire and Rescue", "Health"]


def test_owner_is_a_person_in_a_role():
    person = PersonFactory(name="R. Owen", job_title="Superintendent, Prevention")
    assert DeliveryActionFactory(owner=person).owner_words == "R. Owen, Superintendent, Prevention"
    assert DeliveryActionFactory(owner=person, owner_role="Chair of the group").owner_words == (
        "R. Owen, Chair of the group"
    )


def test_corrected_statement_shows_both_and_says_why():
    action, by = DeliveryActionFactory(statement="Share what agency know"), UserFactory()
    actions.correct_statement(
        delivery_action=action, version=1, statement="Share what agencies know", reason="A slip", by=by
    )
    held = DeliveryAction.objects.get(pk=action.pk)
    assert (held.first_statement, held.statement) == ("Share what agency know", "Share what agencies know")
    assert list(held.corrections.values_list("was", "now", "why", "by")) == [
        ("Share what agency know", "Share what agencies know", "A slip", by.pk)
    ]
    assert AuditEvent.objects.filter(action="deepdive.correct_statement").latest("pk").reason == "A slip"


def test_correction_of_an_older_version_is_refused():
    action = DeliveryActionFactory(version=2)
    with pytest.raises(Stale):
        actions.correct_statement(delivery_action=action, version=1, statement="Other", reason="x", by=UserFactory())
    assert action.corrections.count() == 0


@pytest.mark.parametrize(
    ("start", "to", "said", "refusal"),
    [
        (Status.NOT_STARTED, Status.DELIVERED, {"reason": "x", "day": TODAY}, "cannot become"),
        (Status.IN_PROGRESS, Status.CARRIED, {"reason": "x"}, "making the next year"),
        (Status.IN_PROGRESS, Status.STALLED, {"rag": "red"}, "What holds it up"),
        (Status.IN_PROGRESS, Status.STALLED, {"rag": "green", "reason": "x"}, "how the action is rated"),
        (Status.IN_PROGRESS, Status.DELIVERED, {"reason": "", "day": TODAY}, "What shows that it was delivered"),
        (Status.IN_PROGRESS, Status.DELIVERED, {"reason": "x"}, "a day that is not in the future"),
        (Status.IN_PROGRESS, Status.DELIVERED, {"reason": "x", "day": dt.date(2019, 12, 3)}, "not in the future"),
        (Status.IN_PROGRESS, Status.DELIVERED, {"reason": "x", "day": TODAY}, "Add a file that shows"),
        (Status.STALLED, Status.IN_PROGRESS, {"reason": "x"}, "how the action is rated"),
        (Status.NOT_STARTED, Status.CLOSED, {"reason": " ", "day": TODAY}, "Why it is closed"),
    ],
)
def test_move_that_lacks_what_it_needs_changes_nothing(start, to, said, refusal):
    action = DeliveryActionFactory(status=start)
    with pytest.raises(MoveRefused, match=refusal):
        moved(action, to, **said)
    assert DeliveryAction.objects.get(pk=action.pk).status == start
    assert action.status_changes.count() == 0


def test_moves_keep_reason_rating_and_day_and_reach_the_draft():
    draft = ActionUpdateFactory(action__status=Status.IN_PROGRESS)
    action, by = draft.action, UserFactory()
    moved(action, Status.STALLED, by, reason="No money", rag="red")
    draft.refresh_from_db()
    assert (draft.status, draft.rag, draft.rag_reason, draft.version) == ("stalled", "red", "No money", 2)
    moved(action, Status.IN_PROGRESS, by, reason="A grant came", rag="amber")
    moved(action, Status.CLOSED, by, reason="The grant went", day=dt.date(2019, 11, 30))
    held = DeliveryAction.objects.get(pk=action.pk)
    assert (held.status, held.ended_on, held.ended_why) == ("closed", dt.date(2019, 11, 30), "The grant went")
    assert list(held.status_changes.values_list("was", "now", "why")) == [
        ("in_progress", "stalled", "No money"),
        ("stalled", "in_progress", "A grant came"),
        ("in_progress", "closed", "The grant went"),
    ]
    moved(action, Status.IN_PROGRESS, by, reason="Wanted again", rag="green")
    held.refresh_from_db()
    assert (held.ended_on, held.ended_why) == (None, "")


def test_move_on_an_older_version_and_by_a_contributor_are_refused():
    action = DeliveryActionFactory(version=3)
    with pytest.raises(Stale):
        actions.move_action(delivery_action=action, version=2, to=Status.IN_PROGRESS, by=UserFactory())
    with pytest.raises(MoveRefused, match="Your roles do not let you"):
        moved(action, Status.IN_PROGRESS, UserFactory(roles=[Role.CONTRIBUTOR]))


def test_approved_update_ends_an_action_and_a_later_one_opens_it_again():
    update, writer = ActionUpdateFactory(), UserFactory()
    said = {"text": "<p>Closed.</p>", "status": "closed", "rag": "none", "rag_reason": "The contract ended"}
    actions.save_update(update=update, version=1, by=writer, **said)
    actions.move_update(update=update, to=ActionUpdate.State.REVIEW, by=writer)
    actions.move_update(update=update, to=ActionUpdate.State.APPROVED, by=UserFactory())
    held = DeliveryAction.objects.get(pk=update.action_id)
    assert (held.status, held.ended_on, held.ended_why) == ("closed", TODAY, "The contract ended")
    assert list(held.status_changes.values_list("was", "now")) == [("not_started", "closed")]
    assert list(DeliveryAction.objects.open()) == []


def test_milestone_moves_with_its_first_day_kept_and_is_reached_with_evidence():
    by = UserFactory()
    made = actions.add_milestone(
        delivery_action=DeliveryActionFactory(), text="A report", due=dt.date(2019, 10, 31), by=by
    )
    made = actions.edit_milestone(
        milestone=made, version=1, text="A report", due=dt.date(2019, 11, 30), reason="Late", by=by
    )
    made = actions.reach_milestone(milestone=made, version=2, reached_on=TODAY, evidence="Minute 7", by=by)
    assert (made.first_due, made.due, made.reached_on) == (dt.date(2019, 10, 31), dt.date(2019, 11, 30), TODAY)
    with pytest.raises(MoveRefused, match="stays as it is"):
        actions.drop_milestone(milestone=made, version=3, reason="No longer", by=by)
    assert list(Milestone.objects.waiting()) == []


def test_milestone_is_not_reached_before_its_day_comes():
    with pytest.raises(MoveRefused, match="a day that has come"):
        actions.reach_milestone(
            milestone=MilestoneFactory(), version=1, reached_on=dt.date(2019, 12, 3), evidence="x", by=UserFactory()
        )


def test_second_of_two_who_settle_a_milestone_is_told():
    made, by = MilestoneFactory(), UserFactory()
    actions.drop_milestone(milestone=Milestone.objects.get(pk=made.pk), version=1, reason="Not wanted", by=by)
    with pytest.raises(Stale):
        actions.reach_milestone(milestone=made, version=1, reached_on=TODAY, evidence="x", by=by)


def test_contributor_keeps_the_milestones_of_assigned_actions_only():
    contributor, milestone = UserFactory(roles=[Role.CONTRIBUTOR]), MilestoneFactory()
    with pytest.raises(MoveRefused, match="not assigned to you"):
        actions.drop_milestone(milestone=milestone, version=1, reason="Not wanted", by=contributor)
    milestone.action.contributors.add(contributor)
    assert actions.drop_milestone(milestone=milestone, version=1, reason="Not wanted", by=contributor).version == 2


def test_evidence_is_filed_by_who_works_on_an_action_and_ends_it(client, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    office, mine, owner, other = (UserFactory(roles=[role]) for role in (Role.STAFF, *[Role.CONTRIBUTOR] * 3))
    action = DeliveryActionFactory(status=Status.IN_PROGRESS, owner=PersonFactory(user=owner))
    action.contributors.add(mine)
    there, page = (reverse(f"delivery-action-{name}", args=[action.pk]) for name in ("evidence", "detail"))

    def brings(user, *names: str) -> int:
        client.force_login(user)
        return client.post(there, {"files": [SimpleUploadedFile(name, name.encode()) for name in names]}).status_code

    told = [brings(mine, "letter.txt", "letter.txt"), brings(owner, "note.txt"), brings(office), brings(other, "x.txt")]
    assert told == [302, 302, 422, 404]
    assert list(action.evidence.values_list("name", "by")) == [("letter.txt", mine.pk), ("note.txt", owner.pk)]
    stored = action.evidence.first().file
    assert [may_read(user, stored) for user in (office, mine, owner, other)] == [True, True, True, False]
    shown = client.get(page).status_code, b"letter.txt" in (client.force_login(mine) or client.get(page).content)
    assert shown == (404, True)
    held = moved(action, Status.DELIVERED, reason="It was sent", day=TODAY)
    assert (held.no_evidence_why, brings(mine, "late.txt"), action.evidence.count()) == ("", 302, 2)


def test_delivery_is_shown_by_files_sent_with_the_move_or_says_why_not(client, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    client.force_login(UserFactory(roles=[Role.STAFF]))
    said = {"version": 1, "reason": "It was sent", "day_day": "2", "day_month": "12", "day_year": "2019"}
    ends = []
    for more in ({}, {"no_evidence": "It stands in the minutes."}, {"files": [SimpleUploadedFile("a.txt", b"a")]}):
        action = DeliveryActionFactory(status=Status.IN_PROGRESS)
        there = reverse("delivery-action-move", args=[action.pk, Status.DELIVERED])
        status = client.post(there, said | more).status_code
        action.refresh_from_db()
        ends.append((status, action.status, action.no_evidence_why, action.evidence.count()))
    assert ends == [
        (422, "in_progress", "", 0),
        (302, "delivered", "It stands in the minutes.", 0),
        (302, "delivered", "", 1),
    ]


@pytest.mark.parametrize(
    ("why", "filed", "kept"), [("", False, None), ("In the minutes", False, "In the minutes"), ("", True, "")]
)
def test_update_that_says_delivered_asks_for_what_the_move_asks_for(why, filed, kept):
    update, writer = ActionUpdateFactory(), UserFactory()
    if filed:
        stored = StoredFile.objects.create(sha256="a" * 64, size=1, name="a.txt")
        actions.add_evidence(delivery_action=update.action, file=stored, name="a.txt", by=writer)
    said = {"text": "<p>Done.</p>", "status": "delivered", "rag": "none", "rag_reason": why}
    actions.save_update(update=update, version=1, by=writer, **said)
    if kept is None:
        with pytest.raises(MoveRefused, match="File what shows it"):
            actions.move_update(update=update, to=ActionUpdate.State.REVIEW, by=writer)
        return
    for to, by in ((ActionUpdate.State.REVIEW, writer), (ActionUpdate.State.APPROVED, UserFactory())):
        actions.move_update(update=update, to=to, by=by)
    held = DeliveryAction.objects.get(pk=update.action_id)
    assert (held.status, held.no_evidence_why) == ("delivered", kept)
