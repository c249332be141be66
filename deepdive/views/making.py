"""Making a plan: by hand, from a sheet, or out of the one before."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.accounts.access import requires
from core.accounts.permissions import Permission
from core.accounts.states import MoveRefused
from core.documents.actions import scan_upload
from core.documents.versions import Stale, conflict_response
from deepdive import actions, plan_sheet
from deepdive.forms.plan import (
    NewObjectiveForm,
    NewPlanForm,
    ObjectiveForm,
    PlanForm,
    RollOverForm,
    SheetForm,
)
from deepdive.models import DeliveryPlan, Objective
from deepdive.views.finding import plan_of
from measures.definition_sheet import SheetProblems
from measures.models import Plan

SALT = "delivery plan sheet"
LARGEST = 2 * 1024 * 1024  # bytes of a sheet; a plan of a hundred actions is a hundredth of it


def _shown(year: int) -> str:
    return f"{reverse('delivery-plan')}?year={year}"


@requires(Permission.DELIVERY_UPDATE)
def plan_create(request: HttpRequest) -> HttpResponse:
    form = NewPlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.create_delivery_plan(by=request.user, **form.cleaned_data)
        messages.success(request, f"{made} has begun. Add its objectives, or take them over from a spreadsheet.")
        return redirect(_shown(made.year))
    context = {"form": form, "has_plan": Plan.objects.exists()}
    return render(request, "deepdive/plan_new.html", context, status=422 if form.errors else 200)


@requires(Permission.DELIVERY_UPDATE)
def plan_edit(request: HttpRequest, year: int) -> HttpResponse:
    plan = plan_of(year)
    form = PlanForm(request.POST or None, instance=plan)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.edit_delivery_plan(delivery_plan=plan, by=request.user, **form.given)
        except Stale as stale:
            held = {f"turn_{one.quarter}": one.priority for one in stale.current.turns.select_related("priority")}
            turns = [name for name in form.fields if name.startswith("turn_")]
            for name in turns:  # kept beside the plan, and disputed like its own fields
                setattr(stale.current, name, held.get(name))
            fields = ["title", "stale_after", *turns]
            return conflict_response(request, stale=stale, form=form, fields=fields, title=str(plan), back=request.path)
        messages.success(request, f"{saved} is saved.")
        return redirect(_shown(year))
    return render(request, "deepdive/plan_form.html", {"plan": plan, "form": form}, status=422 if form.errors else 200)


@requires(Permission.DELIVERY_UPDATE)
def objective_create(request: HttpRequest, year: int) -> HttpResponse:
    plan = plan_of(year)
    form = NewObjectiveForm(request.POST or None, delivery_plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            actions.create_objective(delivery_plan=plan, by=request.user, **form.cleaned_data)
        except IntegrityError:  # somebody else was quicker
            form.add_error("number", "This number has just been used by somebody else. Take another.")
        else:
            messages.success(request, "The objective is in the plan. Add its actions next.")
            return redirect(_shown(year))
    context = {"plan": plan, "form": form, "title": "Add an objective"}
    return render(request, "deepdive/objective_form.html", context, status=422 if form.errors else 200)


@requires(Permission.DELIVERY_UPDATE)
def objective_edit(request: HttpRequest, pk: int) -> HttpResponse:
    objective = get_object_or_404(Objective.objects.select_related("delivery_plan", "priority"), pk=pk)
    plan = objective.delivery_plan
    form = ObjectiveForm(request.POST or None, instance=objective)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_objective(objective=objective, by=request.user, **form.cleaned_data)
        except Stale as stale:
            return conflict_response(
                request, stale=stale, form=form, fields=["title"], title="The objective", back=request.path
            )
        messages.success(request, "The objective is saved; its words before stand in its history.")
        return redirect(_shown(plan.year))
    context = {"plan": plan, "form": form, "objective": objective, "title": f"Objective {objective.number}"}
    return render(request, "deepdive/objective_form.html", context, status=422 if form.errors else 200)


@requires(Permission.DELIVERY_UPDATE)
def plan_import(request: HttpRequest, year: int) -> HttpResponse:
    """First the file, then what it would add, then the taking over; nothing is kept in between but on the page."""
    plan = plan_of(year)
    form, problems, sheet = SheetForm(), [], ""
    found = None
    if "sheet" in request.POST:
        sheet = request.POST["sheet"]
        try:
            rows = plan_sheet.from_dicts(signing.loads(sheet, salt=SALT))
        except signing.BadSignature:
            problems = ["The sheet did not come back as it was shown. Nothing was added; choose the file again."]
        else:
            found = plan_sheet.matched(rows, plan)
            if not found.problems:
                return _taken_over(request, plan, found)
    elif request.method == "POST":
        form = SheetForm(request.POST, request.FILES)
        if form.is_valid():
            sheet, found, problems = _looked_at(request, form.cleaned_data["file"], plan)
    problems = problems + (found.problems if found else [])
    context = {"plan": plan, "form": form, "found": found, "sheet": sheet, "problems": problems}
    context["columns"] = [(name, name in plan_sheet.NEEDED) for name in plan_sheet.COLUMNS]
    return render(request, "deepdive/plan_import.html", context, status=422 if problems or form.errors else 200)


def _looked_at(request: HttpRequest, file: Any, plan: DeliveryPlan) -> tuple[str, plan_sheet.Matched | None, list[str]]:
    """The sheet as the page keeps it, what it would add, and what is wrong with it."""
    if file.size > LARGEST:
        return "", None, ["The file is larger than 2 MB and cannot be a delivery plan. Nothing was added."]
    try:
        scan_upload(data=file.file, name=file.name, by=request.user)
        rows = plan_sheet.read(file.read())
    except MoveRefused as refused:
        return "", None, [str(refused)]
    except SheetProblems as wrong:
        return "", None, wrong.sentences
    kept = signing.dumps([row.as_dict() for row in rows], salt=SALT, compress=True)
    return kept, plan_sheet.matched(rows, plan), []


def _taken_over(request: HttpRequest, plan: DeliveryPlan, found: plan_sheet.Matched) -> HttpResponse:
    try:
        objectives, made = actions.import_plan(delivery_plan=plan, objectives=found.objectives, by=request.user)
    except IntegrityError:
        messages.error(request, "Somebody else has just used one of these references. Nothing was added; look again.")
        return redirect("delivery-plan-import", plan.year)
    messages.success(request, f"Added from the sheet: {objectives} new objectives and {made} actions.")
    return redirect(_shown(plan.year))


@requires(Permission.DELIVERY_UPDATE)
def plan_roll_over(request: HttpRequest, year: int) -> HttpResponse:
    plan = plan_of(year)
    waiting = list(plan.actions.open().in_order().prefetch_related("agencies", "contributors", "measures"))
    follower = DeliveryPlan.objects.filter(follows=plan).first()
    initial = {
        "plan": plan.plan_id,
        "year": plan.year + 1,
        "title": plan.title.replace(str(plan.year), str(plan.year + 1)),
    }
    form = RollOverForm(request.POST or None, open_actions=waiting, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("plan", "year", "title")}
        try:
            made = actions.roll_over_plan(delivery_plan=plan, chosen=form.chosen, by=request.user, **said)
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("delivery-plan-roll-over", year)
        messages.success(request, f"{made} carries on {plan}. Every action shows the line it comes from.")
        return redirect(_shown(made.year))
    context = {"plan": plan, "form": form, "follower": follower}
    return render(request, "deepdive/plan_roll_over.html", context, status=422 if form.errors else 200)
