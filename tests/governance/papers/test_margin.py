"""What is said beside a text: on its paragraph, answered, settled, taken into the text, and never printed."""

import pytest
from django.urls import reverse

from core.accounts.states import MoveRefused
from core.documents.versions import Stale
from desk.due import due_from
from governance.papers import completeness, margin, remembered
from governance.papers.actions import margin as actions
from governance.papers.actions import papers
from governance.papers.actions.commentary import move_commentary, save_commentary
from governance.papers.models import Commentary, MarginComment, Paper
from tests.factories.paper_making import fresh, ready_paper
from tests.factories.papers import CommentaryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
CODE = "2019-20-q2"
PID, NEXT = "cccccccc", "dddddddd"
SAID = "Ask the force why."
TEXT = f'<p data-pid="{PID}">Reports rose in August.</p><p data-pid="{NEXT}">They fell again.</p>'


@pytest.fixture
def written(who) -> Commentary:
    held = CommentaryFactory(text=TEXT, assigned_to=who.staff)
    held.authors.add(who.staff)
    return held


def suggested(written: Commentary, by, words: str = "<p>Reports rose in July.</p>") -> MarginComment:
    return actions.comment_in_margin(subject=written, place="text", pid=PID, text="", replacement=words, by=by)


def commented(subject, by, pid: str = PID, place: str = "text") -> MarginComment:
    return actions.comment_in_margin(subject=subject, place=place, pid=pid, text=SAID, by=by)


def page(client, user, address: str) -> str:
    client.force_login(user)
    return " ".join(client.get(address).content.decode().split())


def now(written: Commentary) -> Commentary:
    return Commentary.objects.get(pk=written.pk)


def test_a_comment_stands_beside_its_paragraph_and_says_when_the_words_changed(written, who):
    commented(written, who.analyst)

    def beside() -> list[tuple[str, list[bool]]]:
        (text, _) = margin.columns(now(written), margin.places_of(now(written)))
        return [(one.pid, [thread.moved_on for thread in one.open]) for one in text.paragraphs]

    assert beside() == [(PID, [False]), (NEXT, [])]
    moved = f'<p data-pid="{NEXT}">They fell again.</p><p data-pid="{PID}">Reports rose in August.</p>'
    Commentary.objects.filter(pk=written.pk).update(text=moved)
    assert beside() == [(NEXT, []), (PID, [False])]
    Commentary.objects.filter(pk=written.pk).update(text=TEXT.replace("August", "July"))
    assert beside() == [(PID, [True]), (NEXT, [])]


def test_a_comment_outlives_its_paragraph(client, written, who):
    commented(written, who.analyst)
    Commentary.objects.filter(pk=written.pk).update(text="<p>Other words altogether.</p>")
    text = page(client, who.staff, reverse("commentary-margin", args=[CODE, written.measure.slug]))
    assert "no longer in the text" in text
    assert SAID in text
    assert "Reports rose in August." in text


def test_a_figure_that_moved_is_no_change_of_words():
    figure = '<p data-pid="{}">There were <data data-figure="burglary.quarter">{}</data>.</p>'
    assert margin.is_same(figure.format(PID, "999"), figure.format(NEXT, "1,001"))


def test_a_suggestion_is_seen_as_a_word_diff_and_accepted_into_the_text(client, written, who):
    one = suggested(written, who.analyst)
    address = reverse("commentary-margin", args=[CODE, written.measure.slug])
    text = page(client, who.staff, address)
    assert 'removed: </span>August<span class="govuk-visually-hidden">]</span></del>' in text
    answer = client.post(reverse("margin-accept", args=[one.pk]))
    assert answer.url == f"{address}#c-{one.pk}"
    held = now(written)
    assert held.text == TEXT.replace("August", "July")
    one.refresh_from_db()
    assert (one.state, one.settled_by) == ("accepted", who.staff)


def test_whoever_suggested_what_was_accepted_cannot_approve_it(written, who):
    one = suggested(written, who.analyst)
    actions.accept_suggestion(comment=one, by=who.staff)
    move_commentary(commentary=written, to="review", by=who.staff)
    with pytest.raises(MoveRefused, match="You wrote part of this commentary"):
        move_commentary(commentary=written, to="approved", by=who.analyst)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("", [NEXT]),
        ("<ul><li>July</li><li>August</li></ul>", [PID, NEXT]),
        ("<p>One.</p><p>Two.</p>", [PID, "new", NEXT]),
    ],
)
def test_a_suggestion_may_take_a_paragraph_out_or_make_several_of_it(written, who, words, left):
    actions.accept_suggestion(comment=suggested(written, who.analyst, words), by=who.staff)
    found = [one.pid for one in margin.columns(now(written), margin.places_of(now(written)))[0].paragraphs]
    assert [one if one in (PID, NEXT) else "new" for one in found] == left


def test_a_change_elsewhere_does_not_stand_in_the_way_and_is_kept(written, who):
    one = suggested(written, who.analyst)
    other = TEXT.replace("fell again", "fell by half")
    save_commentary(commentary=written, version=written.version, text=other, did="", by=who.staff)
    actions.accept_suggestion(comment=one, by=who.staff)
    assert now(written).text == other.replace("August", "July")


def test_where_the_paragraph_moved_on_both_are_shown_and_nothing_is_lost(client, written, who):
    one = suggested(written, who.analyst)
    changed = TEXT.replace("rose", "climbed")
    save_commentary(commentary=written, version=written.version, text=changed, did="", by=who.staff)
    client.force_login(who.staff)
    answer = client.post(reverse("margin-accept", args=[one.pk]))
    assert answer.status_code == 409
    assert now(written).text == changed
    said = " ".join(answer.content.decode().split())
    assert "Reports climbed in August." in said
    assert "Reports rose in July." in said
    sent = {"version": answer.context["version"], "replacement": "<p>Reports climbed in July.</p>"}
    client.post(reverse("margin-accept", args=[one.pk]), sent)
    assert now(written).text == TEXT.replace("rose in August", "climbed in July")
    one.refresh_from_db()
    assert one.state == "accepted"


def test_the_compared_text_is_refused_when_the_paragraph_moves_again(written, who):
    one = suggested(written, who.analyst)
    Commentary.objects.filter(pk=written.pk).update(text=TEXT.replace("rose", "climbed"))
    with pytest.raises(Stale) as stale:
        actions.accept_suggestion(comment=one, by=who.staff)
    Commentary.objects.filter(pk=written.pk).update(text=TEXT.replace("rose", "leapt"))
    with pytest.raises(Stale):
        actions.accept_suggestion(
            comment=one, version=stale.value.current.version, replacement="<p>Mine.</p>", by=who.staff
        )
    assert "leapt" in now(written).text


def test_nothing_is_accepted_twice_or_into_a_text_under_review_or_by_who_does_not_write(written, who):
    one, other = suggested(written, who.analyst), suggested(written, who.analyst, "<p>Else.</p>")
    with pytest.raises(MoveRefused, match="a writer must accept it"):
        actions.accept_suggestion(comment=one, by=who.secretary)
    actions.accept_suggestion(comment=one, by=who.staff)
    with pytest.raises(MoveRefused, match="cannot become"):
        actions.accept_suggestion(comment=one, by=who.staff)
    move_commentary(commentary=written, to="review", by=who.staff)
    Commentary.objects.filter(pk=written.pk).update(text=TEXT)
    with pytest.raises(MoveRefused, match="cannot be edited"):
        actions.accept_suggestion(comment=other, by=who.staff)
    other.refresh_from_db()
    assert (other.is_open, now(written).text) == (True, TEXT)


def test_an_answer_a_resolution_and_a_reopening_are_kept_in_order(client, written, who):
    one = commented(written, who.analyst)
    client.force_login(who.staff)
    client.post(reverse("margin-reply", args=[one.pk]), {"text": "They have been asked."})
    client.post(reverse("margin-move", args=[one.pk]), {"to": "resolved"})
    late = client.post(reverse("margin-reply", args=[one.pk]), {"text": "Late."}, follow=True)
    assert "settled in the meantime" in late.content.decode()
    client.post(reverse("margin-move", args=[one.pk]), {"to": "open"})
    one.refresh_from_db()
    assert (one.state, one.settled_by, [each.text for each in one.replies.all()]) == (
        "open",
        None,
        ["They have been asked."],
    )


@pytest.mark.parametrize(("place", "pid"), [("text", "zzzzzzzz"), ("elsewhere", PID)])
def test_a_paragraph_that_is_not_there_takes_no_comment(client, written, who, place, pid):
    client.force_login(who.staff)
    answer = client.post(
        reverse("commentary-comment", args=[CODE, written.measure.slug, place, pid]), {"text": SAID, "replacement": ""}
    )
    assert (answer.status_code, MarginComment.objects.count()) == (404, 0)


def test_words_left_as_they_are_make_a_comment_and_nothing_at_all_is_refused(client, written, who):
    client.force_login(who.analyst)
    address = reverse("commentary-comment", args=[CODE, written.measure.slug, "text", PID])
    same = f'<p data-pid="{PID}">Reports rose in August.</p>'
    empty = client.post(address, {"text": "", "replacement": same})
    assert (empty.status_code, "There are no words in it" in empty.content.decode()) == (422, True)
    client.post(address, {"text": SAID, "replacement": same})
    assert [(one.text, one.is_suggestion) for one in MarginComment.objects.all()] == [(SAID, False)]


def test_an_open_comment_stops_the_paper_until_it_is_settled_and_is_never_in_it(who):
    paper = ready_paper(who)
    written = paper.quarter.commentaries.get()
    held = commented(written, who.secretary, pid="")
    own = commented(paper, who.secretary, pid="aaaaaaaa", place="introduction")
    found = [one.sentence for one in completeness.missing(paper, remembered.assembled(paper)) if one.blocks]
    assert found == [
        f"A comment beside the commentary on {written.measure.short_name} is open.",
        "A comment beside the introduction of Performance report is open.",
    ]
    with pytest.raises(MoveRefused, match="A comment beside the commentary"):
        papers.submit_paper(paper=paper, by=who.secretary)
    for one in (held, own):
        actions.move_comment(comment=one, to="resolved", by=who.staff)
    assert SAID not in papers.submit_paper(paper=fresh(paper), by=who.secretary).content
    with pytest.raises(MoveRefused, match="its margin is closed"):
        commented(written, who.secretary, pid="")


@pytest.mark.parametrize("place", ["introduction", "topic"])
def test_words_suggested_for_a_papers_own_texts_undo_its_approval(who, place):
    paper = ready_paper(who)
    name, pid = (
        ("introduction", "aaaaaaaa") if place == "introduction" else (f"topic-{paper.topics.get().pk}", "bbbbbbbb")
    )
    one = actions.comment_in_margin(
        subject=paper, place=name, pid=pid, text="", replacement="<p>Fifty.</p>", by=who.analyst
    )
    actions.accept_suggestion(comment=one, by=who.secretary)
    held = Paper.objects.get(pk=paper.pk)
    text = held.introduction if place == "introduction" else held.topics.get().text
    assert (text, held.introduction_approved_at) == (f'<p data-pid="{pid}">Fifty.</p>', None)
    assert {who.analyst, who.secretary} <= set(held.introduction_authors.all())


def test_it_waits_for_whoever_did_not_have_the_last_word(written, who):
    one = commented(written, who.analyst)

    def waiting() -> list[str]:
        people = {"staff": who.staff, "analyst": who.analyst, "commissioner": who.commissioner}
        return [name for name, user in people.items() if any(due.kind == "comment" for due in due_from(user))]

    assert waiting() == ["staff"]
    actions.reply_in_margin(comment=one, text="They have been asked.", by=who.staff)
    assert waiting() == ["analyst"]
    actions.move_comment(comment=one, to="resolved", by=who.analyst)
    assert waiting() == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_is_said(client, written, who, django_assert_num_queries, count):
    for _ in range(count):
        one = commented(written, who.analyst)
        actions.reply_in_margin(comment=one, text="Yes.", by=who.staff)
    address = reverse("commentary-margin", args=[CODE, written.measure.slug])
    page(client, who.staff, address)
    with django_assert_num_queries(
        8
    ):  # session, user, quarter, commentary, comments, answers and who gave them; office
        client.get(address)
