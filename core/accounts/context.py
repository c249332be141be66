"""What every page knows: the office and the day it is there."""

from django.http import HttpRequest
from django.utils import timezone

from core.accounts.models import Office


def office(request: HttpRequest) -> dict:
    found = Office.objects.first()
    return {"office": found, "today": found.today if found else timezone.localdate()}
