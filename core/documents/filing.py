"""Files that show what was done, on their way in: scanned, kept and told of, the same wherever they are brought."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest

from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.documents.actions import scan_all, store_all

Keep = Callable[..., Any]  # an action that takes `file`, `name` and `by`


def file_all(files: Iterable[UploadedFile], keep: Keep, *, by: User) -> None:
    """Keep what was scanned before, each with the name it was sent by."""
    for stored, name in store_all(files, by=by):
        keep(file=stored, name=name, by=by)


def file_and_tell(request: HttpRequest, files: list[UploadedFile], keep: Keep, told: str) -> None:
    """Scan what was sent and file all of it or nothing; whoever sent it is told `told`, or why nothing was kept."""
    try:
        scan_all(files, by=request.user)  # outside the transaction: what was found stays on the record
        with transaction.atomic():
            file_all(files, keep, by=request.user)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
