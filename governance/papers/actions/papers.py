"""Making, submitting, signing, publishing and withdrawing a paper. The caller has checked permission."""

import datetime as dt

from core import jobs
from core.accounts.clock import now
from core.accounts.models import User
from core.accounts.states import MoveRefused
from core.audit import action
from core.documents.richtext import clean, ensure_ids
from core.documents.versions import save_if_unchanged
from governance.papers import assembly, completeness, kept_back, states
from governance.papers.awaited import awaited_words
from governance.papers.content import canonical
from governance.papers.models import FrozenPaper, Paper, Publication, Signature, SignificantTopic, Withdrawal
from governance.papers.rendering import TEMPLATE_VERSION
from measures.models import Priority

RENDER, PREVIEW, WORD = "papers.render", "papers.preview", "papers.word"
State = Paper.State


def _locked(paper: Paper) -> Paper:
    """The paper's row, held so that two people cannot move it at once."""
    Paper.objects.select_for_update().filter(pk=paper.pk).first()
    return Paper.objects.with_places().get(pk=paper.pk)


def _rewritten(paper: Paper, by: User) -> None:
    """Whoever changes the introduction is one of its authors, and an approval of what stood before is over."""
    paper.introduction_authors.add(by)
    Paper.objects.filter(pk=paper.pk).update(introduction_approved_by=None, introduction_approved_at=None)


@action
def save_introduction(*, paper: Paper, version: int, introduction: str, deep_dive: Priority | None, by: User) -> Paper:
    """Keep the introduction and the choice of deep dive."""
    states.check_introduction_open(paper)
    saved = save_if_unchanged(Paper, paper.pk, version, introduction=ensure_ids(introduction), deep_dive=deep_dive)
    if clean(introduction) != clean(paper.introduction):
        _rewritten(saved, by)
    return saved


@action
def save_topic(
    *,
    paper: Paper,
    topic: SignificantTopic | None,
    version: int = 0,
    title: str,
    text: str,
    criteria: list[str],
    by: User,
) -> SignificantTopic:
    """Add a significant topic to the introduction, or change one that is still at `version`; otherwise raise Stale."""
    states.check_introduction_open(_locked(paper))
    said = {"title": title, "text": ensure_ids(text), "criteria": sorted(criteria)}
    if topic:
        held = save_if_unchanged(SignificantTopic, topic.pk, version, **said)
    else:
        held = paper.topics.create(position=paper.topics.count() + 1, **said)
    _rewritten(paper, by)
    return held


@action
def remove_topic(*, topic: SignificantTopic, by: User) -> None:
    """Take a topic out; those after it move up."""
    paper = _locked(topic.paper)
    states.check_introduction_open(paper)
    topic.delete()
    for position, one in enumerate(paper.topics.order_by("position"), start=1):
        SignificantTopic.objects.filter(pk=one.pk).exclude(position=position).update(position=position)
    _rewritten(paper, by)


@action
def approve_introduction(*, paper: Paper, by: User) -> Paper:
    """Approve introduction and topics as they stand."""
    held = _locked(paper)
    states.check_introduction_approval(held, by=by)
    held.introduction_approved_by, held.introduction_approved_at = by, now()
    held.version += 1
    held.save(update_fields=["introduction_approved_by", "introduction_approved_at", "version"])
    return held


def _moved(paper: Paper, to: str, **changes: object) -> Paper:
    for name, value in changes.items():
        setattr(paper, name, value)
    paper.state, paper.version = to, paper.version + 1
    paper.save(update_fields=["state", "version", *changes])
    return paper


@action
def review_paper(*, paper: Paper, by: User) -> Paper:
    """Put the draft up for review."""
    held = _locked(paper)
    states.check_paper_move(held, State.IN_REVIEW, by=by)
    return _moved(held, State.IN_REVIEW)


@action
def return_paper(*, paper: Paper, reason: str, by: User) -> Paper:
    """Back to draft: from review, declined by the signatory, or reopened after publication for a correction.

    A version that was submitted is void unless it was published, and is kept; the reason becomes that of the next one.
    """
    held = _locked(paper)
    states.check_paper_move(held, State.DRAFT, reason=reason, by=by)
    was_frozen = held.frozen_id is not None
    changes = {"frozen": None, "correction_reason": reason} if was_frozen else {}
    return _moved(held, State.DRAFT, **changes)


@action
def submit_paper(*, paper: Paper, by: User) -> FrozenPaper:
    """Fix the content and its hash for signature. Nothing else can be signed, and nothing else published."""
    held = _locked(paper)
    states.check_paper_move(held, State.FOR_SIGNATURE, by=by)
    assembled = assembly.assemble(held)
    stops = completeness.blocking(completeness.missing(held, assembled))
    if stops:
        more = f" and {len(stops) - 1} more" if len(stops) > 1 else ""
        raise MoveRefused(f"The paper is not complete. {stops[0].sentence.rstrip('.')}{more}. Nothing was changed.")
    content = canonical.to_json(assembled.content)
    frozen = FrozenPaper.objects.create(
        paper=held,
        number=held.versions.count() + 1,
        content=content,
        sha256=canonical.sha256_of(content),
        template_version=TEMPLATE_VERSION,
        reason=held.correction_reason,
        submitted_by=by,
        submitted_at=now(),
    )
    _moved(held, State.FOR_SIGNATURE, frozen=frozen)
    return frozen


@action
def sign_paper(*, paper: Paper, sha256: str, on_behalf_of: str = "", by: User) -> Signature:
    """Sign the submitted version by its hash. Its files are made next."""
    held = _locked(paper)
    states.check_paper_move(held, State.SIGNED, by=by)
    states.check_signature(held.frozen, sha256, by=by)
    signature = Signature.objects.create(
        frozen_paper=held.frozen, sha256=sha256, signed_by=by, signed_at=now(), on_behalf_of=on_behalf_of
    )
    _moved(held, State.SIGNED)
    jobs.enqueue(RENDER, held.frozen_id, dedupe=True)
    jobs.enqueue(WORD, held.frozen_id, dedupe=True)
    return signature


@action
def publish_paper(*, paper: Paper, published_on: dt.date, place: str, notice: str = "", by: User) -> Publication:
    """Publish the signed version: what was signed, under the hash that was signed, and nothing else."""
    held = _locked(paper)
    states.check_paper_move(held, State.PUBLISHED, by=by)
    frozen = held.frozen
    if frozen.signature.sha256 != canonical.sha256_of(frozen.content):
        raise MoveRefused("The content is not what was signed. Do not publish it; tell whoever looks after Reckoner.")
    if waits := awaited_words(held):
        jobs.enqueue(RENDER, frozen.pk, dedupe=True)
        raise MoveRefused(f"{waits} Nothing was changed; try again in a minute.")
    states.check_publication_day(frozen, published_on)
    states.check_not_kept_back(kept_back.stops(frozen, published_on))
    publication = Publication.objects.create(
        frozen_paper=frozen,
        published_on=published_on,
        place=place,
        notice=notice,
        published_by=by,
        published_at=now(),
    )
    _moved(held, State.PUBLISHED, correction_reason="")
    return publication


@action
def withdraw_paper(*, paper: Paper, notice: str, by: User) -> Withdrawal:
    """Take a published paper back, with a notice that stands in its place. Nothing is deleted."""
    held = _locked(paper)
    states.check_paper_move(held, State.WITHDRAWN, by=by)
    states.check_withdrawal(held.frozen.publication, notice)
    withdrawal = Withdrawal.objects.create(
        publication=held.frozen.publication, notice=notice, withdrawn_by=by, withdrawn_at=now()
    )
    _moved(held, State.WITHDRAWN)
    return withdrawal
