"""The work of the desk outside requests."""

from core.jobs import Progress, enqueue, nightly, often, register
from desk.mails import assigning, mail_goes_out, rounds, sending
from desk.searching import index


@register("search.rebuild", title="Indexing every text again")
def rebuild(progress: Progress) -> dict[str, int]:
    return {"texts": index.rebuild(progress)}


@register("search.catch_up", title="Indexing what has changed")
def catch_up(progress: Progress) -> dict[str, int]:
    return {"texts": index.catch_up()}


@register("mails.morning", title="Writing the morning mails")
def write_morning_mails(progress: Progress) -> dict[str, int]:
    return {"written": rounds.write_round(progress)}


@register("mails.assign", title="Writing to people about what was given to them")
def write_assignments(progress: Progress) -> dict[str, int]:
    return {"written": assigning.catch_up()}


@often
def write_what_is_due() -> None:
    if rounds.is_due():
        enqueue("mails.morning", dedupe=True)
    if assigning.is_behind():
        enqueue("mails.assign", dedupe=True)


@register("mails.send", title="Sending mails")
def send_mails(progress: Progress) -> dict[str, int]:
    return {"sent": sending.send_waiting(progress)}


@often
def send_what_waits() -> None:
    if sending.has_work() and mail_goes_out():
        enqueue("mails.send", dedupe=True)


@often
def keep_up() -> None:
    if index.is_behind():
        enqueue("search.catch_up", dedupe=True)


nightly("search.rebuild")
