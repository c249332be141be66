"""The meetings of the demo: two of the panel, four of the monitoring board and one of the criminal justice board."""

from datetime import date, time

from desk.demo.words.boards import JUSTICE, MONITORING, PANEL
from desk.demo.words.shapes import Arising, Item, Meeting

CHIEF, DEPUTY = "Chief Constable", "Deputy Chief Constable"
COMMISSIONER, EXECUTIVE = "Commissioner", "OPCC Chief Executive"
FINANCE, OFFICER = "OPCC Chief Finance Officer", "Performance Officer"
ROOM = "Commissioner's meeting room, Barchester"
COUNCIL_CHAMBER = "Council Chamber, County Hall, Barchester"
CHAIR, VICE_CHAIR, INDEPENDENT = "Chair of the Panel", "Vice-Chair of the Panel", "Independent Member of the Panel"

OPENING = (
    Item("Apologies for absence"),
    Item("Minutes of the last meeting"),
    Item("Declarations of interest"),
    Item("Chairman's announcements"),
    Item("Public participation"),
)

PANEL_SEPTEMBER = Meeting(
    PANEL,
    date(2019, 9, 12),
    (
        *OPENING,
        Item(
            "Recruitment paid for by the precept",
            COMMISSIONER,
            "<p>The panel asked when the 41 officers paid for by the precept would be seen on the street. The commissioner "
            "said that all had been appointed and would join their teams in 2020.</p>",
        ),
    ),
    COUNCIL_CHAMBER,
    time(10, 30),
    True,
)
PANEL_DECEMBER = Meeting(
    PANEL,
    date(2019, 12, 19),
    (*OPENING, Item("Community policing team resource measures", CHIEF)),
    COUNCIL_CHAMBER,
    time(10, 30),
    True,
)
PANEL_FEBRUARY = Meeting(PANEL, date(2020, 2, 6), OPENING, COUNCIL_CHAMBER, time(10, 30), True)

MONITORING_SEPTEMBER = Meeting(
    MONITORING,
    date(2019, 9, 24),
    (
        Item(
            "Performance: quarter one and the summer",
            DEPUTY,
            "<p>The Deputy Chief Constable reported falls in burglary and vehicle crime and rises in drug offences and "
            "possession of weapons. The commissioner asked what part of the rises came from operations. The answer was most "
            "of it, judging by where and how the offences came to light.</p><p>On child sexual exploitation the commissioner "
            "noted that 11 of 19 strands had an owner and a date.</p>",
            actions=(
                Arising(
                    "Report the results of county lines operations every quarter.",
                    "Assistant Chief Constable (Crime and Vulnerability)",
                    date(2019, 10, 31),
                    "First report sent to the office on 29 October 2019.",
                    date(2019, 10, 29),
                ),
                Arising(
                    "Give every strand of the child exploitation plan an owner and a date.",
                    "Detective Superintendent, Public Protection",
                    date(2019, 11, 22),
                    "Sixteen of 19 done. The other three wait for children's services.",
                ),
            ),
        ),
        Item(
            "Outage of the contact centre, 14 to 17 September",
            "Assistant Chief Constable (Operations)",
            "<p>The board was told that calls were answered and officers sent throughout, with records kept on paper. Times "
            "typed in afterwards will be later than the real ones until they are put right.</p>",
            decisions=(
                (
                    "To publish response times for September 2019 as provisional, with a note of the outage.",
                    COMMISSIONER,
                ),
            ),
            actions=(
                Arising(
                    "Explain in writing why the reserve system did not take over.",
                    "Assistant Chief Constable (Operations)",
                    date(2019, 12, 17),
                ),
            ),
        ),
        Item(
            "Contract for the forensic laboratory",
            FINANCE,
            "<p>The board considered the prices of three tenders.</p>",
            exemption="3",
        ),
    ),
    ROOM,
    time(14, 0),
    present=(COMMISSIONER, CHIEF, DEPUTY, EXECUTIVE, OFFICER),
    apologies=(FINANCE,),
    circulated=date(2019, 10, 1),
    agreed=date(2019, 10, 22),
    comments=(
        (
            DEPUTY,
            "Performance: quarter one and the summer",
            "I said that most of the rise in possession of weapons came from operations, not all of it.",
            "The minute says “most of it”, as it was said. It stands.",
        ),
    ),
    amended=(
        (
            "Outage of the contact centre, 14 to 17 September",
            "<p>The board was told that calls were answered and officers sent throughout, with records kept on paper. Times "
            "typed in afterwards will be later than the real ones until they are put right. Records of four days are "
            "concerned, 14 to 17 September.</p>",
            "The days whose records are concerned were left out.",
            date(2019, 11, 26),
        ),
    ),
    published=date(2019, 10, 28),
)
MONITORING_OCTOBER = Meeting(
    MONITORING,
    date(2019, 10, 22),
    (
        Item(
            "Keeping victims informed",
            CHIEF,
            "<p>The commissioner read out what several victims had written. The Chief Constable agreed that a victim should "
            "know before the first call ends what will happen and when they will hear.</p>",
            decisions=(("Keeping victims informed becomes a standing item of this board.", COMMISSIONER),),
            actions=(
                Arising(
                    "Have supervisors check ten records a week against the promise to victims.",
                    DEPUTY,
                    date(2019, 12, 31),
                    "Checks begin on 9 December 2019.",
                ),
            ),
        ),
        Item(
            "Recording of complaints",
            "Head of Professional Standards",
            "<p>The backlog has been cleared. The average time to record a complaint was seven days in quarter two.</p>",
            decisions=(("To pay for a second recording officer until 31 March 2020.", COMMISSIONER),),
        ),
    ),
    ROOM,
    time(14, 0),
    present=(COMMISSIONER, CHIEF, EXECUTIVE, FINANCE, OFFICER),
    apologies=(DEPUTY,),
    substitutes=(("Assistant Chief Constable (Operations)", DEPUTY),),
    circulated=date(2019, 10, 30),
    agreed=date(2019, 11, 26),
)
MONITORING_NOVEMBER = Meeting(
    MONITORING,
    date(2019, 11, 26),
    (
        Item(
            "Sickness improvement plan",
            "Director of People and Change",
            "<p>The plan has 19 actions. The commissioner said that 14.8 days a person is too high and asked for a figure by "
            "which success could be judged.</p>",
            actions=(
                Arising(
                    "Propose a target for days lost in 2020-21.",
                    "Director of People and Change",
                    date(2020, 1, 28),
                ),
            ),
        ),
        Item(
            "Performance: quarter two",
            DEPUTY,
            "<p>The commissioner said that the growing wait for priority incidents began before the outage and asked for a "
            "plan. He asked again why so few burglaries are solved.</p>",
            decisions=(
                (
                    "To take the wait for priority incidents as a concern and to report it so to the panel.",
                    COMMISSIONER,
                ),
            ),
            actions=(
                Arising(
                    "Bring a plan for the time to reach priority incidents.",
                    "Assistant Chief Constable (Operations)",
                    date(2020, 1, 28),
                ),
                Arising(
                    "Write a paper on the outcome rate for burglary and its reasons.",
                    "Superintendent, Head of Geographical Crime",
                    date(2020, 1, 31),
                ),
            ),
        ),
        Item(
            "Surveys of the public and of victims",
            "OPCC Head of Communications",
            "<p>Both surveys are out to tender. The board heard how large each must be to be read by policing team.</p>",
            declared=(("OPCC Chief Finance Officer", "A relative works for one of the bidders."),),
            actions=(
                Arising(
                    "Recommend a supplier for both surveys.",
                    "OPCC Head of Communications",
                    date(2020, 2, 28),
                ),
            ),
        ),
    ),
    ROOM,
    time(14, 0),
    present=(COMMISSIONER, CHIEF, DEPUTY, EXECUTIVE, FINANCE, OFFICER),
    circulated=date(2019, 11, 29),
    comments=(
        (
            FINANCE,
            "Surveys of the public and of victims",
            "The tender closes on 20 December. Please say so, it was asked.",
            "",
        ),
    ),
)
MONITORING_DECEMBER = Meeting(
    MONITORING,
    date(2019, 12, 17),
    (
        Item("Road safety report", "Assistant Chief Constable (Crime and Vulnerability)"),
        Item("The outage in September: written account", "Assistant Chief Constable (Operations)"),
    ),
    ROOM,
    time(14, 0),
)
JUSTICE_NOVEMBER = Meeting(
    JUSTICE,
    date(2019, 11, 6),
    (
        Item(
            "Rape cases sent to the prosecutor",
            CHIEF,
            "<p>The Chief Constable was worried by how few rape cases reach the prosecutor. The Chief Crown Prosecutor would "
            "welcome somebody independent to read police files.</p>",
            decisions=(
                ("To accept the offer of a neighbouring commissioner's office to read rape case files.", "The board"),
            ),
            actions=(
                Arising(
                    "Report the first findings from the reading of rape case files.",
                    "Head of Criminal Justice",
                    date(2020, 1, 8),
                ),
            ),
        ),
        Item(
            "Trials that do not go ahead",
            "Deputy Chief Crown Prosecutor",
            "<p>Of 255 trials listed in quarter two, 43 were lost for reasons of the prosecution.</p>",
            actions=(
                Arising(
                    "Say which of the 43 trials were lost for reasons within the control of the police.",
                    "Head of Criminal Justice",
                    date(2020, 1, 8),
                ),
                Arising(
                    "Send members the list of reason codes.",
                    "Deputy Chief Crown Prosecutor",
                    date(2019, 11, 20),
                    "Sent on 18 November 2019.",
                    date(2019, 11, 18),
                ),
            ),
        ),
    ),
    "Crown Court, Barchester",
    time(10, 0),
    present=(
        COMMISSIONER,
        CHIEF,
        "Chief Crown Prosecutor",
        "Deputy Chief Crown Prosecutor",
        "Head of Criminal Justice",
    ),
)

# in the order in which they were held
MEETINGS = (MONITORING_SEPTEMBER, MONITORING_OCTOBER, JUSTICE_NOVEMBER, MONITORING_NOVEMBER, MONITORING_DECEMBER)
