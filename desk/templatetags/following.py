"""The button by which a thing is followed, on its page."""

from typing import Any

from django import template

from desk.following import KINDS
from desk.models import Following

register = template.Library()


@register.inclusion_tag("desk/_follow.html", takes_context=True)
def follow_button(context: dict[str, Any], kind: str, key: int) -> dict[str, Any]:
    user = context["request"].user
    follows = Following.objects.filter(user=user, kind=kind, key=key).exists()
    return {"kind": kind, "key": key, "follows": follows, "noun": KINDS[kind], "csrf_token": context.get("csrf_token")}
