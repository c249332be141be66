"""What the sections of a measure's page are made from, each thing read once."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from measures import disclosure, reading
from measures.figures import MeasureFigures, quarter_figures
from measures.models import DataNote, Measure, Observation, PhaseChange
from measures.models.period import month_end
from measures.presenters import marks
from measures.presenters.sources import value_of
from measures.provenance import Source, attributions, attributions_of_measures, provenance
from measures.recompute import QUARTERS_KEPT
from measures.trends.disclosure import RESTRICTED_WORDS
from measures.trends.ruleset import Ruleset

SOURCES_SHOWN, ALL_SOURCES = 15, 1_200  # periods


def quarter_asked(request: HttpRequest) -> tuple[list[reading.QuarterChoice], reading.QuarterChoice | None]:
    """The quarters there are, newest first, and the one the address names; the newest for any other."""
    quarters = reading.quarters(QUARTERS_KEPT)
    asked = request.GET.get("quarter", "")
    return quarters, next((one for one in quarters if one.value == asked), quarters[0] if quarters else None)


@dataclass(frozen=True)
class MeasurePage:
    """One measure at one quarter, as one person asked for it."""

    request: HttpRequest
    measure: Measure
    quarter: reading.QuarterChoice
    leaves_office: bool = False  # a file: small numbers are in it only where they are asked for

    @cached_property
    def ruleset(self) -> Ruleset:
        return marks.ruleset_named(self.request.GET.get("rules", ""))

    @cached_property
    def held(self) -> MeasureFigures:
        exact = (
            disclosure.asks_exact(self.request) if self.leaves_office else disclosure.may_see_exact(self.request.user)
        )
        return quarter_figures([self.measure], self.quarter.end, exact=exact)[self.measure.pk]

    @property
    def restricted(self) -> str:
        """The marking the page needs; empty where everything on it may be shown to anybody."""
        return RESTRICTED_WORDS if self.held.is_restricted else ""

    def hidden(self, observation: Observation) -> str:
        """What stands in place of a stored figure of the measure; "" where this reader may see it."""
        held = self.held
        return "" if held.exact else disclosure.words_of_version(held.series, held.cover, observation)

    def version_text(self, observation: Observation) -> str:
        """A stored figure in words, as this reader may see it."""
        return self.hidden(observation) or value_of(self.measure, observation)

    @cached_property
    def notes(self) -> list[DataNote]:
        """What must be said of the data up to the quarter's end."""
        return list(DataNote.objects.filter(measures=self.measure, starts__lte=month_end(self.quarter.end)))

    @cached_property
    def phases(self) -> list[PhaseChange]:
        """The approved changes of counting up to the quarter's end, oldest first."""
        approved = PhaseChange.objects.filter(measure=self.measure, approved_at__isnull=False)
        return list(approved.filter(month__lte=month_end(self.quarter.end)).order_by("month"))

    @property
    def wants_every_source(self) -> bool:
        return self.request.GET.get("figures") == "all"

    @cached_property
    def sources(self) -> list[Source]:
        """The imports behind the latest periods, newest first; all of them when asked for."""
        if self.held.series is None:
            return []
        return provenance(self.held.series, self.held.as_of, ALL_SOURCES if self.wants_every_source else SOURCES_SHOWN)

    @cached_property
    def attributions(self) -> list[str]:
        """What the publishers of the measure's figures ask to be said beside them."""
        return attributions([self.held.series.pk]) if self.held.series else []

    @cached_property
    def peer_attributions(self) -> list[str]:
        """The same of every force's figures, for the chart of similar forces."""
        compared = self.held.peer_measure
        return attributions_of_measures([compared]) if compared else []

    @cached_property
    def as_at(self) -> str:
        """The day of the newest figure shown, in words; empty while there is none."""
        day = max((one.observation.batch.as_at for one in self.sources), default=None)
        return f"{day.day} {day:%B %Y}" if day else ""
