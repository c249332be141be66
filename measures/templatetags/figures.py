"""How figures are written in templates."""

from django import template

from measures.models import ImportBatch
from measures.presenters.stages import Stage, stage_of

register = template.Library()


@register.filter
def figure(number: float | None) -> str:
    """1138000.0 -> "1,138,000", 12.5 -> "12.5": as it was given; nothing for nothing."""
    return "" if number is None else f"{number:,.12g}"


@register.filter
def thousands(number: int | None) -> str:
    """12345 -> "12,345"; nothing for nothing."""
    return "" if number is None else f"{number:,}"


@register.filter
def import_stage(batch: ImportBatch) -> Stage:
    """How far an import has come, for its tag."""
    return stage_of(batch)
