"""What victims said of the service, in our own words: no survey of anybody was asked for them."""

import datetime as dt

WAVE = "Victim satisfaction survey, wave 2"
SEPTEMBER = dt.date(2019, 9, 1)
MEASURE = "satisfaction-treatment"

# theme, words, who it speaks for, whether it may be printed in public
CHOSEN = (
    ("Being taken seriously", "She let me finish. Nobody else had, all week.", "A victim of hate crime", True),
    ("Being taken seriously", "I felt silly for ringing, and was told that I was not.", "A victim of burglary", True),
    (
        "Being left to wait",
        "Kind on the telephone, and then weeks of nothing. I would swap some of the one for some of the other.",
        "A victim of vehicle crime",
        True,
    ),
    (
        "Being left to wait",
        "The officer came back on a day off to say how it had ended.",
        "A victim of violent crime",
        False,
    ),
)
KEPT_BACK = (  # approved, and not chosen this quarter
    ("Being taken seriously", "It was explained to me twice, the second time without a sigh.", "A victim of burglary", True),
)  # fmt: skip
NOT_CHECKED = (
    ("Being left to wait", "Mr Tolland from number 14 Mill Lane heard more of it than I did.", "A victim of burglary", False),
)  # fmt: skip
TAKEN_BACK = (
    ("Being left to wait", "I have moved since, and would rather not be quoted.", "A victim of burglary", True),
)
WHY = "The person asked that it be taken out"
