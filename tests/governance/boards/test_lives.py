"""Several people at one set of minutes and at one decision: whatever they do, in whatever order, the rules hold.

What each may do is written out here a second time, in words of its own, and compared with what the actions let them.
"""

import datetime as dt
import hashlib

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit import audit_context
from core.documents.versions import Stale
from governance.boards import actions
from governance.boards.models import Decision, Meeting, MinuteComment, MinutesVersion, Question
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, AttendanceFactory, BoardFactory, MeetingFactory, QuestionFactory
from tests.governance.boards.logged import moves_logged

TODAY = dt.date(2019, 12, 2)
WHO = st.integers(0, 4)
WORDS = st.sampled_from([f'<p data-pid="aaaaaaaa">It was {done}.</p>' for done in ("received", "noted", "refused")])
WHY = st.sampled_from(["", "A word was left out"])
STALE = st.sampled_from([0, 0, 0, 1])  # how many versions behind a form is
LOCKED = ("agreed", "signed")


class Life(RuleBasedStateMachine):
    """A database to itself for one run, which is then rolled back, and people with roles."""

    roles: tuple[list[str], ...]

    def __init__(self) -> None:
        super().__init__()
        self.context = audit_context(actor_name="fixture")
        self.context.__enter__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        OfficeFactory(is_demo=True, today_override=TODAY)
        self.people = [UserFactory(roles=roles) for roles in self.roles]
        self.moved, self.frozen, self.authors = [], [], set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.context.__exit__(None, None, None)

    def tried(self, write, who: int, **given) -> bool:
        try:
            with transaction.atomic():
                write(by=self.people[who], **given)
        except (MoveRefused, Stale):
            return False
        return True

    def moved_by(self, who: int, state: str) -> None:
        self.state = state
        self.moved.append((self.people[who].pk, state))


class MinutesLife(Life):
    """Two secretaries, a member who presided, the commissioner who chairs, and a secretary who may also sign."""

    roles = ([Role.SECRETARY], [Role.SECRETARY], [Role.STAFF], [Role.COMMISSIONER], [Role.SECRETARY, Role.COMMISSIONER])
    keepers = (0, 1, 4)

    def __init__(self) -> None:
        super().__init__()
        self.members = {who: PersonFactory(user=self.people[who]) for who in (2, 3, 4)}
        board = BoardFactory(chair=self.members[3])
        self.meeting = MeetingFactory(board=board)
        self.later = MeetingFactory(board=board, date=dt.date(2019, 11, 26))
        for person in self.members.values():
            AttendanceFactory(meeting=self.meeting, person=person)
        self.item = AgendaItemFactory(meeting=self.meeting)
        actions.save_minute(item=self.item, version=0, text="<p>Begun.</p>", by=self.people[0])
        self.text, self.authors, self.state, self.presided = self.words, {0}, "draft", None
        self.decided, self.waiting, self.signed, self.published = 0, 0, [], 0

    @initialize(wrote=st.sampled_from([0, 4]), presided=st.sampled_from([2, 4]), steps=st.sampled_from([0, 1, 2, 3, 3]))
    def begin(self, wrote: int, presided: int, steps: int) -> None:
        """Some way on already, so that what comes late is tried as often as what comes first."""
        self.write(wrote, '<p data-pid="aaaaaaaa">It was heard.</p>', 0)
        ways = [(self.circulate, (0, presided)), (self.agree, (1,)), (self.sign, (presided, False))]
        for step, given in ways[:steps]:
            step(*given)

    @property
    def words(self) -> str:
        self.item.minute.refresh_from_db()
        return self.item.minute.text

    @property
    def held(self) -> Meeting:
        return Meeting.objects.get(pk=self.meeting.pk)

    @rule(who=st.sampled_from(keepers), words=WORDS, behind=STALE)
    def write(self, who: int, words: str, behind: int) -> None:
        self.item.minute.refresh_from_db()
        version = self.item.minute.version - behind
        done = self.tried(actions.save_minute, who, item=self.item, version=version, text=words)
        is_same = self.item.minute.text == words
        assert done == (self.state not in LOCKED and (behind == 0 or is_same)), (self.state, behind, is_same)
        if done and not is_same:
            self.text = self.words
            self.authors.add(who)

    @rule(who=st.sampled_from(keepers))
    def decide(self, who: int) -> None:
        text = f"Decided {self.decided}"
        done = self.tried(actions.record_decision, who, item=self.item, text=text, decided_by="the board")
        assert done == (self.state not in LOCKED)
        self.decided += done

    @rule(who=st.sampled_from(keepers))
    def change_the_agenda(self, who: int) -> None:
        facts = {"title": "Renamed", "presenter": "", "part": "public", "exemption": ""}
        self.item.refresh_from_db()
        done = self.tried(actions.edit_item, who, item=self.item, version=self.item.version, **facts)
        assert done == (self.state not in LOCKED)
        assert self.tried(actions.remove_item, who, item=self.item) is False

    @rule(who=WHO, presided=st.sampled_from([2, 3, 4]))
    def circulate(self, who: int, presided: int) -> None:
        to = {"recipients": list(self.members.values()), "comments_by": dt.date(2019, 12, 9)}
        given = {"meeting": self.held, "presided_by": self.members[presided], **to}
        done = self.tried(actions.circulate_minutes, who, **given)
        assert done == (self.state not in LOCKED and who in self.keepers)
        if done:
            self.presided = presided
            if self.state == "draft":
                self.moved_by(who, "circulated")

    @rule(who=WHO, whose=st.sampled_from([2, 3, 4]))
    def comment(self, who: int, whose: int) -> None:
        given = {"item": self.item, "person": self.members[whose], "text": f"Comment {self.waiting}"}
        done = self.tried(actions.comment_on_minute, who, **given)
        assert done == (self.state == "circulated" and (who == whose or who in self.keepers))
        self.waiting = MinuteComment.objects.waiting().count()

    @rule(who=st.sampled_from(keepers), answer=WHY)
    def settle(self, who: int, answer: str) -> None:
        if first := MinuteComment.objects.waiting().first():
            done = self.tried(actions.settle_comment, who, comment=first, answer=answer)
            assert done == (self.state not in LOCKED and bool(answer))
            self.waiting -= done

    @rule(who=WHO)
    def agree(self, who: int) -> None:
        done = self.tried(actions.agree_minutes, who, meeting=self.held, at=self.later)
        assert done == (self.state == "circulated" and who in self.keepers and not self.waiting)
        if done:
            self.moved_by(who, "agreed")
            self.froze(who)

    @rule(who=WHO, words=WORDS, reason=WHY, behind=STALE)
    def amend(self, who: int, words: str, reason: str, behind: int) -> None:
        self.item.minute.refresh_from_db()
        given = {"version": self.item.minute.version - behind, "text": words, "reason": reason, "at": self.later}
        done = self.tried(actions.amend_minute, who, item=self.item, **given)
        is_same = self.item.minute.text == words
        may = self.state in LOCKED and who in self.keepers
        assert done == (may and bool(reason) and behind == 0 and not is_same)
        if done:
            self.text = self.words
            self.authors.add(who)
            if self.state == "signed":
                self.moved_by(who, "agreed")
            self.froze(who)

    def froze(self, who: int) -> None:
        made = MinutesVersion.objects.latest("number")
        assert made.sha256 == hashlib.sha256(made.content.encode()).hexdigest()
        self.frozen.append((made.content, made.sha256, self.people[who].pk))
        self.published = 0

    @rule(who=WHO, is_old=st.sampled_from([False, False, True]))
    def sign(self, who: int, is_old: bool) -> None:
        seen = self.frozen[-1][1] if self.frozen and not is_old else "0" * 64
        done = self.tried(actions.sign_minutes, who, meeting=self.held, sha256=seen)
        presides = who in (self.presided, 3)
        assert done == (self.state == "agreed" and presides and who not in self.authors and not is_old)
        if done:
            self.moved_by(who, "signed")
            self.signed.append((len(self.frozen), self.people[who].pk))

    @rule(who=st.sampled_from(keepers))
    def publish(self, who: int) -> None:
        given = {"published_on": TODAY, "place": "Site"}
        done = self.tried(actions.publish_minutes, who, meeting=self.held, **given)
        assert done == (self.state in LOCKED and not self.published)
        self.published += done

    @invariant()
    def what_stands_is_what_was_done(self) -> None:
        held = self.held
        assert (held.minutes_state, self.words) == (self.state, self.text)
        assert self.item.decisions.count() == self.decided
        rows = held.versions.order_by("number").values_list("content", "sha256", "made_by")
        assert list(rows) == self.frozen
        assert list(held.versions.filter(signature__isnull=False).order_by("number").values_list(
            "number", "signature__signed_by"
        )) == self.signed  # fmt: skip
        assert moves_logged("boards_meeting", held.pk, "minutes_state") == self.moved


class DecisionLife(Life):
    """A secretary, two members of staff, the commissioner, and an auditor who only reads."""

    roles = ([Role.SECRETARY], [Role.STAFF], [Role.STAFF], [Role.COMMISSIONER], [Role.AUDITOR])
    writers, approvers = (0, 1, 2, 3), (1, 2, 3)

    def __init__(self) -> None:
        super().__init__()
        item = AgendaItemFactory(meeting=MeetingFactory(date=dt.date(2019, 11, 26)))
        facts = {"text": "To publish", "decided_by": "the board", "by": self.people[0]}
        self.pk = actions.record_decision(item=item, **facts).pk
        self.state, self.authors, self.reasons, self.notices = "noted", {0}, "", []

    @initialize(steps=st.integers(0, 3))
    def begin(self, steps: int) -> None:
        ways = [(self.complete, (1, "Because", "To publish", 0)), (self.approve, (3, 0)), (self.publish, (0, TODAY))]
        for step, given in ways[:steps]:
            step(*given)

    @property
    def held(self) -> Decision:
        return Decision.objects.get(pk=self.pk)

    @rule(who=WHO, reasons=WHY, text=st.sampled_from(["To publish", "To publish", "Other words"]), behind=STALE)
    def complete(self, who: int, reasons: str, text: str, behind: int) -> None:
        facts = {"title": "On publishing", "reasons": reasons, "text": text, "is_significant": True}
        version = self.held.version - behind
        done = self.tried(actions.complete_decision, who, decision=self.held, version=version, **facts)
        is_open, is_whole = self.state in ("noted", "drafted"), bool(reasons) and text == "To publish"
        assert done == (is_open and who in self.writers and is_whole and behind == 0)
        if done:
            self.authors.add(who)
            self.reasons = reasons
            if self.state == "noted":
                self.moved_by(who, "drafted")

    @rule(who=WHO, behind=STALE)
    def approve(self, who: int, behind: int) -> None:
        held = self.held
        done = self.tried(actions.approve_decision, who, decision=held, version=held.version - behind)
        may = self.state == "drafted" and who in self.approvers and who not in self.authors
        assert done == (may and behind == 0)
        if done:
            self.moved_by(who, "approved")
            made = self.held.versions.order_by("number").last()
            self.frozen.append((made.content, hashlib.sha256(made.content.encode()).hexdigest(), self.people[who].pk))

    @rule(who=WHO, day=st.sampled_from([dt.date(2019, 11, 25), TODAY, dt.date(2019, 12, 3)]))
    def publish(self, who: int, day: dt.date) -> None:
        done = self.tried(actions.publish_decision, who, decision=self.held, published_on=day, place="Site")
        assert done == (self.state == "approved" and who == 0 and day == TODAY)
        if done:
            self.moved_by(who, "published")
            self.notices.append((len(self.frozen), self.people[who].pk))

    @rule(who=WHO, reason=WHY)
    def correct(self, who: int, reason: str) -> None:
        done = self.tried(actions.correct_decision, who, decision=self.held, reason=reason)
        assert done == (self.state in ("approved", "published") and who in self.writers and bool(reason))
        if done:
            self.moved_by(who, "drafted")
            self.authors.add(who)

    @invariant()
    def what_stands_is_what_was_done(self) -> None:
        held = self.held
        assert (held.state, held.reasons, held.text) == (self.state, self.reasons, "To publish")
        assert set(held.authors.values_list("pk", flat=True)) == {self.people[who].pk for who in self.authors}
        rows = held.versions.order_by("number").values_list("content", "sha256", "approved_by")
        assert list(rows) == self.frozen
        notices = held.versions.filter(notice__isnull=False).order_by("number")
        assert list(notices.values_list("number", "notice__published_by")) == self.notices
        assert moves_logged("boards_decision", held.pk, "state") == self.moved


class QuestionLife(Life):
    """A secretary, two members of staff, who promised the answer, and the commissioner."""

    roles = ([Role.SECRETARY], [Role.STAFF], [Role.STAFF], [Role.CONTRIBUTOR], [Role.COMMISSIONER])
    approvers = (1, 2, 4)
    ways = {
        ("asked", "withdrawn"): (0,),
        ("drafted", "asked"): (0, 1, 2, 4),
        ("answered", "closed"): (0,),
        ("answered", "asked"): (0,),
        ("closed", "asked"): (0,),
        ("withdrawn", "asked"): (0,),
    }

    @initialize(kind=st.sampled_from(Question.Kind.values), steps=st.integers(0, 2))
    def begin(self, kind: str, steps: int) -> None:
        self.promised = PersonFactory(user=self.people[3])
        self.pk = QuestionFactory(kind=kind, promised_by=self.promised).pk
        self.state, self.is_advice = "asked", kind == Question.Kind.RECOMMENDATION
        ways = [(self.write, (1, "Of shifts.", 0)), (self.approve, (4, 0))]
        for step, given in ways[:steps]:
            step(*given)

    @property
    def held(self) -> Question:
        return Question.objects.get(pk=self.pk)

    @rule(who=WHO, words=st.sampled_from(["", "Of shifts.", "Of leave."]), behind=STALE)
    def write(self, who: int, words: str, behind: int) -> None:
        said = {"answer": words, "outcome": "accepted", "answered_on": TODAY, "answered_by": self.promised}
        version = self.held.version - behind
        done = self.tried(actions.write_answer, who, question=self.held, version=version, **said)
        assert done == (self.state in ("asked", "drafted") and bool(words) and behind == 0)
        if done:
            self.authors.add(who)
            if self.state == "asked":
                self.moved_by(who, "drafted")

    @rule(who=WHO, behind=STALE)
    def approve(self, who: int, behind: int) -> None:
        held = self.held
        done = self.tried(actions.approve_answer, who, question=held, version=held.version - behind)
        is_commissioners = not self.is_advice or 4 in {who, *self.authors}
        may = self.state == "drafted" and who in self.approvers and who not in self.authors
        assert done == (may and is_commissioners and behind == 0)
        if done:
            self.moved_by(who, "answered")
            self.frozen.append((held.answer, self.people[who].pk))

    @rule(who=WHO, to=st.sampled_from(Question.State.values), why=WHY)
    def move(self, who: int, to: str, why: str) -> None:
        done = self.tried(actions.move_question, who, question=self.held, to=to, why=why)
        assert done == (who in self.ways.get((self.state, to), ()) and (bool(why) or to == "closed"))
        if done:
            if to == "asked" and self.state != "drafted":
                self.authors.clear()
            self.moved_by(who, to)

    @invariant()
    def what_stands_is_what_was_done(self) -> None:
        held = self.held
        assert held.state == self.state
        assert set(held.authors.values_list("pk", flat=True)) == {self.people[who].pk for who in self.authors}
        assert list(held.answers.order_by("number").values_list("text", "approved_by")) == self.frozen
        assert moves_logged("boards_question", held.pk, "state") == self.moved


SETTINGS = settings(
    max_examples=30,
    stateful_step_count=20,
    phases=[Phase.explicit, Phase.generate],  # to look for the shortest way to a fault would take minutes
    suppress_health_check=list(HealthCheck),
)


class TestMinutesLife(TestCase, MinutesLife.TestCase):
    settings = SETTINGS


class TestDecisionLife(TestCase, DecisionLife.TestCase):
    settings = SETTINGS


class TestQuestionLife(TestCase, QuestionLife.TestCase):
    settings = settings(SETTINGS, max_examples=12)
