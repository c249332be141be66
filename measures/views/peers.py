"""Who the own force is compared with: its most similar groups by date, and the forces of its region."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.accounts.access import requires
from core.accounts.clock import today
from core.accounts.permissions import Permission
from measures import actions
from measures.forms.peers import DropForm, PeerGroupForm, RegionForm
from measures.models import Area, PeerGroup
from measures.presenters.peer_groups import group_rows


@requires(Permission.MEASURE_VIEW)
@require_GET
def peer_groups(request: HttpRequest) -> HttpResponse:
    own = Area.objects.filter(is_own=True).select_related("region").first()
    held = own.peer_groups.order_by("-valid_from").prefetch_related("members__area") if own else []
    context = {
        "own": own,
        "groups": group_rows(list(held), today()),
        "region_forces": own.region.forces.order_by("name") if own and own.region else [],
        "may_set": request.user.has(Permission.OBSERVATION_IMPORT),
    }
    return render(request, "measures/peer_groups.html", context)


@requires(Permission.OBSERVATION_IMPORT)
def peer_group_create(request: HttpRequest) -> HttpResponse:
    own = get_object_or_404(Area, is_own=True)
    latest = own.peer_groups.order_by("-valid_from").first()
    initial = {"members": list(latest.members.values_list("area_id", flat=True)) if latest else []}
    form = PeerGroupForm(request.POST if request.method == "POST" else None, own=own, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        new = [actions.create_area(name=name, kind=Area.Kind.FORCE, by=request.user) for name in said["names"]]
        actions.create_peer_group(
            area=own,
            members=[*said["members"], *new],
            valid_from=said["valid_from"],
            source=said["source"],
            by=request.user,
        )
        messages.success(request, "The group is recorded. Verdicts from that day on are being worked out anew.")
        return redirect("peer-groups")
    context = {"form": form, "own": own}
    return render(request, "measures/peer_group_form.html", context, status=422 if form.errors else 200)


@requires(Permission.OBSERVATION_IMPORT)
@require_POST
def peer_group_drop(request: HttpRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(PeerGroup, pk=pk)
    form = DropForm(request.POST)
    if form.is_valid():
        actions.drop_peer_group(group=group, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The group is taken back. The history keeps it and the reason.")
    else:
        messages.error(request, "Say why the group is taken back. Nothing was changed.")
    return redirect("peer-groups")


@requires(Permission.OBSERVATION_IMPORT)
def region_edit(request: HttpRequest) -> HttpResponse:
    own = get_object_or_404(Area.objects.select_related("region"), is_own=True)
    region = own.region or Area.objects.filter(kind=Area.Kind.REGION).first()
    initial = {"region": region, "forces": list(region.forces.all()) if region else []}
    form = RegionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_region(by=request.user, **form.cleaned_data)
        messages.success(request, f"The forces of {form.cleaned_data['region']} are recorded.")
        return redirect("peer-groups")
    return render(request, "measures/region_form.html", {"form": form}, status=422 if form.errors else 200)
