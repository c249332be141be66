"""The pages of a paper: who sees what, and the way from draft to the public page."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.audit.models import ReadEvent
from core.jobs.models import Job
from governance.papers.actions import papers as actions
from governance.papers.content import canonical
from governance.papers.models import Commentary, FrozenPaper, Paper, Publication
from measures.models import Series
from tests.access.reading import Page
from tests.factories.measures import give
from tests.factories.paper_making import (
    WORDS,
    draft_paper,
    fresh,
    published_paper,
    ready_paper,
    signed_paper,
    submitted_paper,
    with_files,
)
from tests.factories.papers import QuarterFactory
from tests.factories.plans import QUARTER_ONE, QuarterPeriodFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
CODE = "2019-20-q2"
PASSWORD = "correct horse battery"


def signed_with_files(who) -> None:
    with_files(signed_paper(who))


def page(client, name, *args, user=None, **query):
    if user:
        client.force_login(user)
    response = client.get(reverse(name, args=[CODE, *args]), query)
    return response.status_code, " ".join(response.content.decode().split())


def test_workspace_says_what_is_missing_and_offers_one_step(client, who):
    draft_paper()
    status, text = page(client, "paper-detail", user=who.secretary)
    assert status == 200
    assert "The introduction is not approved by a second person." in text
    assert "in 5 working days" in text
    assert text.count("next-step__form") == 1
    assert "Put up for review" in text


@pytest.mark.parametrize(
    ("made", "name", "says"),
    [
        (draft_paper, "secretary", "Put up for review"),
        (draft_paper, "analyst", "The board secretary puts it up for review."),
        (ready_paper, "secretary", "Submit for signature"),
        (ready_paper, "commissioner", "The board secretary submits it when everything is approved."),
        (submitted_paper, "commissioner", "Read and sign"),
        (submitted_paper, "secretary", "The commissioner signs it."),
        (signed_paper, "secretary", "It can be published when they are there."),
        (signed_with_files, "secretary", ">Publish<"),
        (signed_paper, "commissioner", "The board secretary publishes it."),
        (published_paper, "secretary", "Read the published paper"),
    ],
)
def test_the_next_step_is_the_next_step_of_whoever_looks(client, who, made, name, says):
    made() if made is draft_paper else made(who)
    status, text = page(client, "paper-detail", user=getattr(who, name))
    assert (status, says in text.replace("> ", ">").replace(" <", "<")) == (200, True)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("analyst", 200), ("staff", 200), ("secretary", 200), ("commissioner", 200), ("auditor", 200), ("panel", 403)],
)
def test_workspace_is_for_those_who_see_papers_being_made(client, who, name, expected):
    draft_paper()
    assert page(client, "paper-detail", user=getattr(who, name))[0] == expected


def test_a_panel_member_is_listed_published_papers_only(client, who):
    draft_paper()
    client.force_login(who.panel)
    assert "Nothing is published yet" in client.get(reverse("paper-list")).content.decode()
    assert "Performance report" not in client.get(reverse("paper-list")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_many_papers(client, who, django_assert_num_queries, count):
    paper = published_paper(who)
    for place in range(count - 1):
        start = dt.date(2018 - place, 4, 1)
        period = QuarterPeriodFactory(start=start, end=start.replace(month=6, day=30))
        quarter = QuarterFactory(period=period)
        item = paper.agenda_item.meeting.items.create(position=20 + place, title="Earlier")
        Paper.objects.create(quarter=quarter, agenda_item=item, title="Earlier")
    client.force_login(who.secretary)
    client.get(reverse("paper-list"))
    with django_assert_num_queries(QUERIES_OF_LIST):
        response = client.get(reverse("paper-list"))
    assert len(response.context["rows"]) == count


QUERIES_OF_LIST = 8  # session, user, papers, versions, publications, withdrawals, what is followed, office


def test_the_whole_way_by_its_pages(client, who):
    """Review, submit, sign, publish: each by the person and on the page it is for."""
    paper = draft_paper()
    move = reverse("paper-move", args=[CODE])
    client.force_login(who.staff)
    client.post(reverse("introduction-approve", args=[CODE]))
    client.force_login(who.secretary)
    client.post(move, {"to": "in_review"})
    client.post(move, {"to": "for_signature"})
    who.commissioner.set_password(PASSWORD)
    who.commissioner.save()
    client.force_login(who.commissioner)
    sha256 = fresh(paper).frozen.sha256
    form = {"sha256": sha256, "password": PASSWORD}
    assert client.post(reverse("paper-signoff", args=[CODE]), form).status_code == 302
    with_files(fresh(paper))
    client.force_login(who.secretary)
    day = {
        "published_on_day": "3",
        "published_on_month": "12",
        "published_on_year": "2019",
        "place": "The panel's page",
    }
    response = client.post(reverse("paper-publish", args=[CODE]), day)
    assert (response.status_code, fresh(paper).state) == (302, "published"), response.context["form"].errors
    client.logout()
    assert page(client, "paper-read")[0] == 200


def test_signing_asks_for_the_password_and_shows_the_hash(client, who):
    paper = submitted_paper(who)
    who.commissioner.set_password(PASSWORD)
    who.commissioner.save()
    status, text = page(client, "paper-signoff", user=who.commissioner)
    assert (status, paper.frozen.sha256 in text) == (200, True)
    assert "It was submitted by Secretary" in text
    wrong = client.post(reverse("paper-signoff", args=[CODE]), {"sha256": paper.frozen.sha256, "password": "wrong"})
    assert (wrong.status_code, "That is not your password. Nothing was signed." in wrong.content.decode()) == (
        422,
        True,
    )
    assert fresh(paper).state == "for_signature"


def test_signing_page_says_the_marking_and_that_there_is_nothing_to_compare_a_first_paper_with(client, who):
    submitted_paper(who, with_figures=True)
    _, text = page(client, "paper-signoff", user=who.commissioner)
    assert "Marking: <strong>OFFICIAL-SENSITIVE</strong>. 1 part is marked so, and stands in the restricted" in text
    assert "What changed since" not in text


def test_signing_page_says_what_changed_since_last_quarters_paper(client, who):
    paper = submitted_paper(who)
    earlier(paper, paper.frozen.content.replace(WORDS, "Reports were level all spring."))
    _, text = page(client, "paper-signoff", user=who.commissioner)
    assert "What changed since Performance report, quarter one" in text
    assert "1 part of the paper differs; 2 are word for word the same." in text
    assert "[removed: </span>were level all spring<span" in text
    assert "[added: </span>rose in August and fell again<span" in text


def test_signing_page_of_a_correction_compares_with_the_version_before(client, who):
    paper = submitted_paper(who)
    earlier(paper, paper.frozen.content.replace(WORDS, "Reports were level all spring."))
    actions.return_paper(paper=paper, reason="One word was wrong", by=who.secretary)
    actions.review_paper(paper=fresh(paper), by=who.secretary)
    actions.submit_paper(paper=fresh(paper), by=who.secretary)
    _, text = page(client, "paper-signoff", user=who.commissioner)
    assert "What changed since version 1" in text
    assert "0 parts of the paper differ; 3 are word for word the same." in text


def earlier(paper, content):
    """Quarter one's paper as it was published, with this content."""
    quarter = QuarterFactory(period=QuarterPeriodFactory(start=QUARTER_ONE[0], end=QUARTER_ONE[1]))
    item = paper.agenda_item.meeting.items.create(position=20, title="Earlier")
    held = Paper.objects.create(quarter=quarter, agenda_item=item, title="Performance report, quarter one")
    frozen = paper.frozen
    one = FrozenPaper.objects.create(
        paper=held,
        number=1,
        content=content,
        sha256=canonical.sha256_of(content),
        template_version=1,
        submitted_by=frozen.submitted_by,
        submitted_at=frozen.submitted_at,
    )
    facts = {"published_on": dt.date(2019, 9, 4), "place": "Page", "published_by": frozen.submitted_by}
    Publication.objects.create(frozen_paper=one, published_at=frozen.submitted_at, **facts)


def test_workspace_is_put_together_again_as_soon_as_anything_is_written(client, who):
    part = f"priority-{draft_paper().deep_dive.number}"
    assert WORDS in page(client, "paper-detail", user=who.secretary, part=part)[1]
    Commentary.objects.update(text="<p>Reports fell all summer.</p>")
    text = page(client, "paper-detail", part=part)[1]
    assert ("Reports fell all summer." in text, WORDS in text) == (True, False)


def test_the_whole_draft_is_one_page_as_well_made_as_any(client, who):
    draft_paper(with_figures=True)
    client.force_login(who.secretary)
    text = client.get(reverse("paper-detail", args=[CODE]), {"part": "whole"}).content.decode()
    for said in ("<strong>The whole paper</strong>", 'id="contents"', "What the quarter brought.", WORDS, "Appendix A"):
        assert said in text
    assert (text.count('class="paper-figure"'), "Not yet signed" in text) == (2, True)
    assert Page(text).problems() == []


def test_charts_drawn_before_are_shown_until_a_figure_changes(client, who):
    draft_paper(with_figures=True)
    with CaptureQueriesContext(connection) as asked_first:
        before = page(client, "paper-detail", user=who.secretary, part="whole")[1]
    Commentary.objects.update(did="<p>I wrote to the force.</p>")
    with CaptureQueriesContext(connection) as asked_again:
        after = page(client, "paper-detail", part="whole")[1]
    assert ("I wrote to the force." in before, "I wrote to the force." in after) == (False, True)
    assert (len(asked_first), len(asked_again)) == (99, 62)  # the figures of the charts are not read again
    give(Series.objects.get(measure__slug="burglary"), [54_321.0])
    assert ("54,321" in after, "54,321" in page(client, "paper-detail", part="whole")[1]) == (False, True)


def test_signing_page_is_for_signatories_and_for_submitted_papers(client, who):
    ready_paper(who)
    assert page(client, "paper-signoff", user=who.secretary)[0] == 403
    client.force_login(who.commissioner)
    assert client.get(reverse("paper-signoff", args=[CODE])).url == reverse("paper-detail", args=[CODE])


def test_twin_is_not_there_for_the_public_until_it_is_published(client, who):
    paper = signed_paper(who)
    assert page(client, "paper-read")[0] == 404
    assert page(client, "paper-content")[0] == 404
    assert page(client, "paper-file")[0] == 404
    assert page(client, "paper-read", user=who.panel)[0] == 404
    status, text = page(client, "paper-read", user=who.auditor)
    assert (status, "This version is not published" in text) == (200, True)
    client.logout()
    with_files(paper)
    actions.publish_paper(paper=paper, published_on=dt.date(2019, 12, 3), place="Page", by=who.secretary)
    status, text = page(client, "paper-read")
    assert (status, "This version is not published" in text) == (200, False)
    assert b"".join(client.get(reverse("paper-file", args=[CODE])).streaming_content).startswith(b"%PDF-1.7 public")


def test_twin_numbers_paragraphs_links_figures_and_lists_notes(client, who):
    paper = published_paper(who, with_figures=True)
    content = canonical.from_json(paper.frozen.content)
    text = page(client, "paper-read")[1]
    pid = content.priorities[0].sections[0].measures[0].text[0].pid
    assert f'<p class="para para--numbered" id="p-{pid}"><span class="para__number">1.</span> Reports rose' in text
    assert '<a id="note-call-1" href="#note-1" aria-label="Note 1">1</a>' in text
    assert '<li id="note-1">Counted by the day of the report.' in text
    assert "Figure 1</a>: Burglary by month, to September 2019" in text
    assert "Show these figures as a table" in text


def test_what_is_marked_is_not_in_any_public_form(client, who):
    published_paper(who, with_figures=True)
    status, text = page(client, "paper-read")
    assert (status, "This chart is marked OFFICIAL-SENSITIVE" in text, "Peer A" in text) == (200, True, False)
    assert "Peer A" not in page(client, "paper-content")[1]
    assert page(client, "paper-read", build="restricted")[0] == 404
    assert page(client, "paper-file", user=who.panel, build="restricted")[0] == 404
    assert page(client, "paper-read", user=who.staff, build="restricted")[0] == 404
    status, text = page(client, "paper-read", user=who.commissioner, build="restricted")
    assert (status, "Peer A" in text) == (200, True)
    assert [(one.actor_name, one.how) for one in ReadEvent.objects.all()] == [("Commissioner", "read")]


def test_content_says_its_own_hash_and_that_which_was_signed(client, who):
    paper = published_paper(who, with_figures=True)
    response = client.get(reverse("paper-content", args=[CODE]))
    said = response.content.decode()
    assert response["X-Content-SHA256"] == canonical.sha256_of(said)
    assert response["X-Signed-SHA256"] == paper.frozen.sha256
    client.force_login(who.auditor)
    whole = client.get(reverse("paper-content", args=[CODE]), {"build": "restricted"})
    assert (whole.content.decode(), whole["X-Content-SHA256"]) == (paper.frozen.content, paper.frozen.sha256)


def test_a_withdrawn_paper_shows_its_notice_to_the_public_and_itself_to_insiders(client, who):
    paper = published_paper(who)
    actions.withdraw_paper(paper=paper, notice="The wrong month was used.", by=who.secretary)
    status, text = page(client, "paper-read")
    assert (status, "The wrong month was used." in text, "Reports rose" in text) == (410, True, False)
    assert page(client, "paper-content")[0] == 404
    assert page(client, "paper-file")[0] == 404
    status, text = page(client, "paper-read", user=who.auditor)
    assert (status, "The wrong month was used." in text, "Reports rose" in text) == (200, True, True)


def test_a_corrected_paper_leads_from_the_old_version_to_the_new(client, who):
    paper = published_paper(who)
    actions.return_paper(paper=paper, reason="One caption was wrong", by=who.secretary)
    assert page(client, "paper-read")[0] == 200
    actions.review_paper(paper=fresh(paper), by=who.secretary)
    actions.submit_paper(paper=fresh(paper), by=who.secretary)
    actions.sign_paper(paper=fresh(paper), sha256=fresh(paper).frozen.sha256, by=who.commissioner)
    with_files(fresh(paper))
    actions.publish_paper(paper=fresh(paper), published_on=dt.date(2019, 12, 3), place="Page", by=who.secretary)
    assert "Version 2, a correction.</strong> One caption was wrong" in page(client, "paper-read")[1]
    status, text = page(client, "paper-read", version=1)
    assert (status, "There is a later version" in text) == (200, True)
    assert page(client, "paper-read", version=3)[0] == 404
    assert page(client, "paper-read", version="x")[0] == 404


def test_nobody_outside_knows_of_a_quarter_that_is_not_there(client, who):
    assert client.get(reverse("paper-read", args=["2031-32-q1"])).status_code == 404
    assert client.get(reverse("paper-read", args=["nonsense"])).status_code == 404
    QuarterFactory(period=QuarterPeriodFactory(start=QUARTER_ONE[0], end=QUARTER_ONE[1]))
    assert client.get(reverse("paper-read", args=["2019-20-q1"])).status_code == 404


def test_preview_is_asked_for_and_then_there(client, who):
    paper = draft_paper()
    assert page(client, "paper-preview", user=who.secretary)[0] == 404
    response = client.post(reverse("paper-preview", args=[CODE]))
    job = Job.objects.get()
    assert (job.kind, job.arguments) == ("papers.preview", [paper.pk])
    assert response.url == reverse("job-detail", args=[job.pk])


def test_introduction_page_saves_and_refuses_the_authors_approval(client, who):
    paper = draft_paper()
    client.force_login(who.staff)
    form = {"version": paper.version, "introduction": "<p>New words.</p>", "deep_dive": ""}
    assert client.post(reverse("introduction-edit", args=[CODE]), form).status_code == 302
    status, text = page(client, "introduction-edit")
    assert (status, "You wrote part of this introduction" in text) == (200, True)
    client.post(reverse("introduction-approve", args=[CODE]))
    assert fresh(paper).introduction_approved_by is None
    stale = client.post(reverse("introduction-edit", args=[CODE]), form | {"introduction": "<p>Older words.</p>"})
    assert (stale.status_code, "Older" in stale.content.decode()) == (409, True)


def test_a_topic_says_under_which_criteria_it_is_raised(client, who):
    paper = draft_paper()
    client.force_login(who.staff)
    form = {"version": 0, "title": "Knife crime", "text": "<p>Rising.</p>"}
    refused = client.post(reverse("topic-create", args=[CODE]), form)
    assert (refused.status_code, "Tick at least one reason" in refused.content.decode()) == (422, True)
    client.post(reverse("topic-create", args=[CODE]), form | {"criteria": ["b", "a"]})
    topic = paper.topics.get(title="Knife crime")
    assert (topic.position, topic.criteria) == (2, ["a", "b"])
    client.post(reverse("topic-edit", args=[CODE, topic.pk]), form | {"title": "Knives", "criteria": ["c"]})
    client.post(reverse("topic-remove", args=[CODE, paper.topics.get(title="More officers").pk]))
    assert list(paper.topics.values_list("position", "title", "criteria")) == [(1, "Knives", ["c"])]


def test_two_who_change_one_topic_lose_nothing(client, who):
    topic = draft_paper().topics.get(title="More officers")
    client.force_login(who.staff)
    form = {"version": 0, "title": "More officers", "criteria": ["a"]}
    address = reverse("topic-edit", args=[CODE, topic.pk])
    assert client.post(address, form | {"text": "<p>Twelve more.</p>"}).status_code == 302
    late = client.post(address, form | {"text": "<p>Forty fewer.</p>"})
    told = late.content.decode()
    assert (late.status_code, "Twelve more" in told, "Forty fewer" in told) == (409, True, True)
    topic.refresh_from_db()
    assert (topic.version, "Twelve more" in topic.text) == (1, True)
    again = {"version": 1, "text": "<p>Twelve more, forty fewer.</p>"}
    assert client.post(address, form | again).status_code == 302
    topic.refresh_from_db()
    assert "forty fewer" in topic.text


def test_api_gives_published_papers_to_readers_and_all_to_those_who_make_them(client, who):
    submitted_paper(who)
    papers = reverse("api-paper-list")
    assert client.get(papers).status_code in (401, 403)
    client.force_login(who.panel)
    assert client.get(papers).json()["results"] == []
    assert client.get(reverse("api-paper-detail", args=[CODE])).status_code == 404
    client.force_login(who.auditor)
    (row,) = client.get(papers).json()["results"]
    assert (row["code"], row["agenda_item"], len(row["versions"])) == (CODE, 7, 1)


def test_api_content_is_the_public_content_with_both_hashes(client, who):
    paper = published_paper(who, with_figures=True)
    client.force_login(who.panel)
    answer = client.get(reverse("api-paper-content", args=[CODE, 1])).json()
    assert answer["signed_sha256"] == paper.frozen.sha256
    assert "Peer A" not in json.dumps(answer)
    assert answer["content"]["cover"]["agenda_item"] == 7
    assert client.get(reverse("api-paper-content", args=[CODE, 2])).status_code == 404


WRONG = "Thefts fell from 4,382 to 3,026, a reduction of 39.0 per cent."
FOUND = "“39.0 per cent”. From 4,382 to 3,026 is 30.9 per cent. Better: 30.9 per cent."


def test_what_cannot_be_right_is_shown_beside_the_draft_with_the_page_that_mends_it(client, who):
    ready_paper(who)
    assert (
        "The checker found no figure, period or claim that contradicts another."
        in page(client, "paper-detail", user=who.secretary)[1]
    )
    Commentary.objects.filter(measure__slug="burglary").update(text=f"<p>{WRONG}</p>")
    _, text = page(client, "paper-detail")
    assert f'<a href="/commentary/{CODE}/burglary/">Paragraph 1: {FOUND}</a>' in text


NOT_OVER = "In the 12 months to September 2021 there were 5 burglaries."


def test_whoever_signs_is_told_what_cannot_be_right(client, who):
    paper = ready_paper(who)
    Commentary.objects.filter(measure__slug="burglary").update(text=f"<p>{NOT_OVER}</p>")
    actions.submit_paper(paper=paper, by=who.secretary)
    _, text = page(client, "paper-signoff", user=who.commissioner)
    assert "“12 months to September 2021”. The paper&#x27;s figures end in September 2019." in text
