"""Shapes of a paper for its workspace: sections with their states, and the one next step. Nothing here queries."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from core.accounts.clock import working_days_until
from core.accounts.models import User
from core.accounts.permissions import Permission
from governance.papers.completeness import Missing, blocking
from governance.papers.models import Commentary, Paper

STATE_TONES = {
    Paper.State.DRAFT: "grey",
    Paper.State.IN_REVIEW: "blue",
    Paper.State.FOR_SIGNATURE: "amber",
    Paper.State.SIGNED: "violet",
    Paper.State.PUBLISHED: "green",
    Paper.State.WITHDRAWN: "red",
}
TEXT_TONES = {"draft": "grey", "review": "blue", "approved": "green"}
SOON = 5  # working days
ONCE_MADE = "It can be published when they are there. Look again in a minute."


@dataclass(frozen=True)
class Part:
    """One section of the paper as the left column lists it."""

    title: str
    anchor: str
    state: str
    tone: str
    href: str
    who: str = ""
    is_heading: bool = False


@dataclass(frozen=True)
class Step:
    """The one thing to do next, or what stands in the way of it."""

    text: str = ""
    sentence: str = ""
    href: str = ""
    action: str = ""
    to: str = ""
    blocked: str = ""


def deadline_words(due: dt.date, today: dt.date) -> tuple[str, str]:
    """ "in 6 working days" and the tone it is said in."""
    days = working_days_until(today, due)
    if days < 0:
        return f"{-days} working {'day' if days == -1 else 'days'} late", "red"
    if days == 0:
        return "due today", "amber"
    return f"in {days} working {'day' if days == 1 else 'days'}", "amber" if days <= SOON else "grey"


def parts(paper: Paper, commentaries: list[Commentary], updates: tuple[int, int], *, writes: bool) -> list[Part]:
    """Every section in the order of the paper; `commentaries` come with their priority, in the plan's order.

    `writes` says whether the introduction's page may be opened; it shows it to whoever works on it.
    """
    approved = paper.introduction_approved_at is not None
    state = "Approved" if approved else "To be approved" if paper.introduction else "Not begun"
    edit = reverse("introduction-edit", args=[paper.code]) if writes else ""
    tone = "green" if approved else "blue" if paper.introduction else "grey"
    found = [Part("Introduction", "introduction", state, tone, edit)]
    heading = None
    for one in commentaries:
        if one.priority != heading:
            heading = one.priority
            found.append(Part(f"{one.priority}. {one.priority_title}", f"priority-{heading}", "", "", "", "", True))
        begun = one.get_state_display() if one.text or one.state != Commentary.State.DRAFT else "Not begun"
        page = reverse("commentary-detail", args=[paper.code, one.measure.slug])
        who = one.assigned_to.name if one.assigned_to else ""
        found.append(Part(one.measure.short_name, f"s-{one.measure.slug}", begun, TEXT_TONES[one.state], page, who))
    if paper.deep_dive:
        done, total = updates
        tone = "green" if total and done == total else "grey"
        said = f"{done} of {total} approved"
        found.append(Part(f"Deep dive: {paper.deep_dive.title}", "deep-dive", said, tone, reverse("delivery-plan")))
    return found


def next_step(paper: Paper, found: list[Missing], user: User, awaited: str = "") -> Step:
    """What would bring the paper forward, as one button; for somebody who may not press it, who may.

    `awaited` says which files of a signed version are not made yet.
    """
    move, stops = reverse("paper-move", args=[paper.code]), blocking(found)
    state, may = paper.state, user.has
    if state == Paper.State.DRAFT:
        if not may(Permission.PAPER_ASSEMBLE):
            return Step(sentence="The paper is being prepared.", blocked="The board secretary puts it up for review.")
        return Step("Put up for review", _waiting(stops), action=move, to=Paper.State.IN_REVIEW)
    if state == Paper.State.IN_REVIEW:
        if not may(Permission.PAPER_ASSEMBLE):
            return Step(sentence=_waiting(stops), blocked="The board secretary submits it when everything is approved.")
        if stops:
            return Step(sentence=_waiting(stops), blocked="It can be submitted when nothing at the right stops it.")
        sentence = "Everything is approved. Submitting fixes the content: nothing can be changed in it afterwards."
        return Step("Submit for signature", sentence, action=move, to=Paper.State.FOR_SIGNATURE)
    sign, publish = reverse("paper-signoff", args=[paper.code]), reverse("paper-publish", args=[paper.code])
    if state == Paper.State.FOR_SIGNATURE:
        mine = paper.frozen and paper.frozen.submitted_by_id == user.pk
        if may(Permission.PAPER_SIGN) and not mine:
            return Step("Read and sign", f"Version {paper.frozen.number} waits for your signature.", href=sign)
        return Step(
            sentence=f"Version {paper.frozen.number} waits for a signature.", blocked="The commissioner signs it."
        )
    if state == Paper.State.SIGNED:
        sentence = f"Version {paper.frozen.number} is signed. {awaited}".rstrip()
        if may(Permission.PAPER_PUBLISH):
            return Step(sentence=sentence, blocked=ONCE_MADE) if awaited else Step("Publish", sentence, href=publish)
        return Step(sentence=sentence, blocked="The board secretary publishes it.")
    read = reverse("paper-read", args=[paper.code])
    said = "This paper is published." if state == Paper.State.PUBLISHED else "This paper was published and withdrawn."
    return Step("Read the published paper", said, href=read)


def _waiting(stops: list[Missing]) -> str:
    if not stops:
        return "Nothing is missing."
    return f"{len(stops)} {'thing stops' if len(stops) == 1 else 'things stop'} it from being submitted."
