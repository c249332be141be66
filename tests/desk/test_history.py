"""The pages of the log: who sees what of it, told how."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from core.accounts.actions import change_password
from core.accounts.permissions import Role
from core.audit import audit_context
from core.audit.models import AuditEvent, AuditSeal, ReadEvent, Verification
from core.documents.actions import store_file
from core.documents.versions import save_if_unchanged
from deepdive.actions import move_update, open_updates, redate_action, save_update
from deepdive.models import ActionUpdate
from desk.history import telling
from desk.history.export import safe
from desk.history.restricted import unrestricted
from desk.history.scope import events_seen_by
from governance.boards import actions as boards
from governance.boards.actions import report_progress
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import AgendaItemFactory, BoardActionFactory, MinuteFactory, QuestionFactory
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory
from tests.factories.papers import CommentaryFactory
from tests.factories.plans import QuarterPeriodFactory

pytestmark = pytest.mark.django_db
LIST = reverse("history")


@pytest.fixture(autouse=True)
def office():
    return OfficeFactory()


@pytest.fixture
def auditor(client):
    user = UserFactory(roles=[Role.AUDITOR], name="Auditor")
    client.force_login(user)
    return user


def sentences(response) -> list[str]:
    return [entry["sentence"].text for entry in response.context["entries"]]


def story(thing) -> str:
    return reverse("history-object", args=[thing._meta.db_table, thing.pk])


def write_update(update: ActionUpdate, text: str, by) -> None:
    update.refresh_from_db()
    save_update(
        update=update, version=update.version, text=text, status="in_progress", rag="green", rag_reason="", by=by
    )


def test_move_is_told_by_where_it_led(client, auditor):
    wren, owl = UserFactory(name="Wren"), UserFactory(name="Owl")
    update = ActionUpdateFactory(action__ref="2.01")
    write_update(update, "<p>Done.</p>", wren)
    update.refresh_from_db()
    move_update(update=update, to="review", by=wren)
    move_update(update=update, to="approved", by=owl)
    assert sentences(client.get(LIST))[:3] == [
        "Owl approved the update of 2.01, quarter two 2019-20",
        "Wren sent the update of 2.01, quarter two 2019-20 for review",
        "Wren wrote the update of 2.01, quarter two 2019-20",
    ]


def test_many_of_a_kind_are_one_sentence_that_unfolds(client, auditor):
    for number in (1, 2, 3):
        DeliveryActionFactory(ref=f"2.0{number}", due=dt.date(2020, 1, 1))
    open_updates(period=QuarterPeriodFactory(), due=dt.date(2019, 11, 1), by=UserFactory(name="Wren"))
    entry = client.get(LIST).context["entries"][0]
    assert entry["sentence"].text == "Wren asked for 3 delivery updates"
    assert [one.label for one, _ in entry["rows"]] == [f"2.0{n}, quarter two 2019-20" for n in (3, 2, 1)]


def test_reason_stands_in_the_sentence_and_can_be_asked_for(client, auditor):
    action = DeliveryActionFactory(ref="2.04")
    redate_action(delivery_action=action, due=dt.date(2020, 6, 30), reason="Three months", by=UserFactory(name="Wren"))
    found = sentences(client.get(LIST, {"reason": "on"}))
    assert found == ["Wren moved the due date of 2.04: no date to 30 June 2020: ‘Three months’"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"who": "programs"}, {"fixture"}),
        ({"who": "nobody"}, set()),
        ({"kind": "deepdive_deliveryaction"}, {"Wren", "fixture"}),
        ({"action": "deepdive.redate_action"}, {"Wren"}),
        ({"since": "2001-01-01", "until": "2002-01-01"}, set()),
        ({"request": "no such request"}, set()),
    ],
)
def test_filters_narrow_what_is_told(client, auditor, asked, expected):
    redate_action(
        delivery_action=DeliveryActionFactory(),
        due=dt.date(2020, 6, 30),
        reason="Three months",
        by=UserFactory(name="Wren"),
    )
    page = client.get(LIST, asked).context["page"]
    assert {event.actor_name for event in page.events.values()} == expected


def test_filter_by_person(client, auditor):
    wren = UserFactory(name="Wren")
    redate_action(delivery_action=DeliveryActionFactory(), due=dt.date(2020, 6, 30), reason="Three months", by=wren)
    page = client.get(LIST, {"who": wren.pk}).context["page"]
    assert {event.actor_id for event in page.events.values()} == {wren.pk}


def test_filter_that_is_no_date_is_said_and_nothing_breaks(client, auditor):
    response = client.get(LIST, {"since": "31-31-31"})
    assert response.status_code == 422
    assert "Give the first and the last day as real dates" in response.content.decode()


def test_changes_of_one_day_are_found_from_its_first_to_its_last_moment(client, auditor):
    DeliveryActionFactory()
    day = timezone.localdate().isoformat()
    assert len(client.get(LIST, {"since": day, "until": day}).context["page"].events) == AuditEvent.objects.count()


@pytest.mark.parametrize(
    "asked",
    [
        {"until": "9999-12-31"},
        {"since": "0001-01-01"},
        {"before": "9" * 30},
        {"before": "x"},
        {"request": "\x00"},
        {"who": "0 OR 1=1"},
    ],
)
def test_odd_addresses_are_answered(client, auditor, asked):
    DeliveryActionFactory()
    assert client.get(LIST, asked).status_code in (200, 422)


def test_a_deed_of_hundreds_is_read_in_few_questions_and_whole(auditor, monkeypatch, django_assert_max_num_queries):
    for _ in range(4):
        BoardActionFactory()
    everything = list(AuditEvent.objects.newest_first().values_list("pk", flat=True))
    monkeypatch.setattr(telling, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(telling, "MORE_ROWS_AT_ONCE", len(everything) - 2)
    kinds = AuditEvent.objects.values_list("table").distinct().count()
    with django_assert_max_num_queries(4 + kinds):  # what they may do; two, the rest, nothing more; names of things
        page = telling.page_of(events_seen_by(auditor))
    assert (list(page.events), page.older) == (everything, None)


def test_pages_follow_each_other_without_gap_or_repeat(client, auditor):
    for number in range(telling.SENTENCES + 5):
        with audit_context(actor_name=f"command:{number}"):
            DeliveryActionFactory(owner=None)
    first = client.get(LIST)
    second = client.get(LIST, {"before": first.context["page"].older})
    pages = [set(one.context["page"].events) for one in (first, second)]
    assert len(first.context["entries"]) == telling.SENTENCES
    assert pages[0] & pages[1] == set()
    assert pages[0] | pages[1] == set(AuditEvent.objects.values_list("pk", flat=True))
    assert second.context["page"].older is None


def test_the_latest_sentences_are_those_with_which_the_whole_telling_begins(auditor):
    for number in range(3):
        with audit_context(actor_name=f"command:{number}"):
            DeliveryActionFactory()
    events = list(AuditEvent.objects.newest_first())
    whole = telling.told(events)
    assert [telling.told_lately(events, most) for most in (1, 2, len(whole))] == [whole[:1], whole[:2], whole]


def test_what_is_restricted_is_asked_of_the_log_itself():
    within = unrestricted(AuditEvent.objects.all()).values("pk")
    with pytest.raises(ValueError, match="not of a query within another"):
        AuditEvent.objects.filter(pk__in=within).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_history_costs_the_same_however_much_happened(client, auditor, django_assert_num_queries, count):
    for _ in range(count):
        write_update(ActionUpdateFactory(), "<p>Done.</p>", UserFactory())
    client.get(LIST)
    # session, user, office, people of the filter, events, unattributed, saved searches, then the names of each kind
    with django_assert_num_queries(20):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_story_costs_the_same_however_long(client, auditor, django_assert_num_queries, count):
    update = ActionUpdateFactory()
    for number in range(count):
        write_update(update, f"<p>Version {number} of what was done.</p>", UserFactory())
    client.get(story(update))
    with django_assert_num_queries(16):  # the days on which it changed and who read it among them
        response = client.get(story(update))
    assert len(response.context["entries"]) == count + 1


def test_story_shows_each_field_before_and_after(client, auditor):
    action = DeliveryActionFactory(due=dt.date(2020, 3, 31))
    redate_action(delivery_action=action, due=dt.date(2020, 6, 30), reason="Three months", by=UserFactory())
    event, sentence, changes = client.get(story(action)).context["entries"][0]
    assert [(one.label, one.old, one.new) for one in changes] == [("due", "31 March 2020", "30 June 2020")]
    assert sentence.endswith("‘Three months’")


def test_story_compares_prose_word_by_word(client, auditor):
    text = "<p>Two agencies have joined the exchange of records, and a third has been asked to join it.</p>"
    update = ActionUpdateFactory(text=text, rag="green", status="in_progress")
    write_update(update, text.replace("third", "fourth"), UserFactory())
    changes = client.get(story(update)).context["entries"][0][2]
    changed = [(kind, words) for kind, words in changes[0].pieces if kind != "same"]
    assert (changes[0].label, changed) == ("text", [("removed", "third"), ("added", "fourth")])


def test_record_as_it_stood_on_a_day(client, auditor):
    action = DeliveryActionFactory(statement="Share what is known", owner=None)
    save_if_unchanged(type(action), action.pk, 1, statement="Share it all", correction_reason="Too long")
    today = timezone.localdate()
    now = client.get(story(action), {"as_of": today.isoformat()}).context["stood"]
    assert [row["value"] for row in now if row["key"] == "Statement"] == ["Share it all"]
    before = client.get(story(action), {"as_of": (today - dt.timedelta(days=1)).isoformat()})
    assert before.context["stood"] is None
    assert "It was not there on that day" in before.content.decode()


@pytest.mark.parametrize("asked", ["31 September", "2019-02-30", "x"])
def test_as_of_that_is_no_date_is_said(client, auditor, asked):
    response = client.get(story(DeliveryActionFactory()), {"as_of": asked})
    assert "That is not a date" in response.content.decode()


def test_passwords_are_never_shown(client, auditor):
    user = UserFactory(password="very-secret-hash")
    change_password(user=user, password="another-secret", by=user)
    user.refresh_from_db()
    told = client.get(story(user)).content.decode() + client.get(story(user), {"as_of": "2999-01-01"}).content.decode()
    export = b"".join(client.get(reverse("history-csv"))).decode()
    for secret in ("very-secret-hash", "another-secret", user.password):
        assert secret not in told + export


def test_removed_record_keeps_its_story(client, auditor):
    update = ActionUpdateFactory(text="<p>Gone since</p>")
    address = story(update)
    update.delete()
    response = client.get(address)
    assert response.status_code == 200
    assert len(response.context["entries"]) == 2


@pytest.mark.parametrize(
    "address",
    ["/history/nonsense/1/", "/history/deepdive_deliveryaction/999/", "/history/deepdive_deliveryaction/%00/"],
)
def test_story_of_nothing_is_not_found(client, auditor, address):
    assert client.get(address).status_code == 404


SEES = {
    Role.STAFF: {"deepdive", "boards", "papers", "measures"},
    Role.ANALYST: {"deepdive", "boards", "papers", "measures"},
    Role.SECRETARY: {"deepdive", "boards", "papers", "measures"},
    Role.COMMISSIONER: {"deepdive", "boards", "papers", "measures", "accounts"},
    Role.AUDITOR: {"deepdive", "boards", "papers", "measures", "accounts"},
    Role.ADMINISTRATOR: {"accounts"},
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_the_history_of_what_it_may_see(client, role):
    DeliveryActionFactory()
    MinuteFactory()
    CommentaryFactory()
    user = UserFactory(roles=[role])
    client.force_login(user)
    response = client.get(LIST)
    assert response.status_code == (200 if role in SEES else 403)
    if role in SEES:
        seen = {table.partition("_")[0] for table in events_seen_by(user).values_list("table", flat=True)}
        assert seen == SEES[role]


@pytest.mark.parametrize("role", list(Role))
def test_readings_are_for_those_who_see_all_history(client, role):
    client.force_login(UserFactory(roles=[role]))
    expected = 200 if role in (Role.COMMISSIONER, Role.AUDITOR) else 403
    assert client.get(reverse("history-reads")).status_code == expected


def test_exempt_items_are_hidden_from_those_who_may_not_see_them(client):
    client.force_login(UserFactory(roles=[Role.STAFF]))
    minute = MinuteFactory(item=AgendaItemFactory(part="exempt", title="A contract"), text="<p>Price agreed.</p>")
    page = client.get(LIST).content.decode() + b"".join(client.get(reverse("history-csv"))).decode()
    assert ("A contract" in page, "Price agreed" in page) == (False, False)
    assert [client.get(story(one)).status_code for one in (minute, minute.item)] == [404, 404]


def test_what_was_said_of_an_exempt_action_or_question_is_hidden_with_it(client):
    exempt, secretary = AgendaItemFactory(part="exempt"), UserFactory(roles=[Role.SECRETARY])
    said = []
    for item, words in ((exempt, "Price agreed"), (AgendaItemFactory(meeting=exempt.meeting), "Shifts agreed")):
        action, question = BoardActionFactory(item=item), QuestionFactory(item=item)
        boards.report_progress(board_action=action, version=1, progress=words, by=secretary)
        boards.move_question(question=question, to="withdrawn", why=words, by=secretary)
        said.append((action.reports.get(), question.steps.get()))
    for role, sees in ((Role.STAFF, False), (Role.ANALYST, True)):
        client.force_login(UserFactory(roles=[role]))
        page = client.get(LIST).content.decode() + client.get("/").content.decode()
        lines = b"".join(client.get(reverse("history-csv")).streaming_content).decode()
        assert ("Price agreed" in page + lines, "Shifts agreed" in lines) == (sees, True)
        found = [[client.get(story(one)).status_code for one in rows] for rows in said]
        assert found == [[200, 200] if sees else [404, 404], [200, 200]]


def test_a_marked_paper_of_an_open_item_is_told_of_to_those_cleared_only(client, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    item, secretary = AgendaItemFactory(), UserFactory(roles=[Role.SECRETARY])
    laid = []
    for name, marked in (("Estimates", False), ("Zanzibar", True)):
        file = store_file(data=b"%PDF-1.7 " + name.encode(), name="paper.pdf", by=secretary)
        facts = {"name": name, "received_on": dt.date(2019, 11, 1), "is_restricted": marked}
        laid.append(boards.add_paper(item=item, file=file, by=secretary, **facts))
    for role, sees in ((Role.STAFF, False), (Role.ANALYST, True)):
        client.force_login(UserFactory(roles=[role]))
        page = client.get(LIST).content.decode()
        lines = b"".join(client.get(reverse("history-csv")).streaming_content).decode()
        told = ["Estimates" in page, "Estimates" in lines, "Zanzibar" in page, "Zanzibar" in lines]
        assert told == [True, True, sees, sees]
        assert [client.get(story(one)).status_code for one in laid] == [200, 200 if sees else 404]


def test_item_made_public_keeps_hidden_what_was_written_while_it_was_exempt(client):
    client.force_login(UserFactory(roles=[Role.STAFF]))
    minute = MinuteFactory(item=AgendaItemFactory(part="exempt"), text="<p>Price agreed.</p>")
    minute.item.part, minute.item.exemption = "public", ""
    minute.item.save()
    assert client.get(story(minute)).status_code == 404


def test_reading_what_is_restricted_leaves_a_trace(client, auditor):
    minute = MinuteFactory(item=AgendaItemFactory(part="exempt"))
    client.get(story(minute))
    read = ReadEvent.objects.get()
    assert (read.actor_name, read.table, read.key, read.how) == ("Auditor", "boards_minute", str(minute.pk), "read")
    assert "Auditor" in client.get(reverse("history-reads")).content.decode()


def test_own_deed_on_a_record_one_may_not_see_is_told_without_the_rest(client):
    staff = UserFactory(roles=[Role.STAFF], name="Wren")
    change_password(user=staff, password="long-enough-now", by=staff)
    client.force_login(staff)
    response = client.get(story(staff), {"as_of": "2999-01-01"})
    assert [sentence for _, sentence, _ in response.context["entries"]] == ["Wren changed the password of Wren"]
    assert "stood" not in response.context


def test_export_has_a_line_for_each_change_and_is_itself_on_record(client, auditor):
    action = DeliveryActionFactory(ref="2.04")
    redate_action(delivery_action=action, due=dt.date(2020, 6, 30), reason="=1+1", by=UserFactory(name="Wren"))
    response = client.get(reverse("history-csv"), {"action": "deepdive.redate_action", "kind": "deepdive_redating"})
    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert [(row["who"], row["action"], row["reason"]) for row in rows] == [("Wren", "deepdive.redate_action", "'=1+1")]
    assert (ReadEvent.objects.get().how, ReadEvent.objects.get().rows) == ("export", 1)


@pytest.mark.parametrize(
    ("text", "expected"), [("=A1", "'=A1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("1-2", "1-2"), ("", "")]
)
def test_export_gives_no_formulas(text, expected):
    assert safe(text) == expected


def test_history_of_nothing_says_what_will_be_here(client):
    client.force_login(UserFactory(roles=[Role.ADMINISTRATOR]))
    page = client.get(LIST, {"since": "2990-01-01"}).content.decode()
    assert "Nothing like that happened" in page


@pytest.mark.unattributed
def test_changes_by_nobody_are_counted_for_the_auditor(client, auditor):
    user = UserFactory()
    with audit_context() as facts:
        facts.update(actor_name="", actor_id=None)
        type(user).objects.filter(pk=user.pk).update(job_title="Meddled")
    page = client.get(LIST)
    assert page.context["unattributed"] == 1
    assert sentences(client.get(LIST, {"who": "nobody"})) == [f"Nobody on record changed user {user.name}"]


def test_what_was_said_of_an_exempt_action_is_told_to_those_cleared_only(client):
    action = BoardActionFactory(item=AgendaItemFactory(part="exempt"), text="Pay the bidder")
    report_progress(board_action=action, version=1, progress="Bidder paid", by=UserFactory(roles=[Role.SECRETARY]))
    address = reverse("history-object", args=["boards_actionprogress", action.reports.get().pk])
    told = {}
    for role in (Role.STAFF, Role.ANALYST):
        client.force_login(UserFactory(roles=[role]))
        told[role] = "Bidder paid" in client.get(reverse("history")).content.decode(), client.get(address).status_code
    assert told == {Role.STAFF: (False, 404), Role.ANALYST: (True, 200)}


def test_timeline_shows_the_head_of_the_chain_and_when_it_was_verified(client, auditor):
    held = AuditSeal.objects.latest("seq")
    page = client.get(LIST).content.decode()
    assert f"Sealed up to change {held.seq}, head" in page
    assert held.hash[:16] in page
    assert "Not verified yet: that happens every night." in page
    look(faults=0)
    assert "nothing was changed behind it" in client.get(LIST).content.decode()


def test_page_of_the_proof_says_what_was_found_and_whether_checkpoints_are_signed(client, auditor, settings):
    look(faults=0)
    look(faults=1, first_seq=7, told="Event 9 or its seal 7 was changed.")
    page = client.get(reverse("history-proof")).content.decode()
    assert "Event 9 or its seal 7 was changed." in page
    assert "1 fault, the first at 7" in page
    assert "all is well" in page
    assert "No checkpoints are signed here." in page
    settings.CHECKPOINT_PUBLIC_KEY = "ab" * 32
    assert "No checkpoints are signed here." not in client.get(reverse("history-proof")).content.decode()


@pytest.mark.parametrize(("role", "leads"), [(Role.AUDITOR, True), (Role.ADMINISTRATOR, False)])
def test_page_of_the_proof_leads_to_redactions_whoever_may_read_them(client, role, leads):
    client.force_login(UserFactory(roles=[role]))
    page = client.get(reverse("history-proof")).content.decode()
    assert (reverse("redaction-list") in page, client.get(reverse("redaction-list")).status_code == 200) == (
        leads,
        leads,
    )


def look(**found) -> None:
    Verification.objects.create(at=timezone.now(), start=0, seq=12, head="ab" * 32, events=12, **found)
