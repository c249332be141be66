"""What people do at their desk, and what is written there for them. The caller has checked permission."""

from desk.actions.calendar import digest_of, end_calendar_address, make_calendar_address
from desk.actions.following import follow, unfollow
from desk.actions.mail import (
    choose_mails,
    claim_mail,
    give_up_mail,
    keep_outcome,
    settle_mail,
    stop_mail,
    write_mail,
)

__all__ = [
    "choose_mails",
    "claim_mail",
    "digest_of",
    "end_calendar_address",
    "follow",
    "give_up_mail",
    "keep_outcome",
    "make_calendar_address",
    "settle_mail",
    "stop_mail",
    "unfollow",
    "write_mail",
]
