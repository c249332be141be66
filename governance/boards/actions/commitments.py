"""What a paper promised: taken from its words, and what became of it."""

import datetime as dt
from collections.abc import Iterable

from core.accounts.clock import now, today
from core.accounts.models import Person, User
from core.audit import action
from core.documents.models import StoredFile
from core.documents.versions import Stale, save_if_unchanged
from governance.boards import states
from governance.boards.actions.escalating import escalate_commitment
from governance.boards.models import (
    Board,
    Commitment,
    CommitmentProgress,
    DismissedSuggestion,
    Disposition,
    DispositionFile,
    Escalation,
)
from governance.boards.models.commitment import sentence_key


@action
def make_commitment(
    *,
    paper: str,
    sentence: str,
    kind: str,
    paper_version: int = 1,
    place: str = "",
    paragraph: str = "",
    board: Board | None = None,
    owner: Person | None = None,
    owner_role: str = "",
    deputy: Person | None = None,
    unowned_why: str = "",
    due: dt.date | None = None,
    undated_why: str = "",
    by: User,
) -> Commitment:
    """Hold a sentence of a paper as a promise. The same sentence sent twice is one commitment."""
    states.check_owned_and_dated(owner=owner, deputy=deputy, unowned_why=unowned_why, due=due, undated_why=undated_why)
    facts = {
        "sentence": sentence,
        "kind": kind,
        "paper_version": paper_version,
        "place": place,
        "paragraph": paragraph,
        "made_on": today(),
        "board": board,
        "owner": owner,
        "owner_role": owner_role.strip() if owner else "",
        "deputy": deputy,
        "unowned_why": "" if owner else unowned_why.strip(),
        "due": due,
        "undated_why": "" if due else undated_why.strip(),
    }
    return Commitment.objects.get_or_create(paper=paper, key=sentence_key(sentence), defaults=facts)[0]


@action
def edit_commitment(
    *,
    commitment: Commitment,
    version: int,
    kind: str,
    board: Board | None,
    owner: Person | None,
    owner_role: str,
    deputy: Person | None,
    unowned_why: str,
    undated_why: str,
    by: User,
) -> Commitment:
    """Put right who keeps it and which board hears of it. Its day moves only by being carried on, with a reason."""
    held = Commitment.objects.get(pk=commitment.pk)
    undated_why = "" if held.due else undated_why.strip()
    states.check_owned_and_dated(
        owner=owner, deputy=deputy, unowned_why=unowned_why, due=held.due, undated_why=undated_why
    )
    return save_if_unchanged(
        Commitment,
        commitment.pk,
        version,
        kind=kind,
        board=board,
        owner=owner,
        owner_role=owner_role.strip() if owner else "",
        deputy=deputy,
        unowned_why="" if owner else unowned_why.strip(),
        undated_why=undated_why,
    )


@action
def dispose_commitment(
    *,
    commitment: Commitment,
    version: int,
    to: str,
    why: str,
    due: dt.date | None = None,
    files: Iterable[tuple[StoredFile, str]] = (),
    by: User,
) -> Commitment:
    """Say what became of a commitment: kept, carried on to a new day, or no longer intended; or open it again.

    Carried on for the third time, it is put before the board that hears of it. `files` show it, each with the name it
    was sent by; the same file twice is one.
    """
    held = Commitment.objects.select_for_update(of=("self",)).select_related("owner", "deputy").get(pk=commitment.pk)
    if held.version != version:
        raise Stale(held)
    states.check_disposition(held, to, why=why, due=due, day=today(), by=by)
    is_carried = to == Commitment.Status.CARRIED
    said = Disposition.objects.create(
        commitment=held,
        was=held.status,
        now=to,
        why=why.strip(),
        due_before=held.due,
        due=due if is_carried else None,
        by=by,
        at=now(),
    )
    for file, name in files:
        DispositionFile.objects.get_or_create(disposition=said, file=file, defaults={"name": name})
    if is_carried:
        held.redated += held.due is not None
        held.due, held.undated_why = due, ""
    held.status, held.version = to, held.version + 1
    held.save(update_fields=["status", "due", "undated_why", "redated", "version"])
    if is_carried and held.redated >= states.REDATINGS:
        escalate_commitment(held, Escalation.Kind.REDATED)
    return held


@action
def report_on_commitment(*, commitment: Commitment, text: str, by: User) -> CommitmentProgress:
    """Say how an open commitment is going. What was said before stays, so two who say something lose nothing."""
    held = Commitment.objects.select_for_update(of=("self",)).select_related("owner", "deputy").get(pk=commitment.pk)
    states.check_tells(held, text, by=by)
    return CommitmentProgress.objects.create(commitment=held, text=text.strip(), by=by, at=now())


@action
def dismiss_suggestion(*, sentence: str, paper: str, why: str = "", by: User) -> DismissedSuggestion:
    """Note that a sentence promises nothing, so that it is not put forward again."""
    facts = {"sentence": sentence, "paper": paper, "why": why.strip(), "by": by, "at": now()}
    return DismissedSuggestion.objects.get_or_create(key=sentence_key(sentence), defaults=facts)[0]
