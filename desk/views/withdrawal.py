"""What withdrawing an import would change, before it is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.accounts.access import requires
from core.accounts.permissions import Permission
from governance.papers.printed import published_papers
from measures import effects
from measures.forms.imports import WithdrawForm
from measures.models import ImportBatch


@requires(Permission.OBSERVATION_IMPORT)
@require_safe
def import_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(ImportBatch, pk=pk, state=ImportBatch.State.ACCEPTED)
    given = set(batch.observations.values_list("pk", flat=True))
    returned = effects.of_withdrawal(batch)
    context = {
        "batch": batch,
        "returned": returned,
        "restored": sum(one.restored for one in returned),
        "gone": sum(one.gone for one in returned),
        "papers": [one for one in published_papers() if one.cites_any(given)],
        "form": WithdrawForm(),
    }
    return render(request, "desk/import_withdrawal.html", context)
