"""What stands between a paper and its signature, as sentences with the page that mends each."""

from dataclasses import dataclass, replace

from django.db.models import Q
from django.urls import reverse

from core.documents.richtext import word_count
from deepdive.models import ActionUpdate, DeliveryAction
from governance.boards.models import Commitment
from governance.papers import assembly, checked, quotations, unchanged
from governance.papers.content import glossary, reading
from governance.papers.known import known_of
from governance.papers.models import Commentary, CoverSheet, MarginComment, Paper, SignificantTopic
from governance.papers.promises import told
from measures.models import Measure
from measures.quarter_codes import quarter_words


@dataclass(frozen=True)
class Missing:
    """One thing missing. `blocks` is whether the paper cannot be submitted without it."""

    sentence: str
    href: str = ""
    blocks: bool = True


def missing(paper: Paper, assembled: assembly.Assembled) -> list[Missing]:
    """Everything that is missing, what blocks first."""
    found = [
        *_introduction(paper),
        *_sheet(paper),
        *_promises(paper),
        *_commentary(paper),
        *_quotations(paper),
        *_updates(paper),
        *_margin(paper),
        *(Missing(stop) for stop in assembled.stops),
        *(Missing(problem, blocks=False) for problem in assembled.problems),
        *_captions(paper, assembled),
        *_findings(paper, assembled),
        *_abbreviations(assembled),
        *_unchanged(paper),
        *_repeated_updates(paper),
        *(
            Missing(one.sentence, reverse("measure-detail", args=[one.measure.slug]), False)
            for one in assembled.waiting
        ),
    ]
    return sorted(found, key=lambda one: not one.blocks)


def blocking(found: list[Missing]) -> list[Missing]:
    return [one for one in found if one.blocks]


def unlinked(found: list[Missing]) -> list[Missing]:
    """The same for somebody who can mend none of it."""
    return [replace(one, href="") for one in found]


def _introduction(paper: Paper) -> list[Missing]:
    page = reverse("introduction-edit", args=[paper.code])
    if word_count(paper.introduction) == 0:
        return [Missing("The introduction is not written.", page)]
    found = []
    if paper.introduction_approved_at is None:
        found.append(Missing("The introduction is not approved by a second person.", page))
    topics = list(paper.topics.all())
    if not topics:
        found.append(Missing("No significant topic is raised. If there is none, say so.", page, False))
    found += [Missing(f"The topic “{one.title}” says under none of the four criteria.", page) for one in _bare(topics)]
    return found


def _sheet(paper: Paper) -> list[Missing]:
    """Whether the meeting is told what it is asked to do, in words that are of this paper."""
    page, held = reverse("sheet-edit", args=[paper.code]), CoverSheet.objects.standing(paper)
    if held is None:
        return [Missing("There is no cover sheet: what the meeting is asked to do is not said.", page, False)]
    if held.paper_id != paper.pk:
        before = quarter_words(held.paper.code)
        return [Missing(f"The cover sheet is still that of {before}: read it and save it.", page, False)]
    return []


def _bare(topics: list[SignificantTopic]) -> list[SignificantTopic]:
    return [one for one in topics if not one.criteria]


def _promises(paper: Paper) -> list[Missing]:
    """What earlier papers promised and nobody has said the fate of; and what is promised without a day or an owner."""
    found = []
    for one in told(paper):
        if one.fate is None:
            sentence = f"Nobody has said what became of a promise of {quarter_words(one.commitment.paper)}: "
            page = reverse("commitment-detail", args=[one.commitment.pk])
            found.append(Missing(f"{sentence}“{one.commitment}”", page))
    bare = Commitment.objects.filter(paper=paper.code).open().filter(Q(due=None) | Q(owner=None)).count()
    if bare:
        words = "promise of this paper has" if bare == 1 else "promises of this paper have"
        page = reverse("promise-list", args=[paper.code])
        found.append(Missing(f"{bare} {words} no day or no owner.", page, False))
    return found


def _commentary(paper: Paper) -> list[Missing]:
    """A measure whose commentary is not approved, in the order of the plan."""
    quarter = paper.quarter
    states = dict(quarter.commentaries.values_list("measure_id", "state"))
    measures = Measure.objects.headline().filter(plan_measures__priority__plan=quarter.plan)
    found = []
    for one in measures.order_by("plan_measures__priority__number", "plan_measures__position"):
        state = states.get(one.pk)
        if state is None:
            found.append(Missing(f"“{one.short_name}” has no commentary in this quarter."))
        elif state != Commentary.State.APPROVED:
            said = Commentary.State(state).label.lower()
            page = reverse("commentary-detail", args=[paper.code, one.slug])
            found.append(Missing(f"The commentary on “{one.short_name}” is not approved: {said}.", page))
    return found


def _quotations(paper: Paper) -> list[Missing]:
    """What a commentary cites that was withdrawn, or that nobody has found to name nobody. Its words are not told."""
    return [
        Missing(
            f"The commentary on “{commentary.measure.short_name}” cites a quotation under “{one.theme}” that "
            + ("is withdrawn: choose another." if one.state == one.State.WITHDRAWN else "is to be checked anew."),
            reverse("commentary-detail", args=[paper.code, commentary.measure.slug]) + "#quotations",
        )
        for commentary, one in quotations.not_fit(paper)
    ]


def empty_deep_dive(paper: Paper) -> str:
    """A sentence where the delivery plan has no action under the priority of the deep dive; empty where it has."""
    priority = paper.deep_dive
    if priority is None or DeliveryAction.objects.not_carried().filter(objective__priority=priority).exists():
        return ""
    return (
        f"The delivery plan has no action under “{priority}”, so its deep dive would be empty: choose another priority "
        "beside the introduction, or put actions into the plan and ask for their updates."
    )


def _updates(paper: Paper) -> list[Missing]:
    if paper.deep_dive is None:
        page = reverse("introduction-edit", args=[paper.code])
        return [Missing("No priority is chosen for the deep dive.", page, False)]
    updates = list(ActionUpdate.objects.of_quarter(paper.quarter.period, paper.deep_dive))
    if not updates and (empty := empty_deep_dive(paper)):
        return [Missing(empty, reverse("introduction-edit", args=[paper.code]))]
    if not updates:
        return [Missing(f"The deep dive has no delivery updates under “{paper.deep_dive}”.", reverse("delivery-plan"))]
    return [
        Missing(
            f"The delivery update of {one.action.ref} is not approved: {one.get_state_display().lower()}.",
            reverse("delivery-action-detail", args=[one.action_id]),
        )
        for one in updates
        if one.state != ActionUpdate.State.APPROVED
    ]


def _margin(paper: Paper) -> list[Missing]:
    """What is open beside each text: a question somebody asked is answered before the text is signed."""
    found: dict[str, list[MarginComment]] = {}
    held = MarginComment.objects.open().of_paper(paper)
    for one in held.select_related("commentary__measure", "commentary__quarter__period", "paper__quarter__period"):
        found.setdefault(one.get_absolute_url(), []).append(one)
    return [
        Missing(f"A comment beside {said[0].beside} is open.", page)
        if len(said) == 1
        else Missing(f"{len(said)} comments beside {said[0].beside} are open.", page)
        for page, said in found.items()
    ]


def _findings(paper: Paper, assembled: assembly.Assembled) -> list[Missing]:
    """What cannot be right and nobody has let stand."""
    found = [one for one in checked.findings_of(assembled.content, known_of(paper.quarter.period)) if one.is_wrong]
    dismissed = set(paper.dismissed_findings.values_list("key", flat=True)) if found else set()
    count = sum(one.key not in dismissed for one in found)
    if not count:
        return []
    words = (
        "sentence of the paper cannot be right: correct it or say why it"
        if count == 1
        else ("sentences of the paper cannot be right: correct each or say why it")
    )
    return [Missing(f"{count} {words} may stand.", f"{reverse('paper-detail', args=[paper.code])}#findings")]


def _captions(paper: Paper, assembled: assembly.Assembled) -> list[Missing]:
    """Figures that cannot be told apart by what is written under them."""
    seen: dict[str, int] = {}
    found = []
    for measure in assembly.measures_of(assembled.content):
        for part in measure.text:
            if part.kind != "chart":
                continue
            page = reverse("measure-detail", args=[measure.slug])
            if not part.caption.strip():
                found.append(Missing(f"Figure {part.number} has no caption.", page))
            elif part.caption in seen:
                sentence = f"Figures {seen[part.caption]} and {part.number} have the same caption."
                found.append(Missing(sentence, page, False))
            seen.setdefault(part.caption, part.number)
    return found


def _unchanged(paper: Paper) -> list[Missing]:
    """What stands word for word as last quarter, in one line: how many paragraphs of which texts."""
    found = unchanged.of_paper(paper)
    if not found:
        return []
    named = ", ".join(f"{one.name} ({len(one.paragraphs)})" for one in found)
    page = reverse("commentary-list", args=[paper.code])
    return [Missing(f"Paragraphs unchanged word for word since last quarter: {named}.", page, False)]


def _repeated_updates(paper: Paper) -> list[Missing]:
    """Delivery updates that say what was said last time, each with its own page: whoever reviews it reads it again."""
    found = unchanged.of_updates(paper)
    if not found:
        return []
    named = ", ".join(f"{one.name} ({len(one.paragraphs)})" for one in found)
    sentence = f"Delivery updates with paragraphs unchanged word for word since the last: {named}."
    return [Missing(sentence, reverse("delivery-plan"), False)]


def _abbreviations(assembled: assembly.Assembled) -> list[Missing]:
    """Abbreviations that a reader is left alone with, in one line: each may be put into the glossary or written out."""
    content = assembled.content
    found = glossary.unexplained(list(reading.texts(content)), content.glossary)
    if not found:
        return []
    named = ", ".join(f"{word} ({place})" for word, place in found)
    return [Missing(f"Neither in the glossary nor explained in the text: {named}.", reverse("glossary"), False)]
