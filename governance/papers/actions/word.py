"""The template that the Word files of papers are written in."""

from core.accounts.clock import now
from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from core.documents.models import StoredFile
from governance.papers.models import WordTemplate


@action
def choose_template(*, file: StoredFile | None, by: User) -> WordTemplate:
    """Take a file's styles for the Word files made from now on; without one, the plain look. Made files stay."""
    if file is None and WordTemplate.objects.in_use() is None:
        raise MoveRefused("There is no template to give up. Nothing was changed.")
    return WordTemplate.objects.create(file=file, chosen_by=by, chosen_at=now())
