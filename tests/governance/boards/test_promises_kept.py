"""Several people at one action and one commitment: whatever they do, in whatever order, nothing said is lost."""

import datetime as dt

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.accounts.permissions import Role
from core.accounts.states import MoveRefused
from core.audit import audit_context
from core.documents.versions import Stale
from governance.boards import actions
from governance.boards.models import BoardAction, Commitment
from tests.factories.accounts import OfficeFactory, PersonFactory, UserFactory
from tests.factories.boards import BoardActionFactory, CommitmentFactory
from tests.governance.boards.logged import moves_logged

TODAY = dt.date(2019, 12, 2)
WHO = st.integers(0, 3)  # secretary, staff, the owner in the force, another contributor
WORDS = st.sampled_from(["", "Because"])
DAYS = st.integers(1, 5)
STALE = st.sampled_from([0, 0, 0, 1])  # how many versions behind a form is
OWNERS = {"progress", "blocked", "reported"}  # where the owner brings an action; the secretary closes and opens it
WAYS = {  # written out a second time, from the words of the issue of each state
    "open": OWNERS | {"done", "dropped"},
    "progress": {"blocked", "reported", "done", "dropped"},
    "blocked": {"progress", "reported", "done", "dropped"},
    "reported": {"done", "progress"},
    "done": {"open"},
    "dropped": {"open"},
}
FATES = {
    "open": {"kept", "carried", "dropped"},
    "carried": {"kept", "carried", "dropped"},
    "kept": {"open"},
    "dropped": {"open"},
}


class CaseLife(RuleBasedStateMachine):
    """A secretary, a member of staff, the owner and another contributor."""

    def __init__(self) -> None:
        super().__init__()
        self.context = audit_context(actor_name="fixture")
        self.context.__enter__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        OfficeFactory(is_demo=True, today_override=TODAY)
        roles = (Role.SECRETARY, Role.STAFF, Role.CONTRIBUTOR, Role.CONTRIBUTOR)
        self.people = [UserFactory(roles=[role]) for role in roles]
        owner = PersonFactory(user=self.people[2])
        self.action_pk = BoardActionFactory(owner=owner, no_evidence_why="").pk
        self.promise_pk = CommitmentFactory(owner=owner).pk
        self.said, self.days, self.fates, self.moves, self.told = [], [], [], [], []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.context.__exit__(None, None, None)

    @property
    def action(self) -> BoardAction:
        return BoardAction.objects.get(pk=self.action_pk)

    @property
    def promise(self) -> Commitment:
        return Commitment.objects.get(pk=self.promise_pk)

    def tried(self, write, **given) -> bool:
        try:
            with transaction.atomic():
                write(**given)
        except (MoveRefused, Stale):
            return False
        return True

    @rule(who=WHO, behind=STALE)
    def report(self, who: int, behind: int) -> None:
        held, words = self.action, f"Said {len(self.said)}"
        given = {"board_action": held, "version": held.version - behind, "progress": words, "by": self.people[who]}
        done = self.tried(actions.report_progress, **given)
        assert done == (held.is_open and who in (0, 2) and behind == 0)
        self.said += [words] * done

    @rule(who=WHO, month=DAYS, why=WORDS, behind=STALE)
    def redate(self, who: int, month: int, why: str, behind: int) -> None:
        held, due = self.action, dt.date(2020, month, 1)
        given = {"board_action": held, "version": held.version - behind, "due": due, "why": why, "by": self.people[who]}
        done = self.tried(actions.redate_action, **given)
        assert done == (held.is_open and who in (0, 2) and bool(why) and behind == 0 and due != held.due)
        self.days += [(held.due, due)] * done

    @rule(who=WHO, to=st.sampled_from(BoardAction.Status.values), reason=WORDS, shown=WORDS)
    def move(self, who: int, to: str, reason: str, shown: str) -> None:
        held = self.action
        given = {"board_action": held, "to": to, "reason": reason, "no_evidence": shown, "by": self.people[who]}
        done = self.tried(actions.move_action, **given)
        may = to in WAYS[held.status] and (who == 0 or who == 2 and to in OWNERS)
        asks_why = to in ("blocked", "dropped", "open") or (held.status, to) == ("reported", "progress")
        is_shown = to not in ("reported", "done") or bool(shown or held.no_evidence_why)
        assert done == (may and is_shown and (bool(reason) or not asks_why)), (who, held.status, to, reason, shown)
        self.moves += [(self.people[who].pk, held.status, to)] * done

    @rule(who=WHO, to=st.sampled_from(Commitment.Status.values), why=WORDS, month=DAYS, behind=STALE)
    def dispose(self, who: int, to: str, why: str, month: int, behind: int) -> None:
        held, due = self.promise, dt.date(2020, month, 1)
        given = {"version": held.version - behind, "to": to, "why": why, "due": due, "by": self.people[who]}
        done = self.tried(actions.dispose_commitment, commitment=held, **given)
        may = to in FATES[held.status] and (who in (0, 1) or who == 2 and to in ("kept", "carried"))
        has_day = to != "carried" or due != held.due
        assert done == (may and bool(why) and behind == 0 and has_day), (who, held.status, to, why, due)
        self.fates += [(self.people[who].pk, held.status, to)] * done

    @rule(who=WHO, words=WORDS)
    def tell(self, who: int, words: str) -> None:
        held = self.promise
        done = self.tried(actions.report_on_commitment, commitment=held, text=words, by=self.people[who])
        assert done == (held.is_open and who != 3 and bool(words))
        self.told += [(self.people[who].pk, words)] * done

    @invariant()
    def nothing_said_is_lost(self) -> None:
        held, promise = self.action, self.promise
        assert list(held.reports.order_by("pk").values_list("text", flat=True)) == self.said
        assert list(held.redatings.order_by("pk").values_list("was", "now")) == self.days
        assert held.redated == len(self.days)
        assert held.escalations.count() == (len(self.days) >= 3)
        assert list(held.moves.order_by("pk").values_list("by", "was", "now")) == self.moves
        assert list(promise.dispositions.order_by("pk").values_list("by", "was", "now")) == self.fates
        assert list(promise.reports.order_by("pk").values_list("by", "text")) == self.told
        assert promise.version == 1 + len(self.fates)

    @invariant()
    def the_log_names_who_moved_what(self) -> None:
        moves = [(who, to) for who, _, to in self.moves]
        assert moves_logged("boards_boardaction", self.action_pk, "status") == moves
        fates = [(who, to) for who, was, to in self.fates if was != to]  # carried on once more, it is carried on still
        assert moves_logged("boards_commitment", self.promise_pk, "status") == fates


class TestCaseLife(TestCase, CaseLife.TestCase):
    settings = settings(max_examples=8, stateful_step_count=12, suppress_health_check=list(HealthCheck))
