"""For the machine that watches this one: is it alive, and may it serve?"""

from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.audit.install import drift


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers. It asks nothing of the database: a dead database is not mended by restarting us."""
    return JsonResponse({"live": True})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """503 while the database is away or a trigger of the log is not as the models ask: then nothing may be written."""
    try:
        wrong = drift()
    except Error:
        wrong = ["The database does not answer."]
    answer = JsonResponse({"ready": not wrong, "problems": wrong}, status=503 if wrong else 200)
    if wrong:
        answer.headers["Retry-After"] = "30"  # seconds
    return answer


# What the test of who may see which address reads; `core.accounts`, which has the decorator for it, is above this app.
live.access = ready.access = "public"
