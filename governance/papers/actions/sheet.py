"""Writing the cover sheet of a paper. The caller has checked permission."""

from core.accounts.models import User
from core.audit import action
from core.documents.richtext import ensure_ids
from core.documents.versions import Stale, save_if_unchanged
from governance.papers import states
from governance.papers.models import CoverSheet, Paper


@action
def save_sheet(
    *, paper: Paper, version: int, purpose: str, recommendations: str, implications: str, contact: str, by: User
) -> CoverSheet:
    """Keep what is typed. The first save of a paper makes its own sheet, from then on apart from the last paper's."""
    states.check_sheet_open(paper)
    texts = {"purpose": purpose, "recommendations": recommendations, "implications": implications}
    facts = {name: ensure_ids(html) for name, html in texts.items()} | {"contact": contact}
    Paper.objects.select_for_update().get(pk=paper.pk)  # one writer at a time
    held = CoverSheet.objects.filter(paper=paper).first()
    if held is None:
        return CoverSheet.objects.create(paper=paper, version=1, **facts)
    if not version:
        raise Stale(held)
    return save_if_unchanged(CoverSheet, held.pk, version, **facts)
