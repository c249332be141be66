"""What each kind of mail is, in words, and what an administrator is told of the outbox."""

from desk.models import Mail

WHAT = {
    Mail.Kind.DIGEST: "In the morning of a working day, what waits for you and what changed in what you follow. "
    "Nothing comes on a day on which there is nothing to say.",
    Mail.Kind.REMINDER: "Two working days before something is due from you, on the day, and when it has become late. "
    "With the morning mail you need none: they are in it.",
    Mail.Kind.ASSIGNMENT: "When somebody gives you an action, a commitment or a text to write.",
}


def unsettled_words() -> str:
    """ "2 to look at", of mails nobody knows the end of and mails that could not be sent; empty for none."""
    count = Mail.objects.unsettled().count()
    return f"{count:,} to look at" if count else ""
