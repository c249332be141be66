"""What a councillor needs of the workbench, a sentence each: rank among forces, and where the year is heading."""

from collections.abc import Mapping

from desk.measure_page.page import MeasurePage
from measures import reading, release
from measures.comparing import years_of
from measures.models import Projection
from measures.presenters import measure as shapes
from measures.presenters import outlook
from measures.presenters.workbench import rank_sentence
from measures.trends.projection import LONGEST, VERSION

Shape = Mapping[str, object]


def peers(page: MeasurePage) -> Shape | None:
    """Standing among the most similar forces, and the rank in nation and region."""
    held = page.held
    said = shapes.peers_said(held)
    if not said or held.peer is None or held.peer_measure is None:
        return None
    rank = ""
    if held.peer.state:
        rank = rank_sentence(
            held.peer_measure, years_of(held.peer_measure, held.peer.as_of, exact=held.exact), held.peer.as_of
        )
    return {"peers": said, "rank": rank}


def heading(page: MeasurePage) -> Shape | None:
    """The financial year's outlook of a count, as it was projected from this quarter."""
    held = page.held
    if held.measure.kind not in reading.ADDITIVE or held.series is None:
        return {"outlook": ""} if held.data.kind != "survey" else None
    kept = Projection.objects.filter(series=held.series, as_of=held.as_of, version=VERSION)
    made = next(iter(release.released_signals(kept)), None)
    if not held.exact and held.cover.touches(held.as_of - LONGEST + 1, held.as_of):
        made = None
    return {"outlook": outlook.outlook(held.measure, made) if made else "", "is_projected": True}
