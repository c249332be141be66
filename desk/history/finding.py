"""From what is printed on a page to what it is of, and whether that still agrees with the log.

Anybody may ask about a head, a published paper and its files: whoever was handed a copy need not be one of us. Numbers
of changes, and what a head was the seal of, are for those who read the history.
"""

import re
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.accounts.models import User
from core.accounts.permissions import Permission
from core.audit.models import AuditEvent, AuditSeal, Verification
from core.audit.verify import fits, pruned_to
from core.documents.stamp import SHOWN, stamp_of
from desk.history.scope import HISTORY, events_seen_by, may_see_record
from governance.papers.content import canonical
from governance.papers.models import FrozenFile, FrozenPaper, Signature
from governance.papers.models.frozen import FrozenPaperQuerySet
from governance.papers.recompute import signature_line

HEAD = re.compile(r"^(?:log\s*)?(\d{1,9})\s*:\s*([0-9a-f]{8,64})$")
HASH = re.compile(r"^(?:sha-256\s*)?([0-9a-f]{8,64})$")
AT_MOST = 10
Reader = User | AnonymousUser


@dataclass(frozen=True)
class Check:
    """One thing that was looked at just now, in words; and whether it is as it should be."""

    words: str
    holds: bool = True


@dataclass(frozen=True)
class Place:
    """Something that was meant: what it is, where it can be read, and what was checked of it."""

    words: str
    href: str = ""
    checks: tuple[Check, ...] = ()
    links: tuple[tuple[str, str], ...] = ()  # words and address of what more there is

    @property
    def agrees(self) -> bool:
        return all(one.holds for one in self.checks)


def find(text: str, reader: Reader) -> list[Place]:
    asked = " ".join(text.lower().split())
    if found := HEAD.match(asked):
        return _head(int(found[1]), found[2], reader)
    if asked.isdecimal() and len(asked) < 8:
        return _change(int(asked), reader)
    if found := HASH.match(asked):
        return [*_papers(found[1], reader), *_files(found[1], reader)]
    return []


def has(reader: Reader, *permissions: str) -> bool:
    return reader.is_authenticated and reader.has(*permissions)


# --- the log ------------------------------------------------------------------------------------------------------


def _head(seq: int, held: str, reader: Reader) -> list[Place]:
    """The paper whose signature was sealed there, or else the head by itself."""
    seal = AuditSeal.objects.filter(seq=seq).first()
    title = f"Head {seq} of the log"
    if seal is None:
        if seq <= pruned_to():
            return [Place(f"{title} is in a signed archive, which the office keeps outside this site.")]
        return [
            Place(title, checks=(Check(f"The log ends before {seq}: its end was cut off, or you mistyped.", False),))
        ]
    if not seal.hash.startswith(held):
        wrong = "That is not the hash the log has there. If you did not mistype, tell the office’s auditor."
        return [Place(title, checks=(Check(wrong, False),))]
    event = AuditEvent.objects.filter(pk=seal.event_id).first()
    if papers := _signed_with(event, reader):
        return papers
    if event:
        title = f"{title}, {timezone.localtime(event.at):%-d %B %Y, %H:%M}"
    same = Check(f"The log has this hash at {seq}: up to there it is the log it was when the page was printed.")
    links = _event_links(event, reader) if event else ()
    return [Place(title, checks=(same, *_seal(seal)), links=links)]


def _seal(seal: AuditSeal) -> list[Check]:
    """Whether a seal fits what it seals, and what the last look over the whole log said of it."""
    found = []
    if seal.seq > pruned_to():
        good = fits(seal.seq)
        yes = (
            f"The hash of change {seal.seq}, worked out again just now, fits what the log says and the seal before it."
        )
        no = f"Change {seal.seq} is not what it was when it was sealed."
        found.append(Check(yes if good else no, good))
    last = Verification.objects.order_by("-pk").first()
    if last is None or (not last.faults and last.seq < seal.seq):
        found.append(Check("The whole log is looked over every night, and this part of it is too new for that yet."))
    elif last.faults:
        found.append(Check(f"The log was looked over on {_day(last)}, and something in it was wrong.", False))
    else:
        found.append(Check(f"The log was last looked over on {_day(last)}: nothing was changed behind it."))
    return found


def _day(last: Verification) -> str:
    return f"{timezone.localtime(last.at):%-d %B %Y, %H:%M}"


def _change(number: int, reader: Reader) -> list[Place]:
    if not has(reader, *HISTORY):
        return []
    event = events_seen_by(reader).filter(pk=number).first()
    return [Place(_said(event), links=_event_links(event, reader))] if event else []


def _said(event: AuditEvent) -> str:
    return f"Change {event.pk}, {event.at:%d %B %Y}: {event.get_op_display()} {event.table} {event.key}".strip()


def _event_links(event: AuditEvent, reader: Reader) -> tuple[tuple[str, str], ...]:
    if not event.key or not has(reader, *HISTORY) or not events_seen_by(reader).filter(pk=event.pk).exists():
        return ()
    return ((_said(event), f"{reverse('history-object', args=[event.table, event.key])}#change-{event.pk}"),)


# --- papers -------------------------------------------------------------------------------------------------------


def _signed_with(event: AuditEvent | None, reader: Reader) -> list[Place]:
    if event is None or event.table != Signature._meta.db_table or event.op != AuditEvent.Op.INSERT:
        return []
    return [_paper(one, reader) for one in _shown(reader).filter(signature__pk=event.key)]


def _papers(start: str, reader: Reader) -> list[Place]:
    return [_paper(one, reader) for one in _shown(reader).filter(sha256__startswith=start)[:AT_MOST]]


def _files(start: str, reader: Reader) -> list[Place]:
    """A whole file by its hash. Whether there is a restricted one is not told to who may not read it."""
    if len(start) < SHOWN:
        return []
    files = FrozenFile.objects.filter(file__sha256__startswith=start, frozen_paper__in=_shown(reader))
    if not has(reader, Permission.PAPER_VIEW) or not has(reader, Permission.RESTRICTED_VIEW):
        files = files.filter(build="public")
    places = []
    for one in files.select_related("frozen_paper__paper__quarter__period")[:AT_MOST]:
        paper = _paper(one.frozen_paper, reader)
        kind = f"The {one.get_kind_display()}{'' if one.build == 'public' else ', restricted,'}"
        places.append(
            Place(f"{kind} of {paper.words[0].lower()}{paper.words[1:]}", paper.href, paper.checks, paper.links)
        )
    return places


def _shown(reader: Reader) -> FrozenPaperQuerySet:
    """The versions this person may know of: all who read papers, others the published ones."""
    papers = FrozenPaper.objects.select_related(
        "paper__quarter__period", "publication__withdrawal", "signature__signed_by"
    )
    published = Q(publication__isnull=False)
    return papers if has(reader, Permission.PAPER_VIEW) else papers.filter(published)


def _paper(frozen: FrozenPaper, reader: Reader) -> Place:
    signature = frozen.signature_or_none
    whole = canonical.sha256_of(frozen.content) == frozen.sha256
    yes = f"What is kept here has the SHA-256 {frozen.sha256[:SHOWN]}, worked out again just now."
    checks = [Check(yes if whole else "What is kept here no longer has the hash it was submitted under.", whole)]
    if signature:
        names = signature.sha256 == frozen.sha256
        of = "the signature names that hash" if names else "but the signature names another hash"
        checks.append(Check(f"{signature_line(signature)}; {of}.", names))
        if stamp := stamp_of(signature):
            checks.append(Check(f"The signature is in the log as {stamp.head}."))
            checks += _seal(AuditSeal(seq=stamp.seq, hash=stamp.hash))
    table = FrozenPaper._meta.db_table
    links = []
    if has(reader, *HISTORY) and may_see_record(reader, table, str(frozen.pk)):
        links.append(("What the log has on it", reverse("history-report", args=[table, frozen.pk])))
    address = f"{reverse('paper-read', args=[frozen.paper.code])}?version={frozen.number}"
    return Place(f"{_title(frozen)}. {_state(frozen)}", address, tuple(checks), tuple(links))


def _title(frozen: FrozenPaper) -> str:
    return f"{str(frozen)[0].upper()}{str(frozen)[1:]}"


def _state(frozen: FrozenPaper) -> str:
    if frozen.withdrawal_or_none:
        return f"Withdrawn on {timezone.localtime(frozen.withdrawal_or_none.withdrawn_at):%-d %B %Y}."
    if frozen.publication_or_none is None:
        return "Signed and not published." if frozen.signature_or_none else "Not signed."
    later = frozen.paper.versions.filter(number__gt=frozen.number, publication__isnull=False).exists()
    return f"Published on {frozen.publication.published_on:%-d %B %Y}." + (
        " There is a later version." if later else ""
    )
