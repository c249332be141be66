"""What people said, as a paper prints it and as pages show it: by theme, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from core.documents import richtext
from governance.papers.content.shapes import Block
from governance.papers.models import Commentary, Paper, Quotation
from measures.quarter_codes import quarter_words

HEADING = "What people said: "


@dataclass(frozen=True)
class Theme:
    title: str
    quotations: list[Quotation]


def themes(quotations: Iterable[Quotation]) -> list[Theme]:
    """Grouped, themes by the alphabet, in each the newest first."""
    ordered = sorted(quotations, key=lambda one: (one.theme.casefold(), -one.dated.toordinal(), one.pk))
    groups = groupby(ordered, key=lambda one: one.theme.casefold())
    return [Theme(held[0].theme, held) for held in (list(group) for _, group in groups)]


def as_blocks(quotations: Iterable[Quotation]) -> tuple[Block, ...]:
    """A subheading a theme, then its quotations, each with a line that says for whom it speaks and where it was said.

    One that may not be printed in public is marked as any such words are, so that every build does with it as it does
    with those.
    """
    made: list[Block] = []
    for theme in themes(quotations):
        made.append(Block("subheading", "", escape(f"{HEADING}{theme.title}", quote=False)))
        made += [Block("quote", richtext.pids_from(f"quotation {one.pk}")(), _html(one)) for one in theme.quotations]
    return tuple(made)


def _html(one: Quotation) -> str:
    words = escape(f"“{one.words}”", quote=False)
    source = escape(f"{one.speaker}. {one.said_where}.", quote=False)
    if not one.may_be_public:
        words, source = f"<mark>{words}</mark>", f"<mark>{source}</mark>"
    return f'<p>{words}</p><p class="source">{source}</p>'


def of_quarter(paper: Paper) -> dict[int, list[Quotation]]:
    """By commentary, the approved quotations that go with it. One query."""
    found: dict[int, list[Quotation]] = {}
    through = Commentary.quotations.through.objects.filter(
        commentary__quarter=paper.quarter_id, quotation__state=Quotation.State.APPROVED
    )
    for one in through.select_related("quotation"):
        found.setdefault(one.commentary_id, []).append(one.quotation)
    return found


def not_fit(paper: Paper) -> list[tuple[Commentary, Quotation]]:
    """Quotations that a paper's commentary cites and that nobody has approved, or not any more."""
    through = Commentary.quotations.through.objects.filter(commentary__quarter=paper.quarter_id)
    through = through.exclude(quotation__state=Quotation.State.APPROVED).select_related(
        "quotation", "commentary__measure"
    )
    return [(one.commentary, one.quotation) for one in through.order_by("commentary_id", "quotation_id")]


def printed_in(quotations: Sequence[Quotation]) -> dict[int, list[str]]:
    """By quotation, the quarters whose commentary it goes with, in words, oldest first. One query."""
    through = Commentary.quotations.through.objects.filter(quotation__in=[one.pk for one in quotations])
    found: dict[int, list[str]] = {}
    for one in through.select_related("commentary__quarter__period").order_by("commentary__quarter__period__end"):
        found.setdefault(one.quotation_id, []).append(quarter_words(one.commentary.quarter.code))
    return found
