"""What people do at their desk, and what is written there for them. The caller has checked permission."""

from desk.actions.calendar import digest_of, end_calendar_address, make_calendar_address
from desk.actions.emergency import take_emergency
from desk.actions.following import follow, unfollow
from desk.actions.inviting import invite_person, send_password_link
from desk.actions.mail import (
    choose_mails,
    claim_mail,
    give_up_mail,
    keep_outcome,
    purge_mails,
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
    "invite_person",
    "give_up_mail",
    "keep_outcome",
    "make_calendar_address",
    "purge_mails",
    "send_password_link",
    "settle_mail",
    "stop_mail",
    "take_emergency",
    "unfollow",
    "write_mail",
]
