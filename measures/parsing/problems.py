"""One thing wrong with a file: where it is, and a sentence that says what to do about it.

Standard library only: the limited subprocess uses it too.
"""

import re
from dataclasses import dataclass

ERROR = "error"  # stops the import until it is put right
WARNING = "warning"  # worth a look; the person may accept it

QUOTED_LENGTH = 60  # characters of the user's own text repeated in a message

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` is the row a spreadsheet shows, from 1, None for the whole file; `column` is its heading or letter."""

    row: int | None
    column: str | None
    code: str
    message: str
    severity: str = ERROR


class Unreadable(Exception):
    """A reader cannot go on with this file. Caught by the readers themselves: callers see the problem it carries."""

    def __init__(self, code: str, message: str, row: int | None = None, column: str | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(row, column, code, message)


def quote(text: str) -> str:
    """The user's text in quotation marks, shortened, with control and direction characters replaced by a blank."""
    plain = _UNPRINTABLE.sub(" ", text).strip()
    if len(plain) > QUOTED_LENGTH:
        plain = plain[: QUOTED_LENGTH - 1].rstrip() + "…"
    return f"“{plain}”"


def column_letter(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA, as a spreadsheet names its columns."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
