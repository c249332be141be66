"""How figures are written in templates."""

from django import template

register = template.Library()


@register.filter
def thousands(number: int | None) -> str:
    """12345 -> "12,345"; nothing for nothing."""
    return "" if number is None else f"{number:,}"
