"""Every address with the objects it is asked for: which record, what is posted, and whether the page has fragments.

An address that no case names fails `test_every_address_is_tried`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.boards.models.commitment import sentence_key
from governance.papers.content.outline import STANDARD
from governance.papers.packing import contents_of
from measures.effects import phase_effect
from measures.models import PhaseChange
from measures.policies import effect_of, with_policy
from tests.access.world import PASSWORD, QUARTERS

World = SimpleNamespace
Made = Callable[[World], Any]


@dataclass(frozen=True)
class Case:
    """One address for one object. `data` is a valid form where there is one, so that who may, does."""

    name: str
    what: str = "-"
    args: Made = lambda w: ()
    data: Made = lambda w: {}
    query: str = ""
    fragment: bool = False

    def path(self, world: World) -> str:
        return reverse(self.name, args=self.args(world)) + self.query


def date(name: str, day: str = "2020-01-31") -> dict[str, str]:
    year, month, number = day.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def _columns(world: World) -> dict[str, str]:
    batch = world.uploaded
    chosen = [batch.mapping["columns"].get(one, "") for one in batch.report.summary["headings"]]
    return {"layout": batch.mapping["layout"]} | {f"column_{place}": role for place, role in enumerate(chosen)}


def _evidence() -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.txt", b"It was done.")


def _upload(world: World) -> dict[str, Any]:
    sent = SimpleUploadedFile("new.csv", b"Month,Measure,Value\n2019-09,Burglary,321\n")
    return {"file": sent, "source": "By hand", **date("as_at", "2019-10-04")}


def _batches(world: World) -> dict[str, Any]:
    return {name: getattr(world, name) for name in ("uploaded", "refused", "ready", "accepted")}


DESK = [
    Case("home"),
    Case("scorecard"),
    Case("scorecard-csv"),
    Case("scorecard-xlsx"),
    Case("measure-detail", "a measure", lambda w: [w.measure.slug]),
    Case("ruleset-comparison"),
    Case("data-hub"),
    Case("series-list"),
    Case("series-detail", "a series", lambda w: [w.measure.series.first().pk]),
    Case("series-csv", "a series", lambda w: [w.measure.series.first().pk]),
    Case("figure-list", "a measure", lambda w: [w.measure.slug]),
    Case("figure-detail", "a figure", lambda w: [w.measure.slug, "quarter"]),
    Case("chart-file", "a chart", lambda w: [w.measure.slug, "months", "csv"]),
    Case("measure-revisions", "a measure", lambda w: [w.measure.slug]),
    Case("calendar-month"),
    Case("calendar-address"),
    Case("calendar-address-end"),
    Case("calendar-feed", "nobody's", lambda w: ["not-an-address"]),
    Case("following-list"),
    Case("follow", "a measure", lambda w: ["measure", w.measure.pk], lambda w: {"to": "follow"}),
    Case("follow", "an exempt action", lambda w: ["action", w.arising["other exempt"].pk], lambda w: {"to": "follow"}),
    Case("follow", "a paper", lambda w: ["paper", w.papers["draft"].pk], lambda w: {"to": "follow"}),
    Case("mail-choices", data=lambda w: {"digest": "on"}),
    Case("mail-outbox"),
    Case("mail-detail", "other's", lambda w: [w.mail.pk]),
    Case("mail-detail", "own", lambda w: [w.my_mail.pk]),
    Case("mail-settle", "other's", lambda w: [w.mail.pk], lambda w: {"to": "arrived"}),
    Case("mail-stop", "nobody's", lambda w: ["1.digest:not-a-token"]),
    Case("search", "words of an exempt item", query="?q=Tender"),
    Case("search", "words of a draft", query="?q=Half said"),
    Case("search", "words not yet published", query="?q=Nobody outside"),
    Case("history"),
    Case("history-csv"),
    Case("history-proof"),
    Case("history-reads"),
    Case("redaction-list"),
    Case("redaction-create", data=lambda w: {"events": str(w.redaction.events[0]), "basis": "Article 17", "reason": "A name"}),
    Case("redaction-detail", "other's", lambda w: [w.redaction.pk], lambda w: {"to": "refused", "answer": "Not needed"}),
    Case("printed", query="?q=12345678"),
    Case("history-report", "a measure", lambda w: ["measures_measure", w.measure.pk]),
    Case("history-report", "an exempt minute", lambda w: ["boards_minute", w.open_items["exempt"].minute.pk]),
    Case("exception-list"),
    Case("exception-mark", "a change", lambda w: ["no-reason", w.redaction.events[0]], lambda w: {"note": "Looked at"}),
    Case("sample-list"),
    Case("sample-create", data=lambda w: {"title": "Two", "objective": "Reasons", "size": "2"}),
    Case("sample-detail", "other's", lambda w: [w.sample.pk], lambda w: {"version": "1", "conclusion": "All is well"}),
    Case("sample-xlsx", "other's", lambda w: [w.sample.pk]),
    Case("sample-item", "other's", lambda w: [w.other_finding.pk], lambda w: {"version": "1", "result": "satisfied", "test": "Read"}),
    Case("finding-answer", "other's", lambda w: [w.other_finding.pk], lambda w: {"version": "1", "response": "It was late"}),
    Case("finding-answer", "own", lambda w: [w.my_finding.pk], lambda w: {"version": "1", "response": "It was late"}),
    Case("search-save", data=lambda w: {"name": "Reasons", "query": "reason=on"}),
    Case("search-drop", "other's", lambda w: [w.search.pk]),
    Case("search-drop", "own", lambda w: [w.my_search.pk]),
    Case("history-object", "a measure", lambda w: ["measures_measure", w.measure.pk]),
    Case("history-object", "an exempt minute", lambda w: ["boards_minute", w.open_items["exempt"].minute.pk]),
    Case("history-object", "a delivery update in draft", lambda w: ["deepdive_actionupdate", w.other_updates["draft"].pk]),
    Case("history-object", "a submitted paper", lambda w: ["papers_frozenpaper", w.papers["submitted"].versions.get().pk]),
    Case("history-object", "somebody's account", lambda w: ["accounts_user", w.colleague.pk]),
    Case("quarter-open", data=lambda w: {"period": 0, "meeting": 0, "plan": 0}),
    Case("quarter-detail", "a quarter", lambda w: [w.quarters["draft"].code], lambda w: {"slots": [w.commentary_draft.pk]}),
    Case("health-live"),
    Case("health-ready"),
]  # fmt: skip
ACCOUNTS = [
    Case("sign-in", data=lambda w: {"username": w.me.email, "password": PASSWORD}),
    Case("account_login"),
    Case("mfa_authenticate"),
    Case("sign-in-key"),
    Case("choose-password", "nobody's", lambda w: ["1:not-a-link"]),
    Case("organisation-sign-in"),
    Case("organisation-return"),
    Case("sign-out"),
    Case("account"),
    Case("confirm-identity", data=lambda w: {"password": PASSWORD}),
    Case("factor-list"),
    Case("factor-app"),
    Case("factor-key"),
    Case("factor-codes"),
    Case("factor-remove", args=lambda w: [0]),
    Case("token-list"),
    Case("token-make", data=lambda w: {"name": "Sheet", "areas": ["measures"], "days": "30"}),
    Case("token-revoke", "no such", lambda w: [0]),
    Case("session-list"),
    Case("session-end-others"),
    Case("session-end", "no such", lambda w: [0]),
    Case(
        "password-change",
        data=lambda w: {"old_password": PASSWORD, "new_password1": "another long one", "new_password2": "another long one"},
    ),
    Case("user-list"),
    Case(
        "user-create",
        data=lambda w: {"name": "New", "email": "new@testshire.example", "roles": ["staff"], **date("starts")},
    ),
    Case("user-detail", "other's", lambda w: [w.colleague.pk]),
    Case("user-detail", "own", lambda w: [w.me.pk]),
    Case("user-move", "other's", lambda w: [w.colleague.pk], lambda w: {"why-reason": "Has left", "to": "closed"}),
    Case("user-move", "own", lambda w: [w.me.pk], lambda w: {"why-reason": "Has left", "to": "closed"}),
    Case("user-link", "other's", lambda w: [w.colleague.pk], lambda w: {"to": "again"}),
    Case("user-address", "other's", lambda w: [w.colleague.pk], lambda w: {"address-email": "new@testshire.example"}),
    Case("user-factors-reset", "other's", lambda w: [w.colleague.pk], lambda w: {"factors-reason": "Lost the phone"}),
    Case("user-factors-reset", "own", lambda w: [w.me.pk], lambda w: {"factors-reason": "Lost the phone"}),
    Case("role-give", "other's", lambda w: [w.colleague.pk], lambda w: {"give-role": "auditor", **date("give-starts")}),
    Case("role-give", "own", lambda w: [w.me.pk], lambda w: {"give-role": "panel", **date("give-starts")}),
    Case("role-end", "other's", lambda w: [w.colleague.pk, w.role.pk]),
    Case("emergency-list"),
    Case("emergency-take", data=lambda w: {"role": "analyst", "hours": "2", "reason": "Nobody is here"}),
    Case("emergency-end", "other's", lambda w: [w.emergency.pk]),
    Case("review-list"),
    Case("review-open"),
    Case("review-detail", "open", lambda w: [w.review.pk]),
    Case("review-answer", "other's role", lambda w: [w.review.pk, w.role.pk], lambda w: {f"why-{w.role.pk}-reason": "Needed", "to": "kept"}),
    Case("review-sign", "open", lambda w: [w.review.pk]),
    Case("office-edit", data=lambda w: {
        "name": "Office", "short_name": "O", "force_name": "F", "commissioner_title": "PCC", "panel_name": "P",
        **date("today_override", "2019-12-02"),
    }),
]  # fmt: skip
WHOSE = {"own": "my", "other's": "other"}
WORK = [
    *[
        Case(name, what, lambda w, what=what: [getattr(w, f"{WHOSE[what]}_job").pk], fragment=name != "job-detail")
        for name in ("job-detail", "job-progress", "job-cancel", "job-try-again")
        for what in WHOSE
    ],
    Case("file-download", "file of an import", lambda w: [w.uploaded.file.sha256]),
    Case("file-download", "restricted file of a paper", lambda w: [w.papers["published"].versions.get().files.get(kind="pdf", build="restricted").file.sha256]),
    Case("draft-detail", "own", lambda w: ["commentary-1"], lambda w: {"text": "more", "base_version": "1"}),
    Case("draft-detail", "key of another's", lambda w: ["commentary-2"], lambda w: {"text": "more"}),
]  # fmt: skip
IMPORTS = [
    Case("import-list"),
    Case("import-create", data=_upload),
    *[
        Case("import-detail", what, lambda w, what=what: [_batches(w)[what].pk])
        for what in ("uploaded", "refused", "ready", "accepted")
    ],
    Case("import-read", "uploaded", lambda w: [w.uploaded.pk]),
    Case("import-map", "uploaded", lambda w: [w.uploaded.pk], _columns),
    Case("import-names", "refused", lambda w: [w.refused.pk], lambda w: {"measure_0": "leave"}),
    Case("import-series", "ready", lambda w: [w.ready.pk]),
    Case("import-check", "ready", lambda w: [w.ready.pk]),
    Case("import-accept", "ready", lambda w: [w.ready.pk], lambda w: {"again": "1"}),
    Case("import-discard", "uploaded", lambda w: [w.uploaded.pk]),
    Case("import-withdrawal", "accepted", lambda w: [w.accepted.pk]),
    Case("revision-note", "accepted", lambda w: [w.accepted.pk], lambda w: {"text": "Late records", "version": 0}),
    Case("import-withdraw", "accepted", lambda w: [w.accepted.pk], lambda w: {"reason": "Wrong file"}),
    Case("import-problems-csv", "refused", lambda w: [w.refused.pk]),
    Case("import-changes-csv", "ready", lambda w: [w.ready.pk]),
    Case("import-file", "uploaded", lambda w: [w.uploaded.pk]),
]
EMBARGO = {
    "first_month": "2019-06",
    "last_month": "2019-06",
    "reason": "National release",
    "until_time": "09:30",
} | date("until_day", "2090-01-31")
NOTE = {"title": "Outage", "text": "Words.", "starts": "2019-08", "ends": "2019-09"}
POLICY = {"version": 1, "suppress_small": "False", "zeros_shown": "True", "small_numbers_reason": "Published elsewhere"}


PHASE = {"month": "2019-06", "reason": "A new system"}


def _seen(world: World) -> str:
    return effect_of(world.measure, with_policy(world.measure, suppress_small=False)).digest


def _phase_seen(change: PhaseChange) -> str:
    return phase_effect(change).digest


FIGURES = [
    Case(
        "observation-create",
        "a measure",
        lambda w: [w.measure.slug],
        lambda w: {
            "series": w.observation.series_id, "month": "2019-09", "value": "321", "reason": "By telephone",
            "head": w.observation.pk,
        },
    ),
    Case("policy-edit", "not shown what it does", lambda w: [w.measure.slug], lambda w: POLICY),
    Case("policy-edit", "shown what it does", lambda w: [w.measure.slug], lambda w: POLICY | {"seen": _seen(w)}),
    Case("measure-workbench", "a measure", lambda w: [w.measure.slug]),
    Case("measure-compare", "a measure", lambda w: [w.measure.slug]),
    Case("measure-projection", "a measure", lambda w: [w.measure.slug]),
    Case("peer-groups"),
    Case("peer-group-create", data=lambda w: {
        "source": "Regrouping", "members": [], "others": "Newshire", **date("valid_from", "2019-10-01"),
    }),
    Case("peer-group-drop", "a group", lambda w: [w.peer_group.pk], lambda w: {"reason": "A mistake"}),
    Case("region-edit", data=lambda w: {"region": w.region.pk, "forces": [w.own_force.pk]}),
    Case("note-list"),
    Case("embargo-list"),
    Case("embargo-create", data=lambda w: EMBARGO | {"measure": w.measure.pk}),
    Case("embargo-end", "that holds", lambda w: [w.embargo.pk], lambda w: {"reason": "Published early"}),
    Case("licence-list"),
    Case("register"),
    Case("register-csv"),
    Case("note-create", data=lambda w: NOTE | {"measures": [w.measure.pk]}),
    Case("note-edit", "a note", lambda w: [w.note.pk], lambda w: NOTE | {"version": 1, "measures": [w.measure.pk]}),
    Case("phase-list", "a measure", lambda w: [w.measure.slug]),
    Case("phase-create", "not shown what it does", data=lambda w: PHASE | {"measure": w.measure.pk}),
    Case("phase-create", "shown what it does", data=lambda w: PHASE | {"measure": w.measure.pk, "seen": _phase_seen(
        PhaseChange(measure=w.measure, month=dt.date(2019, 6, 1)))}),
    Case("phase-approve", "proposed by me", lambda w: [w.my_phase.pk], lambda w: {"seen": _phase_seen(w.my_phase)}),
    Case("phase-approve", "proposed by another", lambda w: [w.other_phase.pk], lambda w: {"seen": _phase_seen(w.other_phase)}),
    Case("phase-approve", "not shown what it does", lambda w: [w.other_phase.pk]),
    Case("phase-drop", "proposed by another", lambda w: [w.other_phase.pk], lambda w: {"reason": "A mistake"}),
]  # fmt: skip
UPDATE = {"version": 1, "text": "<p>More.</p>", "status": "in_progress", "rag": "green", "rag_reason": ""}
SHEET = b"Priority,Objective,Objective title,Reference,Statement\n2,1,One,2.90,Do it\n"


def _year(world: World) -> list[int]:
    return [world.my_action.delivery_plan.year]


def _roll_over(world: World) -> dict[str, Any]:
    fates = {f"fate_{one.pk}": "carry" for one in world.my_action.delivery_plan.actions.all()}
    return {"plan": world.my_action.delivery_plan.plan_id, "year": 2031, "title": "The next", **fates}


DELIVERY = [
    Case("delivery-plan"),
    *[Case(f"delivery-{view}") for view in ("board", "timeline", "print", "csv", "xlsx")],
    Case(
        "delivery-plan-create",
        data=lambda w: {"plan": w.my_action.delivery_plan.plan_id, "year": 2032, "title": "Another"},
    ),
    Case("delivery-plan-edit", "a plan", _year, lambda w: {"version": 1, "title": "New title", "stale_after": 3}),
    Case("delivery-plan-import", "a plan", _year, lambda w: {"file": SimpleUploadedFile("plan.csv", SHEET)}),
    Case("delivery-plan-roll-over", "a plan", _year, _roll_over),
    Case("delivery-updates-ask", "a plan", _year),
    Case(
        "delivery-objective-create",
        "a plan",
        _year,
        lambda w: {"priority": w.my_action.objective.priority_id, "number": 9, "title": "Nine"},
    ),
    Case(
        "delivery-objective-edit",
        "an objective",
        lambda w: [w.my_action.objective_id],
        lambda w: {"version": 1, "title": "Better words", "reason": "Unclear"},
    ),
    Case(
        "delivery-action-create",
        "an objective",
        lambda w: [w.my_action.objective_id],
        lambda w: {"ref": f"{w.my_action.objective.priority.number}.77", "statement": "Do it"},
    ),
    *[
        Case(name, what, lambda w, what=what: [getattr(w, f"{WHOSE[what]}_action").pk], data)
        for name, data in (
            ("delivery-action-detail", lambda w: {}),
            ("delivery-action-edit", lambda w: {"version": 1, "leads": "One", "agencies": "Housing"}),
            ("delivery-action-correct", lambda w: {"version": 1, "statement": "Better words", "reason": "Unclear"}),
            ("delivery-action-redate", lambda w: {**date("due", "2020-06-30"), "reason": "Late"}),
        )
        for what in WHOSE
    ],
    *[
        Case(
            "delivery-action-move",
            f"{what}, begun",
            lambda w, what=what: [getattr(w, f"{WHOSE[what]}_action").pk, "in_progress"],
            lambda w: {"version": 1},
        )
        for what in WHOSE
    ],
    *[
        Case(
            "delivery-milestone-create",
            what,
            lambda w, what=what: [getattr(w, f"{WHOSE[what]}_action").pk],
            lambda w: {"text": "A report", **date("due")},
        )
        for what in WHOSE
    ],
    *[
        Case(
            "delivery-action-evidence",
            what,
            lambda w, what=what: [getattr(w, f"{WHOSE[what]}_action").pk],
            lambda w: {"files": _evidence()},
        )
        for what in WHOSE
    ],
    *[
        Case(name, what, lambda w, what=what: [getattr(w, f"{WHOSE[what]}_milestone").pk], data)
        for name, data in (
            (
                "delivery-milestone-edit",
                lambda w: {"version": 1, "text": "Another", **date("due"), "reason": "Agreed so"},
            ),
            (
                "delivery-milestone-reach",
                lambda w: {"version": 1, **date("reached_on", "2019-10-01"), "evidence": "The report"},
            ),
            ("delivery-milestone-drop", lambda w: {"version": 1, "reason": "Not wanted"}),
        )
        for what in WHOSE
    ],
    *[
        Case(
            "delivery-link-list",
            what,
            lambda w, what=what: [getattr(w, f"{WHOSE[what]}_action").pk],
            lambda w: {"board": w.board.pk},
        )
        for what in WHOSE
    ],
    *[Case("delivery-link-drop", what, lambda w, what=what: [w.links[what].pk]) for what in ("public", "exempt")],
    *[
        Case(
            "delivery-update-edit",
            f"{what} draft",
            lambda w, what=what: [getattr(w, f"{WHOSE[what]}_updates")["draft"].pk],
            lambda w: UPDATE,
        )
        for what in WHOSE
    ],
    *[
        Case(
            "delivery-update-move",
            f"{what} from {state} to {to}",
            lambda w, what=what, state=state: [getattr(w, f"{WHOSE[what]}_updates")[state].pk],
            lambda w, to=to: {"to": to, "reason": "Because"},
        )
        for what in WHOSE
        for state, to in (("draft", "review"), ("review", "approved"), ("review", "draft"), ("approved", "draft"))
    ],
    Case("delivery-update-move", "written by me, to approved", lambda w: [w.written.pk], lambda w: {"to": "approved"}),
]
ITEM = {"version": 1, "title": "Budget", "presenter": "", "part": "public", "exemption": ""}
BOARD = {
    "version": 1,
    "name": "A board",
    "relation": "chairs",
    "paper_days": 7,
    "notice_days": 5,
    "overdue_days": 28,
    "retention": "permanent",
}
MEETING = {"version": 1, **date("date", "2019-11-12"), "place": "Town hall"}
SERIES = {
    "version": 1,
    "often": "month-2",
    "place": 3,
    "weekday": 2,
    "if_closed": "after",
    **date("starts", "2020-04-01"),
}
PARTS = ("public", "exempt")
BOARDS = [
    Case("board-list"),
    Case("board-create", data=lambda w: BOARD | {"version": 0}),
    Case("board-detail", "a board", lambda w: [w.board.slug]),
    Case("board-edit", "a board", lambda w: [w.board.slug], lambda w: BOARD),
    Case("member-create", "a board", lambda w: [w.board.slug], lambda w: {"new_name": "Somebody", "capacity": "Member"}),
    Case("member-edit", "a member", lambda w: [w.board.slug, w.member.pk], lambda w: {"version": 1, "capacity": "Chair"}),
    Case("board-hold", "a board", lambda w: [w.board.slug], lambda w: {"reason": "A claim"}),
    Case("member-remove", "a member", lambda w: [w.board.slug, w.member.pk]),
    Case("meeting-create", "a board", lambda w: [w.board.slug], lambda w: MEETING | {"version": 0}),
    Case("meeting-detail", "minutes in draft", lambda w: [w.meeting.pk]),
    Case("meeting-detail", "minutes agreed", lambda w: [w.agreed.pk]),
    Case("meeting-edit", "minutes in draft", lambda w: [w.meeting.pk], lambda w: MEETING | {"why": "The hall"}),
    Case("meeting-edit", "minutes agreed", lambda w: [w.agreed.pk], lambda w: MEETING | {"why": "The hall"}),
    Case("meeting-cancel", "nothing came of it", lambda w: [w.coming.pk], lambda w: {"version": 1, "why": "No hall"}),
    Case("meeting-cancel", "minutes in draft", lambda w: [w.meeting.pk], lambda w: {"version": 1, "why": "No hall"}),
    Case("meeting-reinstate", "cancelled", lambda w: [w.off.pk], lambda w: {"version": 1, "reason": "The hall is dry"}),
    Case("item-release", "exempt item", lambda w: [w.released.pk], lambda w: {"version": 1, "outcome": "release", "reason": "It is over"}),
    Case("meeting-year", "a year", lambda w: [2019]),
    Case("series-create", "a board", lambda w: [w.board.slug], lambda w: SERIES | {"version": 0}),
    Case("series-edit", "a rhythm", lambda w: [w.series.pk], lambda w: SERIES),
    Case("series-fix", "a rhythm", lambda w: [w.series.pk, 2020]),
    Case("meeting-agenda", "minutes in draft", lambda w: [w.meeting.pk], lambda w: ITEM | {"version": 0}),
    Case("meeting-agenda", "minutes agreed", lambda w: [w.agreed.pk], lambda w: ITEM | {"version": 0}),
    Case("proposal-settle", "minutes in draft", lambda w: [w.meeting.pk], lambda w: {"key": f"standing:{w.standing.pk}"}),
    Case("standing-list", "a board", lambda w: [w.board.slug], lambda w: {"title": "Minutes of the last meeting"}),
    Case("standing-end", "a standing item", lambda w: [w.standing.pk]),
    *[Case("declaration-create", f"{part} item", lambda w, part=part: [w.open_items[part].pk], lambda w: {"person": w.other_person.pk, "interest": "A share", "conduct": "left"}, fragment=True) for part in PARTS],
    *[Case("citation-create", f"{part} item", lambda w, part=part: [w.open_items[part].pk], lambda w: {"paper": "none", "number": 1}, fragment=True) for part in PARTS],
    Case("declaration-drop", "in an exempt item", lambda w: [w.declared.pk]),
    Case("citation-drop", "in an exempt item", lambda w: [w.cited.pk]),
    Case("item-defer", "item with nothing", lambda w: [w.bare.pk], lambda w: {"version": 1, "why": "No time"}),
    *[Case("item-papers", f"{part} item", lambda w, part=part: [w.open_items[part].pk], lambda w: {"file": _evidence(), **date("received_on", "2019-11-01")}) for part in PARTS],
    Case("item-paper-withdraw", "a paper", lambda w: [w.paper_of_item.pk], lambda w: {"why": "Another is coming"}),
    Case("attendance-set", "minutes in draft", lambda w: [w.meeting.pk], lambda w: {"person": w.other_person.pk, "kind": "absent"}, fragment=True),
    Case("attendance-set", "minutes agreed", lambda w: [w.agreed.pk], lambda w: {"person": w.other_person.pk, "kind": "absent"}, fragment=True),
    Case("attendance-add", "minutes in draft", lambda w: [w.meeting.pk], lambda w: {"new_name": "A guest"}),
    Case("pack-list", "minutes agreed", lambda w: [w.agreed.pk]),
    Case("pack-make", "a paper is ready", lambda w: [w.coming.pk], lambda w: {"shown": contents_of(w.coming).shown}),
    *[Case("pack-file", f"{build}, {name}", lambda w, name=name, build=build: [w.packs[name].meeting_id, 0, build]) for name in ("of files", "of an unpublished paper") for build in ("public", "restricted")],
    Case("meeting-minutes", "minutes in draft", lambda w: [w.meeting.pk]),
    Case("meeting-minutes", "minutes agreed", lambda w: [w.agreed.pk]),
    Case("minutes-move", "minutes in draft", lambda w: [w.meeting.pk]),
    Case("minutes-move", "minutes agreed", lambda w: [w.agreed.pk]),
    Case("decision-list"),
    Case("decision-outside", data=lambda w: {
        "text": "To lend", "decided_by": "The Commissioner", "exemption": "", "board": "", **date("decided_on", "2019-12-02"),
    }),
    *[Case("decision-detail", what, lambda w, what=what: [w.decisions[what].pk]) for what in ("noted", "exempt", "published")],
    *[
        Case(name, what, lambda w, what=what: [w.decisions[what].pk], data)
        for name, whats, data in (
            ("decision-edit", ("noted", "exempt", "approved"), lambda w: {
                "version": 1, "title": "T", "reasons": "R", "marking": "OFFICIAL", "is_significant": "no",
            }),
            ("decision-approve", ("noted", "drafted"), lambda w: {}),
            ("decision-correct", ("drafted", "approved"), lambda w: {"reason": "A slip"}),
            ("decision-publish", ("drafted", "approved"), lambda w: {**date("published_on", "2019-12-02"), "place": "Here"}),
            ("notice-read", ("approved", "published", "exempt published"), lambda w: {}),
            ("notice-file", ("approved", "published", "exempt published"), lambda w: {}),
        )
        for what in whats
    ],
    Case("notice-list"),
    Case("minutes-move", "minutes circulated", lambda w: [w.circulated.pk], lambda w: {"at": w.meeting.pk}),
    Case("minutes-prefill", "minutes in draft", lambda w: [w.meeting.pk]),
    Case("minutes-circulate", "minutes in draft", lambda w: [w.meeting.pk], lambda w: {
        "recipients": [w.other_person.pk], "presided_by": w.other_person.pk, **date("comments_by", "2019-12-09"),
    }),
    Case("minutes-comments", "minutes circulated", lambda w: [w.circulated.pk], lambda w: {
        "item": w.settled.item_id, "person": w.my_person.pk, "text": "I said more",
    }),
    Case("minutes-comments", "minutes agreed", lambda w: [w.agreed.pk], lambda w: {
        "item": w.locked_items["public"].pk, "person": w.my_person.pk, "text": "I said more",
    }),
    Case("minutes-comment-settle", "a comment", lambda w: [w.settled.pk], lambda w: {"answer": "Put right"}),
    Case("minutes-sign", "presided by me", lambda w: [w.sealed.pk], lambda w: {
        "sha256": w.sealed.versions.get().sha256, "password": PASSWORD,
    }),
    Case("minutes-sign", "minutes in draft", lambda w: [w.meeting.pk]),
    Case("minutes-publish", "minutes agreed", lambda w: [w.sealed.pk], lambda w: {
        **date("published_on", "2019-12-02"), "place": "Here",
    }),
    Case("minutes-versions", "minutes agreed", lambda w: [w.agreed.pk]),
    Case("minutes-list"),
    *[
        Case(name, f"{what}{build}", lambda w, what=what: [{"published": w.agreed, "not published": w.sealed}[what].pk], query=build)
        for name in ("minutes-read", "minutes-file")
        for what in ("published", "not published")
        for build in ("", "?build=restricted")
    ],
    Case("minute-amend", "item of agreed minutes", lambda w: [w.locked_items["public"].pk], lambda w: {
        "version": 1, "text": "<p>Otherwise.</p>", "reason": "A slip", "at": w.meeting.pk,
    }),
    Case("minute-amend", "exempt item of agreed minutes", lambda w: [w.locked_items["exempt"].pk], lambda w: {
        "version": 1, "text": "<p>Otherwise.</p>", "reason": "A slip", "at": w.meeting.pk,
    }),
    *[
        Case(name, f"{part} item", lambda w, part=part: [w.open_items[part].pk], data, fragment=fragment)
        for name, data, fragment in (
            ("item-edit", lambda w: ITEM, False),
            ("item-move", lambda w: {"to": "3"}, True),
            ("minute-edit", lambda w: {"version": 1, "text": "<p>Said.</p>"}, True),
            ("decision-create", lambda w: {"text": "To go on.", "decided_by": "The board"}, True),
            ("board-action-create", lambda w: {"text": "Do", "person": w.other_person.pk, **date("due")}, True),
        )
        for part in PARTS
    ],
    *[
        Case(name, f"{part} item", lambda w, part=part, held=held: [getattr(w, held)[part].pk], data, fragment=fragment)
        for name, held, data, fragment in (
            ("assurance-create", "open_items", lambda w: {"level": "partly", "text": "So", "wants": "More"}, True),
            ("assurance-edit", "assurances", lambda w: {"version": 1, "level": "assured", "text": "So"}, False),
        )
        for part in PARTS
    ],
    *[Case("decision-export", kind, lambda w, kind=kind: [kind]) for kind in ("csv", "xlsx")],
    *[Case("log-file-create", log, lambda w, log=log: [log]) for log in ("actions", "decisions", "questions")],
    *[Case("log-file", whose, lambda w, whose=whose: [w.log_files[whose].pk]) for whose in ("own", "other's")],
    Case("duty-list"),
    Case("duty-check", "a duty", lambda w: ["spending"], lambda w: {
        "found": "published", "address": "https://example.org/", **date("checked_on", "2019-12-02"), **date("next_on"),
    }),
    Case("question-list"),
    *[Case("question-export", kind, lambda w, kind=kind: [kind]) for kind in ("csv", "xlsx")],
    *[
        Case("question-create", f"{part} item", lambda w, part=part: [w.open_items[part].pk], lambda w: {
            "kind": "question", "text": "Why?", "person": w.other_person.pk, **date("due"),
        }, fragment=True)
        for part in PARTS
    ],
    Case("question-between", data=lambda w: {
        "board": w.board.pk, "kind": "advice", "text": "To act", "person": w.other_person.pk, "exemption": "",
        **date("asked_on", "2019-12-02"), **date("due"),
    }),
    *[
        Case(name, what, lambda w, what=what, to=to: [w.questions[what].pk, *to], data)
        for name, to, data in (
            ("question-detail", [], lambda w: {}),
            ("question-edit", [], lambda w: {"version": 1, "text": "Why so?", "promised_by": w.other_person.pk, **date("due", "2019-12-10")}),
            ("question-answer", [], lambda w: {
                "version": 1, "answer": "So.", "answered_by": w.other_person.pk, **date("answered_on", "2019-12-02"),
            }),
            ("question-approve", [], lambda w: {}),
            ("question-move", ["asked"], lambda w: {"why": "Too short"}),
        )
        for what in ("public", "exempt", "drafted")
    ],
    Case("item-remove", "item with a minute", lambda w: [w.open_items["public"].pk]),
    Case("item-remove", "item with nothing", lambda w: [w.bare.pk]),
    Case("minute-edit", "item of agreed minutes", lambda w: [w.locked_items["public"].pk], lambda w: {"version": 1, "text": "<p>No.</p>"}, fragment=True),
    Case("action-list"),
    Case("action-board"),
    *[Case("action-export", kind, lambda w, kind=kind: [kind]) for kind in ("csv", "xlsx")],
    *[
        Case(name, f"{what} item", lambda w, what=what: [w.arising[what.replace("own", "my").replace("'s", "")].pk], data)
        for name, data in (
            ("board-action-detail", lambda w: {}),
            ("board-action-progress", lambda w: {"version": 1, "progress": "Half way."}),
            ("board-action-evidence", lambda w: {"files": _evidence()}),
            ("board-action-redate", lambda w: {"version": 1, "why": "The report is late.", **date("due")}),
            ("board-action-edit", lambda w: {"version": 1, "text": "Report", "owner": w.other_person.pk}),
        )
        for what in ("own public", "own exempt", "other's public", "other's exempt")
    ],
    *[
        Case("board-action-move", f"{what} item, {to}", lambda w, what=what, to=to: [w.arising[what.replace("own", "my").replace("'s", "")].pk, to], lambda w: {"reason": "Overtaken", "no_evidence": "Said in the meeting."})
        for to in ("reported", "dropped")
        for what in ("own public", "own exempt", "other's public", "other's exempt")
    ],
    *[
        Case(name, whose, lambda w, whose=whose, to=to: [w.commitments[whose].pk, *to], data)
        for name, to, data in (
            ("commitment-detail", [], lambda w: {}),
            ("commitment-edit", [], lambda w: {"version": 1, "kind": "report", "owner": w.other_person.pk}),
            ("commitment-progress", [], lambda w: {"text": "The draft is with the force."}),
            ("commitment-dispose", ["kept"], lambda w: {"version": 1, "why": "The panel had it in June."}),
        )
        for whose in ("own", "other's")
    ],
]  # fmt: skip
PAPERS = list(QUARTERS)
PROMISE = sentence_key("I will report on this in January.")
COMMENTARY = [
    Case("commentary-list", "a quarter", lambda w: [w.quarters["draft"].code]),
    *[
        Case(
            "commentary-detail",
            what,
            lambda w, what=what: [w.quarters["draft"].code, w.slots[what]],
            lambda w: {"version": 1, "text": "<p>New.</p>", "did": ""},
        )
        for what in ("draft", "approved")
    ],
    *[
        Case(
            "commentary-move",
            f"{state} to {to}",
            lambda w, state=state: [w.quarters["draft"].code, w.slots[state]],
            lambda w, to=to: {"to": to, "reason": "Because"},
        )
        for state, to in (
            ("draft", "review"),
            ("review", "approved"),
            ("mine in review", "approved"),
            ("review", "draft"),
            ("approved", "draft"),
        )
    ],
]
COMMENTARY += [
    Case(name, "draft", lambda w: [w.quarters["draft"].code, w.slots["draft"]], lambda w: {"text": "<p>New.</p>"})
    for name in ("commentary-check", "commentary-draft")
]


def outline_typed() -> dict[str, object]:
    """The outline in the software with other words at its head."""
    sent = {"version": 0, "keys": ",".join(one.key for one in STANDARD), "why": "As the panel asked"}
    for place, one in enumerate(STANDARD, 1):
        sent |= {f"place_{one.key}": place, f"title_{one.key}": one.title, f"text_{one.key}": ""}
    return sent | {"text_introduction": "<p>By the commissioner.</p>"}


QUOTATIONS = ("to be checked", "for everybody", "restricted", "withdrawn")
SAID = b"Measure,Theme,Words,Who it speaks for,Survey or consultation,When\nburglary,Calls,Nobody rang.,A victim,Survey,June 2019\n"


def quotation_typed(world: World, words: str) -> dict[str, Any]:
    sent = {"version": 0, "measure": world.measure.pk, "theme": "Calls", "words": words, "speaker": "A victim"}
    return sent | {"kind": "survey", "source": "Victim survey", "may_be_public": "on", **date("dated", "2019-06-30")}


SAYS = {"text": "Is this right?", "replacement": "<p>Other words.</p>"}
COMMENTARY += [
    Case("commentary-margin", "draft", lambda w: [w.quarters["draft"].code, w.slots["draft"]]),
    Case(
        "commentary-comment",
        "draft",
        lambda w: [w.quarters["draft"].code, w.slots["draft"], "text", w.pid],
        lambda w: SAYS,
    ),
    Case(
        "commentary-quotations",
        "draft",
        lambda w: [w.quarters["draft"].code, w.slots["draft"]],
        lambda w: {"quotation": [w.quotations["for everybody"].pk]},
    ),
    Case("margin-reply", "commentary", lambda w: [w.comment.pk], lambda w: {"text": "Yes"}),
    Case("margin-move", "commentary", lambda w: [w.comment.pk], lambda w: {"to": "declined"}),
    Case("margin-accept", "commentary", lambda w: [w.comment.pk]),
    Case("margin-accept", "introduction", lambda w: [w.introduction_comment.pk]),
]
PAPER = [
    Case("paper-list"),
    Case("outline-detail"),
    Case("glossary"),
    Case("term-create", data=lambda w: {"term": "QQZ", "expansion": "In full"}),
    Case("term-edit", "a term", lambda w: [w.term.pk], lambda w: {"version": 0, "term": "QQX", "meaning": "Plainly."}),
    Case("term-remove", "a term", lambda w: [w.term.pk]),
    Case("quotation-list"),
    Case("quotation-create", data=lambda w: quotation_typed(w, "Somebody rang.")),
    Case("quotation-import", data=lambda w: {"file": SimpleUploadedFile("said.csv", SAID)}),
    *[Case("quotation-detail", what, lambda w, what=what: [w.quotations[what].pk]) for what in QUOTATIONS],
    *[Case("quotation-edit", what, lambda w, what=what: [w.quotations[what].pk], lambda w: quotation_typed(w, "Nobody rang.")) for what in ("to be checked", "for everybody")],
    *[Case("quotation-approve", what, lambda w, what=what: [w.quotations[what].pk], lambda w: {"version": 0, "names_nobody": "on"}) for what in ("to be checked", "mine to be checked")],
    *[Case("quotation-move", what, lambda w, what=what: [w.quotations[what].pk], lambda w: {"to": "withdrawn", "reason": "They asked us"}) for what in ("to be checked", "for everybody")],
    Case("outline-edit", data=lambda w: outline_typed()),
    Case("paper-margin", "draft", lambda w: [w.papers["draft"].code]),
    Case("paper-comment", "draft", lambda w: [w.papers["draft"].code, "introduction", "whole"], lambda w: SAYS),
    Case("figure-search", "a quarter", lambda w: [w.quarters["draft"].code]),
    *[Case("paper-detail", what, lambda w, what=what: [w.papers[what].code]) for what in PAPERS],
    Case("paper-move", "draft to review", lambda w: [w.papers["draft"].code], lambda w: {"to": "in_review"}),
    Case("paper-move", "submitted back to draft", lambda w: [w.papers["submitted"].code], lambda w: {"to": "draft", "reason": "No"}),
    Case("paper-move", "published back to draft", lambda w: [w.papers["published"].code], lambda w: {"to": "draft", "reason": "No"}),
    Case("promise-list", "draft", lambda w: [w.papers["draft"].code]),
    *[Case(name, "draft", lambda w: [w.papers["draft"].code, PROMISE], lambda w: {"kind": "report", "owner": w.other_person.pk, **date("due")}) for name in ("promise-hold", "promise-dismiss")],
    Case("finding-dismiss", "draft", lambda w: [w.papers["draft"].code, w.finding.key], lambda w: {"reason": "So it was printed"}),
    Case("finding-restore", "draft", lambda w: [w.papers["draft"].code, w.dismissed.pk]),
    Case("finding-restore", "finding of another paper", lambda w: [w.papers["published"].code, w.dismissed.pk]),
    Case("paper-preview", "draft", lambda w: [w.papers["draft"].code]),
    Case("paper-preview", "published", lambda w: [w.papers["published"].code]),
    Case("introduction-edit", "draft", lambda w: [w.papers["draft"].code], lambda w: {"version": 1, "introduction": "<p>New.</p>"}),
    Case("introduction-edit", "submitted", lambda w: [w.papers["submitted"].code], lambda w: {"version": 1, "introduction": "<p>New.</p>"}),
    *[Case("sheet-edit", what, lambda w, what=what: [w.papers[what].code], lambda w: {"version": 0, "purpose": "<p>P.</p>", "recommendations": "<p>R.</p>", "contact": "The office"}) for what in ("draft", "submitted")],
    Case("introduction-approve", "draft", lambda w: [w.papers["draft"].code]),
    Case("topic-create", "draft", lambda w: [w.papers["draft"].code], lambda w: {"version": 0, "title": "T", "text": "<p>W.</p>", "criteria": ["a"]}),
    Case("topic-edit", "draft", lambda w: [w.papers["draft"].code, w.topic.pk], lambda w: {"version": 0, "title": "T", "text": "<p>W.</p>", "criteria": ["a"]}),
    Case("topic-edit", "topic of another paper", lambda w: [w.papers["published"].code, w.topic.pk]),
    Case("topic-remove", "draft", lambda w: [w.papers["draft"].code, w.topic.pk]),
    Case("paper-signoff", "submitted", lambda w: [w.papers["submitted"].code], lambda w: {"sha256": w.papers["submitted"].versions.get().sha256, "password": PASSWORD}),
    Case("paper-publish", "signed", lambda w: [w.papers["signed"].code], lambda w: {**date("published_on", "2019-12-02"), "place": "Here"}),
    Case("paper-publish", "submitted", lambda w: [w.papers["submitted"].code], lambda w: {**date("published_on", "2019-12-02"), "place": "Here"}),
    Case("paper-withdraw", "published", lambda w: [w.papers["published"].code], lambda w: {"notice": "Wrong."}),
    *[
        Case(name, f"{what}{build}", lambda w, what=what: [w.papers[what].code], query=build)
        for name in ("paper-read", "paper-content", "paper-file", "paper-figures")
        for what, build in [(what, "") for what in PAPERS] + [("published", "?build=restricted"), ("published", "?version=1")]
    ],
    *[
        Case(name, f"{what}{build}", lambda w, what=what: [w.papers[what].code], query=build)
        for name in ("paper-data", "paper-word")
        for what, build in [(what, "") for what in PAPERS] + [("published", "?build=restricted")]
    ],
    *[Case("paper-chart", f"{what}{build}", lambda w, what=what: [w.papers[what].code, 1, "csv"], query=build) for what, build in [("signed", ""), ("published", ""), ("withdrawn", ""), ("published", "?build=restricted")]],
    *[Case("paper-word-make", what, lambda w, what=what: [w.papers[what].code]) for what in ("draft", "published")],
    Case("word-template", "the office's", lambda w: [], lambda w: {"give_up": "1"}),
    Case("paper-chart", "a marked chart", lambda w: [w.papers["published"].code, 2, "csv"]),
    *[Case("paper-figure", what, lambda w, what=what: [w.papers[what].code, "burglary.quarter"]) for what in ("signed", "published", "withdrawn")],
]  # fmt: skip
API = [
    Case("api-schema"),
    Case("api-plan-list"),
    Case("api-plan-detail", "a plan", lambda w: [w.quarters["draft"].plan.slug]),
    Case("api-measure-list"),
    Case("api-measure-detail", "a measure", lambda w: [w.measure.slug]),
    Case("api-observation-list"),
    Case("api-observation-detail", "a figure", lambda w: [w.observation.pk]),
    Case("api-signal-list"),
    Case("api-signal-detail", "a signal", lambda w: [w.signal.pk]),
    Case("api-peer-verdict-list"),
    Case("api-peer-verdict-detail", "a verdict", lambda w: [w.verdict.pk]),
    Case("api-projection-list"),
    Case("api-projection-detail", "a projection", lambda w: [w.projection.pk]),
    Case("api-paper-list"),
    *[Case("api-paper-content", what, lambda w, what=what: [w.papers[what].code, 1]) for what in PAPERS],
    Case("api-delivery-action-list"),
    Case("api-delivery-action-detail", "own", lambda w: [w.my_action.pk]),
    Case("api-delivery-action-detail", "other's", lambda w: [w.other_action.pk]),
    Case("api-meeting-list"),
    Case("api-meeting-detail", "minutes in draft", lambda w: [w.meeting.pk]),
    Case("api-board-action-list"),
    *[
        Case("api-board-action-detail", what, lambda w, what=what: [w.arising[what.replace("own", "my").replace("'s", "")].pk])
        for what in ("own public", "own exempt", "other's public", "other's exempt")
    ],
    *[Case("api-paper-detail", what, lambda w, what=what: [w.papers[what].code]) for what in PAPERS],
]  # fmt: skip
CASES = [*DESK, *ACCOUNTS, *WORK, *IMPORTS, *FIGURES, *DELIVERY, *BOARDS, *COMMENTARY, *PAPER, *API]
