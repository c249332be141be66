"""What published papers printed: which observations each cites, and what of a measure's figures stands in which."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from django.core.cache import cache

from governance.papers.models import FrozenPaper

REMEMBERED = 24 * 3600  # seconds; a frozen paper never changes


@dataclass(frozen=True)
class Printed:
    """One published version of a paper, with the observations that each measure's figures in it were made from."""

    frozen: FrozenPaper
    cited: dict[str, frozenset[int]]  # by slug of the measure

    @property
    def name(self) -> str:
        """ "the paper of December 2019"."""
        return f"the paper of {self.frozen.publication.published_on:%B %Y}"

    @property
    def code(self) -> str:
        return self.frozen.paper.code

    def cites_any(self, observations: Collection[int]) -> bool:
        return any(not one.isdisjoint(observations) for one in self.cited.values())


def published_papers() -> list[Printed]:
    """Every published version, newest first, withdrawn ones too: they were printed. One query."""
    papers = (
        FrozenPaper.objects.published()
        .select_related("publication", "paper__quarter__period")
        .order_by("-publication__published_on", "-number")
    )
    return [Printed(one, _cited(one)) for one in papers]


def _cited(frozen: FrozenPaper) -> dict[str, frozenset[int]]:
    key = f"papers.cited:{frozen.sha256}"
    found = cache.get(key)
    if found is None:
        found = {}
        for figure in json.loads(frozen.content).get("figures", []):
            slug = figure["reference"].partition(".")[0]
            found.setdefault(slug, set()).update(figure["observations"])
        cache.set(key, found, REMEMBERED)
    return {slug: frozenset(observations) for slug, observations in found.items()}
