"""What a paper promises, and what the papers before it promised: for its page, its opening and its completeness."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from core.documents import richtext
from core.documents.blocks import to_html
from deepdive.models import ActionUpdate
from governance.boards.commitments import Found, find
from governance.boards.models import Commitment, DismissedSuggestion, Disposition
from governance.boards.models.commitment import sentence_key
from governance.papers.content import withholding
from governance.papers.models import FrozenPaper, Paper


@dataclass(frozen=True)
class Suggestion:
    """A sentence of the paper that seems to promise something, and where it stands."""

    found: Found
    place: str
    paragraph: str

    @property
    def key(self) -> str:
        return sentence_key(self.found.sentence)

    @property
    def kind_words(self) -> str:
        return str(Commitment.Kind(self.found.kind).label)


@dataclass(frozen=True)
class Told:
    """A commitment of an earlier paper, and what this paper tells of it; no fate yet stands in its way."""

    commitment: Commitment
    fate: Disposition | None


def _texts(paper: Paper) -> Iterator[tuple[str, str]]:
    """(place, HTML) of everything the paper says, in its order."""
    yield "Introduction", paper.introduction
    for topic in paper.topics.all():
        yield topic.title, topic.text
    written = paper.quarter.commentaries.select_related("measure").order_by("measure__plan_measures__position", "pk")
    for one in written.distinct():
        yield one.measure.short_name, one.text
        yield one.measure.short_name, one.did
    if paper.deep_dive:
        for update in ActionUpdate.objects.of_quarter(paper.quarter.period, paper.deep_dive):
            yield f"Deep dive, {update.action.ref}", update.text


def suggestions(paper: Paper) -> list[Suggestion]:
    """What seems a promise and has been neither held as a commitment nor dismissed."""
    settled = set(Commitment.objects.filter(paper=paper.code).values_list("key", flat=True))
    settled |= set(DismissedSuggestion.objects.values_list("key", flat=True))
    meeting = paper.agenda_item.meeting.date
    found: dict[str, Suggestion] = {}
    for place, html in _texts(paper):
        for block in richtext.parse(withholding.words(html)):  # a promise is told of in public
            words = richtext.plain_text(to_html([block]), notes=False)
            for one in find(words, quarter_end=paper.quarter.period.end, meeting=meeting):
                suggestion = Suggestion(one, place, block.pid)
                if suggestion.key not in settled:
                    found.setdefault(suggestion.key, suggestion)
    return list(found.values())


def _since(paper: Paper) -> dt.datetime | None:
    """When the paper of an earlier quarter was last submitted: what was said of a promise after that is new."""
    earlier = FrozenPaper.objects.filter(paper__quarter__period__end__lt=paper.quarter.period.end)
    latest = earlier.order_by("-paper__quarter__period__end", "-number").values_list("submitted_at", flat=True)
    return latest.first()


def told(paper: Paper) -> list[Told]:
    """What earlier papers promised that is open, or whose fate has been said since the last of them."""
    since = _since(paper)
    fates = Disposition.objects.order_by("at", "pk")
    found = Commitment.objects.before_quarter(paper.code).select_related("owner", "board")
    rows = []
    for one in found.prefetch_related(Prefetch("dispositions", fates)):
        said = [fate for fate in one.dispositions.all() if since is None or fate.at > since]
        fate = said[-1] if said and said[-1].now != Commitment.Status.OPEN else None
        if one.is_open or fate:
            rows.append(Told(one, fate))
    return rows
