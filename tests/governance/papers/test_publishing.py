"""Days that a signature, a publication and a withdrawal may bear, and what keeps a signed paper from going out."""

import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from core.accounts.models import Office
from core.accounts.states import MoveRefused
from governance.papers import kept_back
from governance.papers.actions import papers as actions
from governance.papers.content import canonical
from governance.papers.content.shapes import Sheet
from governance.papers.models import Paper, Publication, Signature, Withdrawal
from measures import storing
from measures.models import Embargo, ImportBatch, Measure, Observation
from tests.factories.accounts import UserFactory
from tests.factories.measures import SEPTEMBER, BatchFactory, give
from tests.factories.paper_making import fresh, published_paper, signed_paper, submitted_paper, with_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
CODE = "2019-20-q2"
SIGNED = dt.date(2019, 12, 3)  # the office's day in these tests
ONE = dt.timedelta(days=1)
PASSWORD = "correct horse battery staple"
PLACE = "The panel's page"


def moved_to(day: dt.date) -> None:
    Office.objects.update(today_override=day)


def published(paper: Paper, day: dt.date, who) -> Publication:
    return actions.publish_paper(paper=paper, published_on=day, place=PLACE, by=who.secretary)


@pytest.fixture
def signed(who):
    """Signed on 3 December, the files made; it is 5 December now."""
    paper = signed_paper(who)
    with_files(paper)
    moved_to(SIGNED + 2 * ONE)
    return paper


def test_a_paper_is_published_between_its_signature_and_today(signed, who):
    for day, why in (
        (SIGNED - ONE, "signed on 3 December 2019, so it cannot have been published on 2 December 2019"),
        (dt.date(1, 1, 1), "signed on 3 December 2019, so it cannot have been published on 1 January"),
        (SIGNED + 3 * ONE, "the day cannot be later than today, 5 December 2019"),
        (dt.date.max, "the day cannot be later than today"),
    ):
        with pytest.raises(MoveRefused, match=f"{why}.*Nothing was published"):
            published(signed, day, who)
    assert (fresh(signed).state, Publication.objects.count()) == ("signed", 0)
    assert published(signed, SIGNED, who).published_on == SIGNED


def test_a_paper_may_be_published_today(signed, who):
    assert published(signed, SIGNED + 2 * ONE, who).published_on == SIGNED + 2 * ONE


def test_nothing_offers_to_publish_before_every_pdf_is_there(client, who):
    paper = signed_paper(who, with_figures=True)  # with a chart that is marked, so of two builds
    client.force_login(who.secretary)
    pages = [reverse("paper-detail", args=[CODE]), reverse("paper-publish", args=[CODE])]

    def said(words: str) -> list[bool]:
        return [words in client.get(one).content.decode() for one in pages]

    assert said("The public PDF and the restricted PDF are still being made.") == [True, True]
    with_files(paper, builds=["public"])
    assert said("The restricted PDF is still being made.") == [True, True]
    assert client.get(pages[0]).context["step"].href == ""
    assert 'name="place"' not in client.get(pages[1]).content.decode()
    with pytest.raises(MoveRefused, match="The restricted PDF is still being made"):
        published(paper, SIGNED, who)
    with_files(paper, builds=["restricted"])
    assert said("still being made") == [False, False]
    assert client.get(pages[0]).context["step"].text == "Publish"


def test_the_cover_sheet_of_the_restricted_page_says_that_parts_are_marked(client, who):
    paper = signed_paper(who, with_figures=True)
    client.force_login(who.commissioner)
    read = reverse("paper-read", args=[CODE])
    marked = [client.get(read, {"build": one}).context["marked"] for one in ("public", "restricted")]
    assert marked == [0, 1]
    content = canonical.from_json(paper.frozen.content)
    sheet = Sheet("Commissioner", "Everybody", "The office", (), ())
    said = render_to_string("papers/_sheet.html", {"content": content, "sheet": sheet, "marked": 1})
    assert "1 part of this version is marked. The public version does not have it." in said


def test_a_refused_day_comes_back_with_everything_that_was_typed(client, signed, who):
    typed = {"place": PLACE, "notice": "A paper of the panel."}
    typed |= {"published_on_day": "6", "published_on_month": "12", "published_on_year": "2019"}
    client.force_login(who.secretary)
    response = client.post(reverse("paper-publish", args=[CODE]), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "the day cannot be later than today, 5 December 2019. Nothing was published." in page
    assert [one in page for one in ('value="6"', "The panel&#x27;s page", "A paper of the panel.")] == [True] * 3


def test_nothing_is_signed_before_it_was_submitted_and_the_refusal_loses_nothing(client, who):
    """A demonstration can be set back; then the signature would bear an earlier day than what it signs."""
    paper = submitted_paper(who)
    who.commissioner.set_password(PASSWORD)
    who.commissioner.save()
    moved_to(SIGNED - ONE)
    said = (
        "It was submitted for signature on 3 December 2019, and today is 2 December 2019: it cannot be signed before."
    )
    with pytest.raises(MoveRefused, match=said):
        actions.sign_paper(paper=paper, sha256=paper.frozen.sha256, by=who.commissioner)
    client.force_login(who.commissioner)
    typed = {"sha256": "0" * 64, "password": PASSWORD, "on_behalf_of": "The Commissioner"}
    response = client.post(reverse("paper-signoff", args=[CODE]), typed)
    page = response.content.decode()
    assert (response.status_code, Signature.objects.count()) == (422, 0)
    assert ("Another version has been submitted" in page, PASSWORD in page) == (True, False)
    assert 'value="The Commissioner"' in page
    assert (f'value="{paper.frozen.sha256}"' in page, "0" * 64 in page) == (True, False)  # the one to read now


def test_nothing_is_withdrawn_before_it_was_published_and_the_notice_is_kept(client, who):
    published_paper(who)
    moved_to(SIGNED - ONE)
    client.force_login(who.secretary)
    response = client.post(reverse("paper-withdraw", args=[CODE]), {"notice": "The wrong month."})
    page = response.content.decode()
    assert (response.status_code, Withdrawal.objects.count()) == (422, 0)
    assert ("it cannot be withdrawn before" in page, "The wrong month.</textarea>" in page) == (True, True)


@pytest.fixture
def printed(who):
    """A signed paper with figures, its files made, and the series of its header."""
    paper = signed_paper(who, with_figures=True)
    with_files(paper)
    return paper, paper.quarter.commentaries.get().measure.series.get()


def embargo(**what) -> Embargo:
    until = morning(SIGNED + ONE)
    return Embargo.objects.create(until=until, reason="Release", set_by=UserFactory(), set_at=timezone.now(), **what)


def morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(0, 1)))


def test_a_paper_with_a_figure_under_embargo_is_not_published_before_it_ends(client, printed, who):
    paper, series = printed
    later = {"first_month": dt.date(2019, 10, 1), "last_month": dt.date(2019, 10, 31)}
    embargo(measure=series.measure, **later)
    embargo(batch=BatchFactory())
    assert kept_back.stops(paper.frozen, SIGNED) == []
    peers = Observation.objects.filter(series__measure__slug="burglary-rate", series__area__is_own=False)
    ImportBatch.objects.filter(observations__in=peers).update(accepted_at=morning(SIGNED))
    drawn = embargo(batch=peers.latest("pk").batch)  # a chart alone tells of it, and read it before
    assert len(kept_back.stops(paper.frozen, SIGNED)) == 1
    Measure.objects.filter(slug="burglary").update(charts=[])  # the next paper's layout; this one drew it
    assert len(kept_back.stops(paper.frozen, SIGNED)) == 1
    Embargo.objects.filter(pk=drawn.pk).delete()
    made = embargo(batch=series.observations.latest("period__end").batch)
    said = "Figures of “Burglary” that this version prints are under embargo until 12.01 am on 4 December 2019."
    assert kept_back.stops(paper.frozen, SIGNED)[0].startswith(said)
    with pytest.raises(MoveRefused, match="under embargo until.*Nothing was published; what was signed stays signed"):
        published(paper, SIGNED, who)
    client.force_login(who.secretary)
    assert said in client.get(reverse("paper-publish", args=[CODE])).content.decode()
    moved_to(SIGNED + ONE)
    with pytest.raises(MoveRefused, match="under embargo"):  # nor as of the day before, when it lasted
        published(paper, SIGNED, who)
    assert kept_back.stops(paper.frozen, SIGNED + ONE) == []
    facts = {"until": morning(SIGNED + 30 * ONE), "ended_at": morning(SIGNED), "ended_by": made.set_by}
    Embargo.objects.filter(pk=made.pk).update(**facts)
    assert published(paper, SIGNED, who).published_on == SIGNED


def test_a_withdrawn_import_stops_a_paper_where_the_record_says_otherwise_now(printed, who):
    paper, series = printed
    held = list(series.observations.order_by("period__end"))
    why = {"withdrawn_why": "Wrong file", "withdrawn_by": UserFactory(), "withdrawn_at": timezone.now()}
    ImportBatch.objects.filter(pk=held[0].batch_id).update(state=ImportBatch.State.WITHDRAWN, **why)
    storing.withdraw(held[0].batch)
    (said,) = kept_back.stops(paper.frozen, SIGNED)
    assert said.startswith("Figures of “Burglary” that this version prints are from an import that was withdrawn")
    with pytest.raises(MoveRefused, match="Send the paper back and submit it again"):
        published(paper, SIGNED, who)
    give(series, [float(one.value) for one in held], last=SEPTEMBER)
    assert kept_back.stops(paper.frozen, SIGNED) == []
