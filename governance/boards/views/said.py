"""Declarations of interest and citations, noted in the meeting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.once import once
from governance.boards import actions, reading
from governance.boards.forms.said import CitationForm, DeclarationForm
from governance.boards.models import Citation, Declaration
from governance.boards.views.minutes import item_seen, outcome_form, place_of, recorded, refused_under


@requires(Permission.MEETING_RUN)
@once
def declaration_create(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_seen(request, pk)
    form = DeclarationForm(request.POST or None, item=item, auto_id=f"declaration-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.declare_interest(item=item, by=request.user, **form.cleaned_data)
        except MoveRefused as refused:
            return refused_under(request, item, form, refused, kind="declaration")
        return recorded(request, item, f"The interest of {made.person.name} is noted.")
    return outcome_form(request, item, form, kind="declaration")


@requires(Permission.MEETING_RUN)
def citation_create(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_seen(request, pk)
    form = CitationForm(request.POST or None, auto_id=f"citation-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.cite_paragraph(item=item, paragraph=form.cleaned_data["paragraph"], by=request.user)
        except MoveRefused as refused:
            return refused_under(request, item, form, refused, kind="citation")
        return recorded(request, item, f"{made.label} is cited.")
    return outcome_form(request, item, form, kind="citation")


@requires(Permission.MEETING_RUN)
@require_POST
def declaration_drop(request: HttpRequest, pk: int) -> HttpResponse:
    seen = reading.items_seen_by(request.user)
    found = Declaration.objects.select_related("item__meeting__board", "person")
    declaration = get_object_or_404(found, pk=pk, item__in=seen)
    try:
        actions.drop_declaration(declaration=declaration, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The interest of {declaration.person.name} is taken back.")
    return redirect(place_of(declaration.item))


@requires(Permission.MEETING_RUN)
@require_POST
def citation_drop(request: HttpRequest, pk: int) -> HttpResponse:
    seen = reading.items_seen_by(request.user)
    citation = get_object_or_404(Citation.objects.select_related("item__meeting__board"), pk=pk, item__in=seen)
    try:
        actions.drop_citation(citation=citation, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{citation.label} is no longer cited.")
    return redirect(place_of(citation.item))
