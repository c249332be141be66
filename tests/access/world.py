"""A small office in which one person, `me`, meets one of everything: their own, somebody else's, and what is restricted."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

from django.utils import timezone

from core.accounts.models import AccessReview, EmergencyAccess, Person, RoleAssignment, User
from core.accounts.permissions import Role
from core.audit.models import AuditEvent, Redaction
from core.documents.actions import save_draft, store_file
from core.jobs.models import Job
from deepdive.models import ActionUpdate
from desk.actions import write_mail
from desk.models import Mail, Sample, SampleItem, SavedSearch
from desk.searching import index
from governance.boards import decision_content, minutes_content
from governance.boards import reading as boards
from governance.boards.models import (
    AgendaItem,
    BoardAction,
    Citation,
    Decision,
    DecisionFile,
    DecisionNotice,
    DecisionVersion,
    Declaration,
    ItemPaper,
    LogFile,
    Meeting,
    MinutesFile,
    MinutesPublication,
    MinutesVersion,
    Question,
    StandingItem,
)
from governance.papers import assembly, checked
from governance.papers.actions.findings import dismiss_finding
from governance.papers.actions.margin import comment_in_margin
from governance.papers.content import canonical
from governance.papers.content.shapes import BoundFigure
from governance.papers.known import known_of
from governance.papers.models import (
    Commentary,
    FrozenFile,
    FrozenPaper,
    GlossaryTerm,
    Pack,
    PackFile,
    Paper,
    Preview,
    Publication,
    Quotation,
    Signature,
    SignificantTopic,
    Withdrawal,
    WordTemplate,
)
from measures import actions as imports
from measures import recompute
from measures.models import (
    Area,
    CurrentValue,
    DataNote,
    Embargo,
    ImportBatch,
    PeerGroup,
    PeerVerdict,
    PhaseChange,
    Projection,
    TrendSignal,
)
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.boards import (
    AgendaItemFactory,
    AssuranceFactory,
    AttendanceFactory,
    BoardActionFactory,
    BoardFactory,
    CommitmentFactory,
    DecisionFactory,
    DeliveryLinkFactory,
    MeetingFactory,
    MeetingSeriesFactory,
    MembershipFactory,
    MinuteCommentFactory,
    MinuteFactory,
    QuestionFactory,
)
from tests.factories.content import small_paper
from tests.factories.deepdive import ActionUpdateFactory, DeliveryActionFactory, MilestoneFactory
from tests.factories.measures import (
    SEPTEMBER,
    AreaFactory,
    BatchFactory,
    MeasureFactory,
    SeriesFactory,
    give,
    peers_of,
    steady,
)
from tests.factories.papers import CommentaryFactory, PanelFactory, QuarterFactory
from tests.factories.plans import QuarterPeriodFactory

TODAY = dt.date(2019, 12, 2)
PASSWORD = "a long password of the trial"
FILE = b"Month,Measure,Value\n2019-08,Burglary,310\n2019-09,Burglary,320\n"
CANNOT_BE = "Of 6 appeals, 3 (33 per cent) were upheld."
LET_STAND = "The number of appeals fell from 10 to 12."
SECRET = "Tender of Bidder X"  # stands in what is exempt, and nowhere else
UNSEEN = "Nobody outside has read this"  # stands in commentary and papers being prepared, and nowhere else
HALF_SAID = "Half said of an action"  # stands in drafts of delivery updates, and nowhere else
SENSITIVE = "burglary-peers is within its usual range"  # stands in what is marked OFFICIAL-SENSITIVE in a paper, and nowhere else
PRINTED = BoundFigure("Burglary", "burglary.quarter", "308", "308", "count", "quarter two 2019-20", "the sum", ())
QUARTERS = {  # the paper of each quarter, by how far it has come
    "draft": (dt.date(2019, 7, 1), dt.date(2019, 9, 30)),
    "submitted": (dt.date(2019, 4, 1), dt.date(2019, 6, 30)),
    "signed": (dt.date(2019, 1, 1), dt.date(2019, 3, 31)),
    "published": (dt.date(2018, 10, 1), dt.date(2018, 12, 31)),
    "withdrawn": (dt.date(2018, 7, 1), dt.date(2018, 9, 30)),
}


def build(roles: list[str]) -> SimpleNamespace:
    """The whole office; `me` holds these roles."""
    OfficeFactory(is_demo=True, today_override=TODAY)
    world = SimpleNamespace(me=UserFactory(roles=roles, name="Myself"), colleague=UserFactory(name="A colleague"))
    world.me.set_password(PASSWORD)
    world.me.save()
    world.boss = UserFactory(roles=[Role.ADMINISTRATOR], name="Another administrator")
    world.my_person = Person.objects.create(name="Myself", user=world.me)
    world.other_person = Person.objects.create(name="A colleague", user=world.colleague)
    world.role = RoleAssignment.objects.get(user=world.colleague)
    _figures(world)
    _imports(world)
    _delivery(world)
    _boards(world)
    _decisions(world)
    _in_the_room(world)
    _agreed_minutes(world)
    _arising(world)
    _papers(world)
    _packs(world)
    _work(world)
    _mails(world)
    _redaction(world)
    facts = {"opened_at": timezone.now(), "opened_on": TODAY, "due": TODAY}
    world.review = AccessReview.objects.create(quarter="2019-Q3", **facts)
    hour = {"began_at": timezone.now(), "until": timezone.now() + dt.timedelta(hours=1)}
    world.emergency = EmergencyAccess.objects.create(user=world.boss, role="staff", reason="Nobody is here", **hour)
    index.rebuild()  # so that what the search hides is there to be found
    return world


def _mails(world: SimpleNamespace) -> None:
    """One whose end nobody knows, and one to `me`."""
    facts = {"kind": "digest", "key": "2019-12-02", "subject": "3 things wait for you", "text": "Good morning."}
    world.mail, world.my_mail = (
        write_mail(user=user, goes_out=False, by=None, **facts) for user in (world.colleague, world.me)
    )
    Mail.objects.filter(pk=world.mail.pk).update(state="uncertain", claim="x", claimed_at=timezone.now())


def _redaction(world: SimpleNamespace) -> None:
    """Asked for by somebody else, of a change that all who see measures see."""
    event = AuditEvent.objects.for_object("measures_measure", world.measure.pk).first()
    facts = {"events": [event.pk], "basis": "Article 17", "reason": "A name", "asked_at": timezone.now()}
    world.redaction = Redaction.objects.create(asked_by=world.colleague, **facts)
    about = {"title": "Measures", "objective": "Is each change reasoned?", "query": "", "population": 1}
    world.sample = Sample.objects.create(
        method="targeted", last_event=event.pk, drawn_by=world.colleague, drawn_at=timezone.now(), **about
    )
    tested = {"test": "Read", "tested_by": world.colleague, "tested_at": timezone.now(), "due": TODAY}
    found = {"result": "finding", "finding": "No reason was given."}
    items = ((1, event.pk, world.colleague), (2, event.pk + 1, world.me))
    world.other_finding, world.my_finding = (
        SampleItem.objects.create(sample=world.sample, position=place, event=number, owner=owner, **tested, **found)
        for place, number, owner in items
    )
    world.search, world.my_search = (
        SavedSearch.objects.create(user=user, name="Mine", made_at=timezone.now())
        for user in (world.colleague, world.me)
    )


def _figures(world: SimpleNamespace) -> None:
    world.measure = MeasureFactory(slug="burglary", name="Burglary")
    series = SeriesFactory(measure=world.measure, area=AreaFactory())
    give(series, steady(24))
    recompute.recompute_all()
    world.signal = TrendSignal.objects.filter(series=series).first()
    world.observation = CurrentValue.objects.filter(series=series).latest("month").observation
    world.projection = Projection.objects.get(series=series)
    world.own_force, world.region = series.area, Area.objects.create(name="West", slug="west", kind=Area.Kind.REGION)
    peers_of(world.own_force, count=4)
    world.peer_group = PeerGroup.objects.get()
    world.verdict = PeerVerdict.objects.create(
        series=series, ruleset=world.signal.ruleset, as_of=SEPTEMBER - 60, state="upper", statistics={"mean": 61.2}
    )
    world.note = DataNote.objects.create(title="Outage", text="Kept on paper.", starts=dt.date(2019, 7, 1))
    world.note.measures.add(world.measure)
    world.embargo = Embargo.objects.create(
        measure=world.measure,
        first_month=dt.date(2030, 1, 1),
        last_month=dt.date(2030, 1, 31),
        until=dt.datetime(2090, 1, 1, 9, 30, tzinfo=dt.UTC),
        reason="National release",
        set_by=world.colleague,
        set_at=timezone.now(),
    )
    facts = {"measure": world.measure, "reason": "A new system"}
    for name, who, month in (("my", world.me, 3), ("other", world.colleague, 4)):
        phase = PhaseChange.objects.create(month=dt.date(2019, month, 1), proposed_by=who, **facts)
        setattr(world, f"{name}_phase", phase)


def _imports(world: SimpleNamespace) -> None:
    """An analyst's imports, each at another stage."""
    by = UserFactory(roles=[Role.ANALYST], name="An analyst")
    world.uploaded = _uploaded("figures.csv", FILE, by)
    world.refused = _checked(_uploaded("names.csv", FILE.replace(b"Burglary", b"Tea"), by), by)
    world.ready = _checked(_uploaded("ready.csv", FILE + b"2019-07,Burglary,300\n", by), by)
    world.accepted = BatchFactory(created_by=by, accepted_by=by)


def _uploaded(name: str, data: bytes, by: User) -> ImportBatch:
    facts = {"source": "Crime recording system", "as_at": dt.date(2019, 10, 4), "provisional": False}
    batch = imports.upload_file(data=data, name=name, by=by, **facts)
    imports.inspect_file(batch=batch, by=by)
    return ImportBatch.objects.get(pk=batch.pk)


def _checked(batch: ImportBatch, by: User) -> ImportBatch:
    imports.confirm_columns(batch=batch, mapping=batch.mapping, by=by)
    imports.check_file(batch=batch, by=by)
    return ImportBatch.objects.get(pk=batch.pk)


def _approved(row, by: User) -> None:
    type(row).objects.filter(pk=row.pk).update(state="approved", approved_by=by, approved_at=timezone.now())


def _delivery(world: SimpleNamespace) -> None:
    """Two actions, one of them assigned to me, each with updates as far as they come."""
    me, other = world.me, world.colleague
    world.my_action = DeliveryActionFactory(ref="2.01", due=dt.date(2020, 3, 31))
    world.my_action.contributors.add(me)
    world.other_action = DeliveryActionFactory(ref="2.02")
    world.other_action.contributors.add(other)
    quarters = [QuarterPeriodFactory(start=start, end=end) for start, end in QUARTERS.values()]
    for name, action in (("my", world.my_action), ("other", world.other_action)):
        draft = ActionUpdateFactory(action=action, period=quarters[0], text=f"<p>{HALF_SAID} of {name} own</p>")
        review = ActionUpdateFactory(action=action, period=quarters[1], state=ActionUpdate.State.REVIEW)
        done = ActionUpdateFactory(action=action, period=quarters[2])
        for update in (draft, review, done):
            update.authors.add(other)
        _approved(done, world.boss)
        setattr(world, f"{name}_updates", {"draft": draft, "review": review, "approved": done})
        setattr(world, f"{name}_milestone", MilestoneFactory(action=action))
    world.written = ActionUpdateFactory(action=world.my_action, period=quarters[3], state=ActionUpdate.State.REVIEW)
    world.written.authors.add(me)


def _boards(world: SimpleNamespace) -> None:
    """A meeting that was held and one whose minutes are agreed; each has a public and an exempt item."""
    world.board = BoardFactory()
    world.member = MembershipFactory(board=world.board, person=world.other_person)
    world.meeting = MeetingFactory(board=world.board)
    world.agreed = MeetingFactory(board=world.board, date=dt.date(2019, 10, 8))
    world.attendance = AttendanceFactory(meeting=world.meeting, person=world.other_person)
    for meeting, name in ((world.meeting, "open"), (world.agreed, "locked")):
        public = AgendaItemFactory(meeting=meeting)
        exempt = AgendaItemFactory(meeting=meeting, part="exempt", title=SECRET)
        MinuteFactory(item=public)
        MinuteFactory(item=exempt, text=f"<p>{SECRET}</p>")
        DecisionFactory(item=exempt, text=SECRET)
        setattr(world, f"{name}_items", {"public": public, "exempt": exempt})
    world.links = {
        part: DeliveryLinkFactory(action=world.my_action, decision=DecisionFactory(item=world.open_items[part]))
        for part in ("public", "exempt")
    }
    world.circulated, world.sealed = MeetingFactory(date=dt.date(2019, 9, 10)), MeetingFactory(date=dt.date(2019, 9, 3))
    for meeting in (world.circulated, world.sealed):
        MinuteFactory(item=AgendaItemFactory(meeting=meeting))
        MinuteFactory(item=AgendaItemFactory(meeting=meeting, part="exempt", title=SECRET), text=f"<p>{SECRET}</p>")
        AttendanceFactory(meeting=meeting, person=world.my_person)


def _decisions(world: SimpleNamespace) -> None:
    """A decision in each state, of public and of exempt items; and a comment on minutes, answered and not."""
    world.decisions = {"noted": DecisionFactory(item=world.open_items["public"])}
    world.decisions["exempt"] = DecisionFactory(item=world.open_items["exempt"], text=SECRET)
    for state in ("drafted", "approved", "published", "exempt published"):
        part = "exempt" if state.startswith("exempt") else "public"
        full = {"title": SECRET if part == "exempt" else "A title", "reasons": "Because", "is_significant": False}
        decision = DecisionFactory(item=world.open_items[part], state=state.split()[-1], **full)
        world.decisions[state] = decision
        if state != "drafted":
            _approved_decision(world, decision)
    world.settled = MinuteCommentFactory(item=world.circulated.items.first())
    MinuteCommentFactory(item=world.circulated.items.last(), text=SECRET)


def _in_the_room(world: SimpleNamespace) -> None:
    """What draws the agenda up; an interest, a citation and a paper of the exempt item."""
    world.series = MeetingSeriesFactory(board=world.board)
    world.bare = AgendaItemFactory(meeting=world.meeting)
    world.standing = StandingItem.objects.create(board=world.board, title="Minutes of the last meeting")
    said = {"item": world.open_items["exempt"], "by": world.me, "at": timezone.now()}
    world.declared = Declaration.objects.create(person=world.other_person, interest=SECRET, conduct="left", **said)
    place = {"paper": "2018-19-q4", "version": 1, "paragraph": "abc", "address": "/"}
    world.cited = Citation.objects.create(label="Paragraph 1", words=SECRET, **place, **said)
    world.paper_of_item = ItemPaper.objects.create(
        item=world.open_items["exempt"],
        file=store_file(data=SECRET.encode(), name="exempt.txt", by=None),
        name=SECRET,
        received_on="2019-11-01",
        due="2019-11-01",
        by=world.me,
        at=timezone.now(),
    )


def _agreed_minutes(world: SimpleNamespace) -> None:
    """One meeting's minutes go round, those of two are agreed, and of one of them published."""
    Meeting.objects.filter(pk=world.circulated.pk).update(minutes_state="circulated")
    facts = {"minutes_state": "agreed", "agreed_by": world.colleague, "agreed_at": timezone.now()}
    for meeting in (world.agreed, world.sealed):
        Meeting.objects.filter(pk=meeting.pk).update(**facts, presided_by=world.my_person)
        _agreed_version(world, meeting)
    place = {"published_on": TODAY, "place": "Here", "published_by": world.colleague, "published_at": timezone.now()}
    MinutesPublication.objects.create(version=world.agreed.versions.get(), **place)


def _arising(world: SimpleNamespace) -> None:
    """Actions, commitments, questions, assurance and printed logs: mine and another's, public and exempt."""
    items, owners = world.open_items, {"my": world.my_person, "other": world.other_person}
    world.arising = {
        f"{whose} {part}": BoardActionFactory(item=items[part], owner=owner, text=f"{part} matter of {owner.name}")
        for whose, owner in owners.items()
        for part in ("public", "exempt")
    }
    BoardAction.objects.filter(pk=world.arising["other exempt"].pk).update(text=SECRET)
    world.commitments = {
        "own": CommitmentFactory(owner=world.my_person),
        "other's": CommitmentFactory(owner=world.other_person),
    }
    world.questions = {part: QuestionFactory(item=items[part]) for part in ("public", "exempt")}
    Question.objects.filter(pk=world.questions["exempt"].pk).update(text=SECRET)
    world.assurances = {
        part: AssuranceFactory(item=items[part], text=SECRET if part == "exempt" else "Not yet")
        for part in ("public", "exempt")
    }
    world.log_files = {
        whose: LogFile.objects.create(
            log="decisions", asked_by=who, made_at=timezone.now(), file=pdf(f"log of {whose}")
        )
        for whose, who in (("own", world.me), ("other's", world.colleague))
    }
    world.questions["drafted"] = _drafted_question(world, items["public"])
    cancelled = {"cancelled_why": "Snow", "cancelled_at": timezone.now(), "cancelled_by": world.colleague}
    world.off = MeetingFactory(board=PanelFactory(), date=dt.date(2019, 12, 17), **cancelled)
    world.released = AgendaItemFactory(meeting=world.off, part="exempt", title=SECRET, release_on=dt.date(2019, 11, 1))
    world.coming = MeetingFactory(board=PanelFactory(), date=dt.date(2019, 12, 19))


def _drafted_question(world: SimpleNamespace, item: AgendaItem) -> Question:
    answer = {"answer": "They fell again.", "answered_on": TODAY, "answered_by": world.other_person}
    made = QuestionFactory(item=item, state="drafted", **answer)
    made.authors.add(world.colleague)
    return made


def _agreed_version(world: SimpleNamespace, meeting: Meeting) -> None:
    words = minutes_content.content_of(meeting, boards.whole_agenda(meeting), boards.attendances(meeting))
    text = minutes_content.to_text(words)
    version = MinutesVersion.objects.create(
        meeting=meeting,
        number=1,
        content=text,
        sha256=minutes_content.sha256_of(text),
        agreed_at_meeting=world.meeting,
        made_by=world.colleague,
        made_at=timezone.now(),
    )
    for build, data in (("public", b"%PDF-1.7 public"), ("restricted", f"%PDF-1.7 {SECRET}".encode())):
        stored = store_file(data=data + f" of {meeting}".encode(), name=f"{build}.pdf", by=None)
        MinutesFile.objects.create(version=version, build=build, is_signed=False, file=stored, made_at=timezone.now())


def _approved_decision(world: SimpleNamespace, decision: Decision) -> None:
    text = decision_content.to_text(decision_content.content_of(decision))
    facts = {"decision": decision, "number": 1, "decided_on": decision.day, "content": text, "sha256": "0" * 64}
    version = DecisionVersion.objects.create(**facts, approved_by=world.colleague, approved_at=timezone.now())
    if decision.state == "published":
        stored = store_file(data=f"%PDF-1.7 {decision.ref}".encode(), name="notice.pdf", by=None)
        DecisionFile.objects.create(version=version, file=stored, made_at=timezone.now())
        place = {"published_on": TODAY, "place": "Here", "published_by": world.colleague}
        DecisionNotice.objects.create(version=version, published_at=timezone.now(), **place)


def _packs(world: SimpleNamespace) -> None:
    """A pack with an exempt part, one with a paper that is not published, and a paper that is in no pack."""
    whole = {"key": "file:1", "item": 1, "position": 1, "title": "Budget", "name": "Estimates", "exempt": False}
    whole |= {
        "files": {"public": "a" * 64, "restricted": "a" * 64},
        "pages": {"public": 2, "restricted": 2},
        "start": 2,
    }
    exempt = whole | {"key": "file:2", "title": SECRET, "name": SECRET, "exempt": True, "start": 4}
    exempt |= {"files": {"restricted": "b" * 64}, "pages": {"restricted": 2}}
    signed = whole | {"key": f"paper:{world.papers['signed'].versions.get().pk}"}
    world.packs = {}
    for name, meeting, parts in (
        ("of files", world.agreed, [whole, exempt]),
        ("of an unpublished paper", world.circulated, [signed]),
    ):
        facts = {"meeting": meeting, "number": 0, "first_page": 1, "last_page": 5, "parts": parts}
        world.packs[name] = Pack.objects.create(**facts, made_by=world.colleague, made_at=timezone.now())
        for build in ("public", "restricted"):
            stored = store_file(data=b"%PDF-1.7 " + f"{name} {build}".encode(), name="pack.pdf", by=None)
            PackFile.objects.create(pack=world.packs[name], build=build, file=stored, pages=3)
    ItemPaper.objects.create(
        item=AgendaItemFactory(meeting=world.coming),
        file=store_file(data=b"%PDF-1.7 for a pack", name="estimates.pdf", by=None),
        name="Estimates",
        received_on="2019-11-01",
        due="2019-11-01",
        by=world.me,
        at=timezone.now(),
    )


def _papers(world: SimpleNamespace) -> None:
    world.papers, world.quarters = {}, {}
    for place, (name, (start, end)) in enumerate(QUARTERS.items(), 1):
        period = QuarterPeriodFactory(start=start, end=end)
        quarter = QuarterFactory(period=period, meeting=world.coming)
        item = AgendaItem.objects.create(meeting=world.coming, position=place, title=f"Report, {name}")
        words = f"<p data-pid='aaaaaaaa'>{UNSEEN if name in ('draft', 'submitted', 'signed') else 'Out'}</p>"
        if name == "draft":
            words += f"<p data-pid='bbbbbbbb'>{CANNOT_BE}</p><p data-pid='cccccccc'>{LET_STAND}</p>"
        world.quarters[name] = quarter
        world.papers[name] = Paper.objects.create(
            quarter=quarter, agenda_item=item, title=f"Report, {name}", introduction=words
        )
    draft = world.papers["draft"]
    draft.introduction_authors.add(world.colleague)
    world.term = GlossaryTerm.objects.create(term="QQX", expansion="In full", meaning="Plainly.")
    world.topic = SignificantTopic.objects.create(
        paper=draft,
        position=1,
        title="Officers",
        text="<p data-pid='bbbbbbbb'>49. I will report on this in January.</p>",
        criteria=["a"],
    )
    world.finding, stands = checked.findings_of(assembly.assemble(draft).content, known_of(draft.quarter.period))
    world.dismissed = dismiss_finding(paper=draft, finding=stands, reason="As printed", by=world.colleague)
    facts = {"file": pdf("preview"), "pages": 1, "made_at": timezone.now()}
    Preview.objects.create(paper=draft, **facts)
    WordTemplate.objects.create(file=pdf("template"), chosen_by=world.colleague, chosen_at=timezone.now())
    for name in ("submitted", "signed", "published", "withdrawn"):
        _frozen(world, world.papers[name], name)
    _commentaries(world)


def pdf(words: str):
    return store_file(data=b"%PDF-1.7 " + words.encode(), name="paper.pdf", by=None)


def _frozen(world: SimpleNamespace, paper: Paper, name: str) -> None:
    """The submitted version of a paper, and what became of it."""
    by, at = world.colleague, timezone.make_aware(dt.datetime.combine(TODAY, dt.time(9)))
    content = canonical.to_json(replace(small_paper(), figures=(PRINTED,)))
    digest = canonical.sha256_of(content)
    facts = {"content": content, "sha256": digest, "template_version": 1, "submitted_by": by, "submitted_at": at}
    frozen = FrozenPaper.objects.create(paper=paper, number=1, **facts)
    Paper.objects.filter(pk=paper.pk).update(state=name if name != "submitted" else "for_signature", frozen=frozen)
    if name == "submitted":
        return
    Signature.objects.create(frozen_paper=frozen, sha256=digest, signed_by=world.boss, signed_at=at)
    for build in ("public", "restricted"):
        for kind in ("pdf", "docx"):
            file = {"kind": kind, "build": build, "file": pdf(f"{name} {build} {kind}"), "made_at": at}
            FrozenFile.objects.create(frozen_paper=frozen, **file)
    if name == "signed":
        return
    made = Publication.objects.create(
        frozen_paper=frozen, published_on=TODAY, place="The panel's page", published_by=by, published_at=at
    )
    if name == "withdrawn":
        Withdrawal.objects.create(publication=made, notice="A figure was wrong.", withdrawn_by=by, withdrawn_at=at)


def _commentaries(world: SimpleNamespace) -> None:
    """One slot in each state, one of them mine."""
    quarter, other = world.quarters["draft"], world.colleague
    slots = {"draft": "burglary", "review": "robbery", "mine in review": "arson", "approved": "theft"}
    world.slots = slots
    for name, slug in slots.items():
        measure = world.measure if slug == "burglary" else MeasureFactory(slug=slug)
        made = CommentaryFactory(quarter=quarter, measure=measure, text=f"<p>{UNSEEN}</p>", assigned_to=other)
        made.authors.add(world.me if name.startswith("mine") else other)
        if "review" in name:
            Commentary.objects.filter(pk=made.pk).update(state="review")
        if name == "approved":
            _approved(made, world.boss)
        setattr(world, f"commentary_{name.replace(' ', '_')}", made)
    _comments(world)
    _quotations(world)


def _quotations(world: SimpleNamespace) -> None:
    """What people said of a measure, in each state: unchecked words may name somebody, so few read them."""
    facts = {"measure": world.measure, "theme": "Waiting", "speaker": "A victim", "source": "Survey", "dated": TODAY}
    checked_by = {"state": "approved", "approved_by": world.boss, "approved_at": timezone.now()}
    world.quotations = {
        "to be checked": Quotation.objects.create(words="Mrs Unchecked told me nothing.", **facts),
        "mine to be checked": Quotation.objects.create(words="I entered this.", **facts),
        "for everybody": Quotation.objects.create(words="I waited.", may_be_public=True, **facts, **checked_by),
        "restricted": Quotation.objects.create(words="I waited long.", **facts, **checked_by),
        "withdrawn": Quotation.objects.create(words="I take it back.", state="withdrawn", **facts),
    }
    for name, one in world.quotations.items():
        one.authors.add(world.me if name.startswith("mine") else world.colleague)


def _comments(world: SimpleNamespace) -> None:
    """Other words suggested for a paragraph of a commentary, and for one of the introduction."""
    world.pid = "dddddddd"
    words = f"<p data-pid='{world.pid}'>{UNSEEN}</p>"
    Commentary.objects.filter(pk=world.commentary_draft.pk).update(text=words)
    facts = {"text": "Say more.", "replacement": "<p>Other words.</p>", "by": world.boss}
    held = Commentary.objects.get(pk=world.commentary_draft.pk)
    draft = Paper.objects.get(pk=world.papers["draft"].pk)
    world.comment = comment_in_margin(subject=held, place="text", pid=world.pid, **facts)
    world.introduction_comment = comment_in_margin(subject=draft, place="introduction", pid="aaaaaaaa", **facts)


def _work(world: SimpleNamespace) -> None:
    for name, who in (("my", world.me), ("other", world.colleague)):
        job = Job.objects.create(kind="measures.recompute_all", title="A long piece of work", requested_by_id=who.pk)
        setattr(world, f"{name}_job", job)
    save_draft(key="commentary-1", text={"text": "mine"}, by=world.me)
    save_draft(key="commentary-2", text={"text": SECRET}, by=world.colleague)
