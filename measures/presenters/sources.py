"""Where each figure came from, in the office's words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from measures.models import ImportBatch, Measure, Observation
from measures.presenters.values import chart_unit
from measures.provenance import Source


@dataclass(frozen=True)
class SourceRow:
    """One period: its figure, its import, who accepted it and when, and what it was before."""

    period: str
    value: str
    provisional: bool
    origin: str
    who_and_when: str
    import_pk: int
    earlier: list[str]


def source_rows(measure: Measure, sources: list[Source], hidden: Callable[[Observation], str]) -> list[SourceRow]:
    """`hidden` says what stands in place of a figure that the reader may not see, "" where it may be seen."""

    def said(observation: Observation) -> str:
        return hidden(observation) or value_of(measure, observation)

    return [
        SourceRow(
            period=one.period,
            value=said(one.observation),
            provisional=one.observation.provisional,
            origin=_origin(one.observation),
            who_and_when=_accepted(one.observation.batch),
            import_pk=one.observation.batch_id,
            earlier=[_revision(said(earlier), earlier) for earlier in one.earlier],
        )
        for one in sources
    ]


def value_of(measure: Measure, observation: Observation) -> str:
    """The figure as printed, with what it was divided from."""
    unit = chart_unit(measure)
    value, below = observation.value, observation.denominator
    if below is None:
        margin = f" ±{observation.margin:g}" if observation.margin else ""
        return unit.format(value) + margin
    scale = {Measure.Kind.RATIO: 100, Measure.Kind.AUDIT_SAMPLE: 100, Measure.Kind.RATE: 1000}.get(measure.kind, 1)
    parts = "" if measure.kind == Measure.Kind.DURATION else f" ({value:,.0f} of {below:,.0f})"
    return unit.format(scale * value / below) + parts


def _origin(observation: Observation) -> str:
    batch = observation.batch
    if not batch.file_name:
        return f"Entered by hand: {batch.reason}" if batch.reason else "Entered by hand"
    return f"{batch.file_name}, row {observation.row}" if observation.row else batch.file_name


def _accepted(batch: ImportBatch) -> str:
    if batch.accepted_at is None:
        return batch.get_state_display()
    when = timezone.localtime(batch.accepted_at)
    who = f"Accepted by {batch.accepted_by}" if batch.accepted_by else "Accepted"
    return f"{who}, {when.day} {when:%B %Y}; figures as at {batch.as_at.day} {batch.as_at:%B %Y}"


def _revision(value: str, earlier: Observation) -> str:
    batch = earlier.batch
    if batch.state == ImportBatch.State.WITHDRAWN:
        when = timezone.localtime(batch.withdrawn_at) if batch.withdrawn_at else None
        on = f" on {when.day} {when:%B %Y}" if when else ""
        return f"{value}, withdrawn{on}: {batch.withdrawn_why}"
    return f"was {value} in {_origin(earlier)}, as at {batch.as_at.day} {batch.as_at:%B %Y}"
