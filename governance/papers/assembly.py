"""A paper put together from what the office holds today: commentary, updates, figures, notes. Only reads."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from django.db.models import Prefetch, Q

from core.accounts.clock import today
from core.accounts.models import Office
from core.documents import richtext
from deepdive.models import ActionUpdate, DeliveryAction
from deepdive.reading import of_measures, times_moved
from governance.boards.models import AgendaItem
from governance.boards.presenters import day_words
from governance.papers import header, quotations
from governance.papers.book import Book
from governance.papers.content import glossary, reading, shapes
from governance.papers.content.numbering import blocks_of, numbered, place_charts
from governance.papers.content.outline import written_out
from governance.papers.drawing import Draw, draw_charts
from governance.papers.header import Found
from governance.papers.live import resolve
from governance.papers.models import Commentary, CoverSheet, GlossaryTerm, Paper, Quotation
from governance.papers.models.outline import newest
from governance.papers.models.paper import CRITERIA
from governance.papers.promises import Told, told
from governance.papers.waiting import Waiting, not_final
from measures.models import DataNote, Measure, Period, Priority
from measures.models.period import month_index, month_start
from measures.quarter_codes import quarter_words
from measures.trends.periods import month_words

NO_OWNER = "no owner recorded"


@dataclass
class Assembled:
    """The content with all its numbers, and what was wrong with the material."""

    content: shapes.Paper
    problems: list[str] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)


@dataclass
class _Material:
    """What the parts are made from, read once."""

    paper: Paper
    book: Book
    commentary: dict[int, Commentary]
    notes: dict[int, list[DataNote]]
    draw: Draw
    quotations: dict[int, list[Quotation]]  # by commentary
    plans: dict[int, list[DeliveryAction]]  # by measure
    found: Found = field(default_factory=Found)

    def text(self, html: str, place: str, *, is_numbered: bool) -> tuple[shapes.Block, ...]:
        live = resolve(html, self.book, place, self.found.figures, self.found.stops)
        seeded = richtext.ensure_ids(live, richtext.pids_from(f"{self.paper.pk} {place}"))
        return blocks_of(seeded, numbered=is_numbered)


def assemble(paper: Paper, *, approved_only: bool = True, draw: Draw = draw_charts) -> Assembled:
    """The whole paper. A preview may also show commentary that nobody has approved yet, and charts drawn before."""
    quarter = paper.quarter
    commentary = Commentary.objects.filter(quarter=quarter).select_related("measure")
    if approved_only:
        commentary = commentary.approved()
    notes = _notes_of(quarter.period)
    by_measure = {one.measure_id: one for one in commentary}
    priorities = list(quarter.plan.priorities.order_by("number"))
    listed = {priority.pk: _headline(priority) for priority in priorities}
    plans = of_measures((one.pk for held in listed.values() for one in held), quarter.period.start)
    said = quotations.of_quarter(paper)
    material = _Material(paper, Book(quarter.period), by_measure, notes, draw, said, plans)
    count = sum(len(one) for one in listed.values())
    scorecard = tuple(
        shapes.ScoreGroup(str(one), tuple(header.score(material.book, m, material.found) for m in listed[one.pk]))
        for one in priorities
    )
    sheet, introduction = _sheet(material), _introduction(material)
    sections = tuple(_priority(material, one, listed[one.pk]) for one in priorities)
    content = shapes.Paper(
        cover=_cover(paper),
        introduction=introduction,
        key=header.key_lines(),
        key_note=header.key_note(count, provisional=material.found.provisional),
        priorities=sections,
        deep_dive=_deep_dive(material, approved_only=approved_only),
        scorecard=scorecard,
        sheet=sheet,
        figures=tuple(material.found.figures),
        **_outline(material),
    )
    terms = GlossaryTerm.objects.as_shapes()
    content = numbered(content, glossary.writer(terms))
    content = replace(content, glossary=glossary.used((words for _, words in reading.texts(content)), terms))
    waiting = not_final(material.book, [one for measures in listed.values() for one in measures])
    return Assembled(content, material.found.problems, material.found.stops, waiting)


def _codes(paper: Paper) -> dict[str, str]:
    """What the codes of standing words mean in this paper."""
    office = Office.objects.first() or Office()
    return {
        "commissioner": office.commissioner_title,
        "quarter": str(paper.quarter.period),
        "meeting": day_words(paper.agenda_item.meeting.date),
        "priority": str(paper.deep_dive or ""),
    }


def access_words(paper: Paper) -> str:
    """Who may read the paper, as its item stands on the agenda."""
    item = paper.agenda_item
    if item.part == AgendaItem.Part.PUBLIC:
        return "Everybody: the item is taken in public."
    said = item.get_exemption_display()
    return f"Exempt under Schedule 12A to the Local Government Act 1972. {said}." + (
        f" {item.exempt_why}" if item.exempt_why else ""
    )


def _sheet(material: _Material) -> shapes.Sheet | None:
    """The cover sheet, its codes written out; nothing where no paper has had one yet."""
    paper = material.paper
    held = CoverSheet.objects.standing(paper)
    if held is None:
        return None
    words = {code: escape(said, quote=False) for code, said in _codes(paper).items()}

    def text(html: str) -> tuple[shapes.Block, ...]:
        return material.text(written_out(html, words), "the cover sheet", is_numbered=False)

    office = Office.objects.first() or Office()
    typed = (text(held.purpose), text(held.recommendations), text(held.implications))
    return shapes.Sheet(office.commissioner_title, access_words(paper), held.contact, *typed)


def _outline(material: _Material) -> dict[str, Any]:
    """The sections of the newest outline, its codes written out for this quarter; nothing where there is none."""
    number, sections = newest()
    if not number:
        return {}
    words = _codes(material.paper)
    parts = []
    for one in sections:
        title = written_out(one.title, words)
        html = written_out(one.text, {code: escape(said, quote=False) for code, said in words.items()})
        parts.append(shapes.Part(one.kind, one.anchor, title, material.text(html, f"“{title}”", is_numbered=False)))
    return {"parts": tuple(parts), "outline": number}


def _headline(priority: Priority) -> list[Measure]:
    held = Measure.objects.headline().filter(plan_measures__priority=priority)
    return list(held.order_by("plan_measures__position"))


def _notes_of(period: Period) -> dict[int, list[DataNote]]:
    """Notes that hold at any time in the two years the quarter is judged against, by measure."""
    since = month_start(period.last_month - 24)
    wanted = DataNote.objects.filter(Q(ends__isnull=True) | Q(ends__gte=since), starts__lte=period.end)
    found: dict[int, list[DataNote]] = {}
    for note in wanted.order_by("starts", "pk").prefetch_related(Prefetch("measures", Measure.objects.only("pk"))):
        for measure in note.measures.all():
            found.setdefault(measure.pk, []).append(note)
    return found


def _cover(paper: Paper) -> shapes.Cover:
    office, period = Office.objects.first() or Office(), paper.quarter.period
    meeting, published = paper.agenda_item.meeting, paper.versions.filter(publication__isnull=False).exists()
    return shapes.Cover(
        title=paper.title,
        office=office.name,
        commissioner=office.commissioner_title,
        plan=paper.quarter.plan.title,
        period=str(period)[:1].upper() + str(period)[1:],
        period_dates=f"{period.start.day} {period.start:%B} to {period.end.day} {period.end:%B %Y}",
        meeting=meeting.board.name,
        meeting_date=f"{meeting.date.day} {meeting.date:%B %Y}",
        agenda_item=paper.agenda_item.position,
        version=paper.versions.count() + 1,
        correction=paper.correction_reason if published else "",
        synthetic=office.is_demo,
        as_at=f"{today().day} {today():%B %Y}",
    )


def _introduction(material: _Material) -> shapes.Introduction:
    paper, office = material.paper, Office.objects.first() or Office()
    topics = tuple(
        shapes.Topic(one.title, tuple(sorted(one.criteria)), material.text(one.text, one.title, is_numbered=False))
        for one in paper.topics.all()
    )
    month = paper.agenda_item.meeting.date
    return shapes.Introduction(
        text=material.text(paper.introduction, "the introduction", is_numbered=False),
        topics=topics,
        criteria=tuple(CRITERIA.items()),
        signed_as=f"{office.commissioner_title}, {office.short_name}"
        if office.short_name
        else office.commissioner_title,
        signed_in=f"{month:%B %Y}",
        promised=tuple(_promised(one) for one in told(paper)),
    )


def _promised(one: Told) -> shapes.Promised:
    held, fate = one.commitment, one.fate
    due = fate.due if fate and fate.due else held.due
    return shapes.Promised(
        sentence=held.sentence,
        paper=quarter_words(held.paper),
        owner=held.owner_as,
        due=f"{due.day} {due:%B %Y}" if due else "",
        fate=str(fate.get_now_display()) if fate else "",
        words=fate.why if fate else "",
    )


def _priority(material: _Material, priority: Priority, measures: list[Measure]) -> shapes.Priority:
    by_slug = {one.slug: one for one in measures}
    sections, done = [], set()
    for measure in measures:
        if measure.slug in done:
            continue
        row = [by_slug[slug] for slug in measure.header.get("measures", [measure.slug]) if slug in by_slug] or [measure]
        done |= {one.slug for one in row}
        sections.append(_section(material, measure, row, by_slug))
    return shapes.Priority(priority.number, priority.title, tuple(sections))


def _section(material: _Material, first: Measure, row: list[Measure], by_slug: dict[str, Measure]) -> shapes.Section:
    shown = header.header_row(material.book, first, by_slug, material.found)
    measures = tuple(_measure(material, one, title=one.short_name if len(row) > 1 else "") for one in row)
    return shapes.Section(first.slug, shown, measures)


def _measure(material: _Material, measure: Measure, *, title: str) -> shapes.Measure:
    charts, problems = material.draw(material.book, measure, material.notes)
    material.found.problems += problems
    written = material.commentary.get(measure.pk)
    place = f"“{measure.short_name}”"
    text = material.text(written.text, place, is_numbered=True) if written else ()
    did = material.text(written.did, f"{place}, what the commissioner did", is_numbered=True) if written else ()
    said = tuple(shapes.DataNote(note.title, note.text, _months(note)) for note in material.notes.get(measure.pk, ()))
    plans = tuple(_planned(one) for one in material.plans.get(measure.pk, ()))
    quoted = quotations.as_blocks(material.quotations.get(written.pk, ())) if written else ()
    return shapes.Measure(measure.slug, title, place_charts(text, tuple(charts)), did, said, quoted, plans)


def _planned(one: DeliveryAction) -> shapes.Planned:
    due = f"{one.due.day} {one.due:%B %Y}" if one.due else ""
    rag, status = one.get_rag_display(), one.get_status_display()
    return shapes.Planned(one.ref, one.statement, one.rag, rag, status, due, times_moved(one.redated))


def _months(note: DataNote) -> str:
    first = month_words(month_index(note.starts))
    last = month_words(month_index(note.ends)) if note.ends else ""
    if not last:
        return f"since {first}"
    return first if first == last else f"{first} to {last}"


def _deep_dive(material: _Material, *, approved_only: bool) -> shapes.DeepDive | None:
    paper = material.paper
    if paper.deep_dive is None:
        return None
    updates = ActionUpdate.objects.of_quarter(paper.quarter.period, paper.deep_dive)
    if approved_only:
        updates = updates.approved()
    plans = sorted({update.action.delivery_plan for update in updates}, key=lambda plan: plan.year)
    groups: dict[str, list[shapes.Update]] = {}
    for update in updates:
        groups.setdefault(str(update.action.objective), []).append(_update(material, update))
    objectives = tuple(shapes.Objective(title, tuple(held)) for title, held in groups.items())
    return shapes.DeepDive(str(plans[-1]) if plans else "Service delivery plan", str(paper.deep_dive), objectives)


def _update(material: _Material, update: ActionUpdate) -> shapes.Update:
    action = update.action
    return shapes.Update(
        ref=action.ref,
        statement=action.statement,
        owner=action.owner_as or NO_OWNER,
        status=update.get_status_display(),
        rag=update.rag,
        rag_words=update.get_rag_display(),
        rag_reason=update.rag_reason,
        due=f"{action.due.day} {action.due:%B %Y}" if action.due else "",
        text=material.text(update.text, f"the update of {action.ref}", is_numbered=False),
    )


def measures_of(content: shapes.Paper) -> Iterable[shapes.Measure]:
    """Every measure in the order of the paper."""
    return (one for priority in content.priorities for section in priority.sections for one in section.measures)
