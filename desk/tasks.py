"""The work of the desk outside requests."""

from core.jobs import Progress, enqueue, nightly, often, register
from desk.mails import mail_goes_out, sending
from desk.searching import index


@register("search.rebuild", title="Indexing every text again")
def rebuild(progress: Progress) -> dict[str, int]:
    return {"texts": index.rebuild(progress)}


@register("search.catch_up", title="Indexing what has changed")
def catch_up(progress: Progress) -> dict[str, int]:
    return {"texts": index.catch_up()}


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
