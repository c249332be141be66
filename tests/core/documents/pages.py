"""A small site for the tests of forms, editor and drafts: one form, kept in memory, within the office's shell."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from core.accounts.access import signed_in
from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from core.documents import actions
from core.documents.forms import OfficeForm, RichTextField, VersionField
from core.documents.models import FileScan
from core.documents.once import once
from core.documents.versions import Stale, conflict_response, save_if_unchanged
from tests.core.documents.trial import Remark
from tests.desk.shell_urls import page

PAGE = """{% extends "base.html" %}{% load documents %}
{% block head %}{% form_media form %}{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">Trial</h1>
{% include "_components/error_summary.html" %}
<form method="post" novalidate>{% csrf_token %}
{% include "documents/_autosave.html" with draft_key="trial-1" version=3 %}
{{ form }}
<button class="govuk-button" type="submit">Save</button>
</form>
{% endblock %}"""
SAVED: list[dict[str, object]] = []
REFUSED: set[str] = set()


class TrialForm(OfficeForm):
    subject = forms.CharField(label="Subject", max_length=80)
    text = RichTextField(label="Commentary", help_text="What changed and why.", figures="/figures/")
    version = VersionField(initial=3)


@signed_in
def trial(request: HttpRequest) -> HttpResponse:
    before = SAVED[-1] if SAVED else {"text": "<p>Recorded crime <strong>rose</strong>.</p>"}
    form = TrialForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        SAVED.append(form.cleaned_data)
        actions.discard_draft(key="trial-1", by=request.user)
        return redirect("home")
    html = engines["django"].from_string(PAGE).render({"form": form}, request)
    return HttpResponse(html, status=422 if form.errors else 200)


class RemarkForm(OfficeForm):
    title = forms.CharField()
    text = RichTextField(label="Commentary", numbered=False)
    version = VersionField()


@signed_in
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes = form.cleaned_data
        try:
            save_if_unchanged(Remark, pk, changes.pop("version"), **changes)
        except Stale as stale:
            return conflict_response(
                request, stale=stale, form=form, fields=["title", "text"], title="The remark", back=request.path
            )
        return redirect("home")
    html = engines["django"].from_string(PAGE).render({"form": form}, request)
    return HttpResponse(html, status=422 if form.errors else 200)


class NoteForm(OfficeForm):
    text = forms.CharField(label="Note")


@action
def keep_note(*, text: str, by: User) -> FileScan:
    """A row for each call; refused after it was written where the note says so."""
    made = actions.record_scan(data=text.encode(), name=text, found="", by=by)
    if text in REFUSED:
        raise MoveRefused("Not now. Nothing was kept.")
    return made


@signed_in
@once
def note(request: HttpRequest) -> HttpResponse:
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = keep_note(text=form.cleaned_data["text"], by=request.user)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("note")
        return redirect(f"{request.path}#n-{made.pk}")
    html = engines["django"].from_string(PAGE).render({"form": form}, request)
    return HttpResponse(html, status=422 if form.errors else 200)


urlpatterns = [
    path("note/", note, name="note"),
    path("", page, name="home"),
    path("trial/", trial, name="trial"),
    path("remark/<int:pk>/", remark, name="remark"),
    path("", include("core.accounts.urls")),
    path("", include("core.documents.urls")),
]
