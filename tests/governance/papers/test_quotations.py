"""What people said: entered, checked by another, chosen for a commentary, printed by theme, withdrawn."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from core.audit.models import AuditEvent
from core.documents import scanning
from desk.history.scope import events_seen_by
from governance.papers import completeness, rendering
from governance.papers.actions import papers as paper_actions
from governance.papers.actions.quotations import choose_quotations, move_quotation, save_quotation
from governance.papers.assembly import assemble
from governance.papers.content import canonical, reading
from governance.papers.content.identifying import hints, pieces
from governance.papers.models import Commentary, FrozenPaper, Quotation
from governance.papers.word.paper import word_file
from tests.factories.accounts import OfficeFactory
from tests.factories.measures import MeasureFactory
from tests.factories.paper_making import draft_paper, fresh, ready_paper
from tests.factories.papers import CommentaryFactory
from tests.governance.papers.test_word_file import NOW

HEAD = "Measure,Theme,Words,Who it speaks for,Survey or consultation,When,Kind,Public"
SAID = {
    "theme": "Being kept informed",
    "words": "Nobody rang & I waited.",
    "speaker": "A victim of burglary",
    "kind": "survey",
    "source": "Victim survey, wave 2",
    "dated": dt.date(2019, 9, 12),
    "may_be_public": True,
}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("I rang Sarah on 07700 900123.", [("name or place", "Sarah"), ("telephone number", "07700 900123")]),
        ("sarah was kind", [("name", "sarah")]),
        ("PC Miller came, and she wrote.", [("name", "PC Miller")]),
        ("My name is jo, write to a.b@mail.example", [("name", "My name is jo"), ("e-mail address", "a.b@mail.example")]),
        ("I live at 14 Acacia Avenue, BA1 2AB.", [("address", "14 Acacia Avenue"), ("postcode", "BA1 2AB")]),
        ("I was born on 3 April 1980.", [("day that may be a day of birth", "3 April 1980")]),
        ("dob 03/04/80, ref 54190012345", [("day that may be a day of birth", "03/04/80"), ("number that may be a reference", "54190012345")]),
        ("I'm 43 and drive AB12 CDE", [("age", "I'm 43"), ("vehicle registration", "AB12 CDE")]),
        ("They came on Monday. The call handler told the Police, and I waited until May.", []),
        ("I waited 45 minutes and got a number from the CPS; that was that.", []),
    ],
)  # fmt: skip
def test_words_that_may_tell_who_it_was_are_seen(words, found):
    assert [(one.kind, one.words) for one in hints(words)] == found
    assert "".join(part for part, _ in pieces(words)) == words


def approved(who, measure, **facts) -> Quotation:
    made = save_quotation(held=None, version=0, measure=measure, by=who.staff, **SAID | facts)
    return move_quotation(quotation=made, version=0, to="approved", by=who.analyst)


def cited(who, paper, **facts) -> Quotation:
    """An approved quotation that goes with the commentary of the paper, whose approval stands."""
    commentary = paper.quarter.commentaries.get()
    made = approved(who, commentary.measure, **facts)
    commentary.quotations.add(made)
    return made


def test_who_entered_it_cannot_approve_it_and_who_does_says_it_names_nobody(client, who):
    OfficeFactory()
    measure = MeasureFactory(slug="burglary")
    client.force_login(who.staff)
    typed = SAID | {"version": 0, "measure": measure.pk, "words": "Mr Bloggs rang.", "dated_day": 1, "dated_month": 9}
    client.post(reverse("quotation-create"), typed | {"dated_year": 2019})
    made = Quotation.objects.get()
    approve, page = reverse("quotation-approve", args=[made.pk]), reverse("quotation-detail", args=[made.pk])
    client.post(approve, {"version": 0, "names_nobody": "on"})
    assert Quotation.objects.get().state == "entered"
    client.force_login(who.analyst)
    assert [one.words for one in client.get(page).context["hints"]] == ["Mr Bloggs"]
    assert client.post(approve, {"version": 0}).status_code == 422
    save_quotation(held=made, version=0, measure=measure, by=who.staff, **SAID)  # changed since it was read
    client.post(approve, {"version": 0, "names_nobody": "on"})
    assert Quotation.objects.get().state == "entered"
    client.post(approve, {"version": 1, "names_nobody": "on"})
    held = Quotation.objects.get()
    assert (held.state, held.approved_by, held.words) == ("approved", who.analyst, SAID["words"])


def test_unchecked_words_and_their_history_are_read_by_those_who_check_alone(client, who):
    OfficeFactory()
    made = save_quotation(held=None, version=0, measure=MeasureFactory(), by=who.staff, **SAID)
    for user, status in ((who.analyst, 200), (who.secretary, 404), (who.auditor, 404)):
        client.force_login(user)
        assert client.get(reverse("quotation-detail", args=[made.pk])).status_code == status
        assert (SAID["theme"] in client.get(reverse("quotation-list")).text) is (status == 200)
    told = AuditEvent.objects.filter(table="papers_quotation")
    assert told.count() == 1
    assert (events_seen_by(who.analyst) & told).exists()
    assert not (events_seen_by(who.secretary) & told).exists()


def test_a_sheet_names_every_bad_row_and_keeps_nothing_of_it(client, who):
    OfficeFactory()
    MeasureFactory(slug="burglary", name="Burglary", short_name="Burglary")
    client.force_login(who.staff)
    rows = (
        "Burglary,Calls,“Nobody rang.”,A victim,Victim survey,September 2019,,yes",
        "Arson,Calls,Nobody came.,A victim,Victim survey,September 2019,,",
        "Burglary,,Nobody wrote.,A victim,Victim survey,soon,poll,perhaps",
        "burglary,calls,nobody rang.,A victim,Victim survey,30/09/2019,,",
    )

    def send(*sent: str):
        file = SimpleUploadedFile("said.csv", "\n".join((HEAD, *sent)).encode())
        return client.post(reverse("quotation-import"), {"file": file})

    assert send(rows[0], rows[2]).context["problems"] == [
        "Row 3: “theme” is empty.",
        "Row 3: “soon” cannot be a month or a day: write September 2019 or 30/09/2019.",
        "Row 3: “poll” is neither survey nor consultation.",
        "Row 3: “perhaps” does not say whether it may be printed in public: yes or no.",
    ]
    wrong = send(rows[0], rows[1], rows[3])
    assert wrong.status_code == 422
    assert wrong.context["problems"] == [
        "Row 3: there is no measure “Arson”.",
        "Row 4: these words stand under this theme in row 2 already.",
    ]
    assert Quotation.objects.count() == 0
    looked = send(rows[0])
    assert (looked.status_code, Quotation.objects.count()) == (200, 0)
    client.post(reverse("quotation-import"), {"sheet": looked.context["sheet"]})
    made = Quotation.objects.get()
    assert (made.words, made.state, made.may_be_public) == ("Nobody rang.", "entered", True)
    assert list(made.authors.all()) == [who.staff]
    assert send(rows[0]).context["problems"] == ["Row 2: these words stand under this theme on record already."]


def test_a_sheet_that_the_scanner_has_not_seen_is_not_read(client, who, settings):
    OfficeFactory()
    settings.CLAMAV = "tcp://127.0.0.1:9"  # nobody listens there
    client.force_login(who.staff)
    sent = client.post(reverse("quotation-import"), {"file": SimpleUploadedFile("said.csv", HEAD.encode())})
    assert scanning.is_configured()
    assert "could not be checked for viruses" in sent.context["problems"][0]


def test_the_paper_prints_them_after_the_commentary_by_theme(who):
    paper = draft_paper()
    cited(who, paper)
    cited(who, paper, theme="Arriving", words="They came at once.")
    cited(who, paper, theme="Arriving", words="Hidden words.", may_be_public=False)
    approved(who, paper.quarter.commentaries.get().measure, words="Chosen by nobody.")
    content = assemble(fresh(paper)).content
    (measure,) = reading.measures(content)
    source = '<p class="source">A victim of burglary. Victim survey, wave 2, September 2019.</p>'
    assert [(one.kind, one.html) for one in measure.quotations] == [
        ("subheading", "What people said: Arriving"),
        ("quote", f"<p>“They came at once.”</p>{source}"),
        (
            "quote",
            '<p><mark>“Hidden words.”</mark></p><p class="source"><mark>A victim of burglary. Victim survey, wave 2, '
            "September 2019.</mark></p>",
        ),
        ("subheading", "What people said: Being kept informed"),
        ("quote", f"<p>“Nobody rang &amp; I waited.”</p>{source}"),
    ]
    assert canonical.from_json(canonical.to_json(content)) == content
    public = reading.public(content)
    assert reading.marking(content) == "OFFICIAL-SENSITIVE"
    assert "Hidden words" not in canonical.to_json(public)
    assert "Hidden words" in rendering.print_html(content)
    html = rendering.print_html(public)
    assert html.index("Reports rose in August") < html.index("“They came at once.”") < html.index("I asked for a")
    assert "Hidden words" not in html
    assert "Chosen by nobody" not in html
    document = word_file(public, sha256="ab" * 32, at=NOW)
    assert quoted_in(document) == [
        "“They came at once.”",
        "A victim of burglary. Victim survey, wave 2, September 2019.",
        "“Nobody rang & I waited.”",
        "A victim of burglary. Victim survey, wave 2, September 2019.",
    ]


def quoted_in(document: bytes) -> list[str]:

    return [one.text for one in Document(BytesIO(document)).paragraphs if one.style.name == "Quote"]


def test_a_withdrawn_one_stops_the_draft_and_stays_in_what_was_submitted(client, who):
    paper = ready_paper(who)
    made = cited(who, paper)
    paper_actions.submit_paper(paper=fresh(paper), by=who.secretary)
    client.force_login(who.staff)
    away = {"to": "withdrawn", "version": made.version}
    client.post(reverse("quotation-move", args=[made.pk]), away)
    assert Quotation.objects.get().state == "approved"  # it did not say why
    client.post(reverse("quotation-move", args=[made.pk]), away | {"reason": "They asked us"})
    frozen = canonical.from_json(FrozenPaper.objects.get().content)
    assert "Nobody rang" in canonical.to_json(frozen)
    paper_actions.return_paper(paper=fresh(paper), reason="A word is wrong", by=who.secretary)
    made = assemble(fresh(paper))
    assert "Nobody rang" not in canonical.to_json(made.content)
    name = paper.quarter.commentaries.get().measure.short_name
    (said,) = [one for one in completeness.missing(fresh(paper), made) if "quotation" in one.sentence]
    assert said.sentence == (
        f"The commentary on “{name}” cites a quotation under “Being kept informed” that is withdrawn: choose another."
    )
    assert said.blocks


def test_only_a_draft_takes_them_of_its_own_measure_and_no_choice_is_lost(client, who):
    OfficeFactory()
    commentary = CommentaryFactory()
    mine, theirs = approved(who, commentary.measure), approved(who, commentary.measure, words="They came.")
    unchecked = save_quotation(
        held=None, version=0, measure=commentary.measure, by=who.staff, **SAID | {"words": "No."}
    )
    elsewhere = approved(who, MeasureFactory(slug="other"))
    address = reverse("commentary-quotations", args=[commentary.quarter.code, commentary.measure.slug])
    client.force_login(who.staff)
    for wrong in (unchecked, elsewhere):
        assert client.post(address, {"quotation": [wrong.pk]}).status_code == 422
    choose_quotations(commentary=commentary, standing=[], chosen=[theirs], by=who.analyst)
    stale = client.post(address, {"quotation": [mine.pk]})
    assert (stale.status_code, stale.context["ticked"], stale.context["standing"]) == (409, {mine.pk}, {theirs.pk})
    client.post(address, {"quotation": [mine.pk], "standing": [theirs.pk]})
    assert list(commentary.quotations.all()) == [mine]
    assert who.staff in commentary.authors.all()
    Commentary.objects.update(state="review")
    assert client.post(address, {"standing": [mine.pk]}).status_code == 422
    assert list(commentary.quotations.all()) == [mine]


def test_two_who_change_one_lose_nothing(client, who):
    OfficeFactory()
    made = save_quotation(held=None, version=0, measure=MeasureFactory(), by=who.staff, **SAID)
    client.force_login(who.analyst)
    typed = SAID | {"version": 0, "measure": made.measure_id, "dated_day": 1, "dated_month": 9, "dated_year": 2019}
    address = reverse("quotation-edit", args=[made.pk])
    assert client.post(address, typed | {"words": "First."}).status_code == 302
    assert client.post(address, typed | {"words": "Second."}).status_code == 409
    assert Quotation.objects.get().words == "First."
