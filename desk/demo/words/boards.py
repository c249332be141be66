"""The boards, groups and forums of the demo: those the office runs, the force's own, and partnerships."""

from desk.demo.words.shapes import Board

PANEL = "Barsetshire Police and Crime Panel"
MONITORING = "Commissioner's Monitoring Board"
PERFORMANCE = "Strategic Performance Board"
PEOPLE_BOARD = "Strategic People Board"
CHANGE = "Strategic Change Board"
EXECUTIVE = "Executive Leadership Team"
VULNERABILITY = "Vulnerability and Operations Board"
JUSTICE = "Barsetshire Criminal Justice Board"
ROADS = "Strategic Road Safety Partnership Board"
HATE = "Hate Crime Partnership Meeting"

DEPUTY = "Deputy Chief Constable"
ACC_CRIME = "Assistant Chief Constable (Crime and Vulnerability)"
ACC_OPERATIONS = "Assistant Chief Constable (Operations)"
CALLS = ("response-immediate", "response-priority", "answer-999", "answer-crib", "abandonment-crib")

OURS = (
    Board(
        PANEL,
        "scrutiny",
        chair="Chair of the Panel",
        frequency="Quarterly, in public",
        terms="Reviews the police and crime plan and the annual report, scrutinises the commissioner's decisions, and "
        "supports the commissioner in doing the work well.",
        aliases=("Police and Crime Panel", "the Panel"),
        members=(
            ("Chair of the Panel", "Chair"),
            ("Vice-Chair of the Panel", "Vice-chair"),
            ("Independent Member of the Panel", "Independent member"),
        ),
    ),
    Board(
        MONITORING,
        "chairs",
        chair="Commissioner",
        frequency="Every two weeks",
        terms="Holds the Chief Constable to account for the performance of the force and decides what the commissioner "
        "must decide. Decisions of public interest are published.",
        aliases=("CMB", "monitoring board"),
        measures=("confidence", "abandonment-crib", "days-lost"),
        members=(
            ("Commissioner", "Chair"),
            ("Chief Constable", "Member"),
            ("Deputy Chief Constable", "Member"),
            ("OPCC Chief Executive", "Member"),
            ("OPCC Chief Finance Officer", "Member"),
            ("Performance Officer", "Adviser"),
        ),
    ),
    Board(
        "Joint Independent Audit Committee",
        "attends",
        chair="Independent Chair of the Audit Committee",
        frequency="Quarterly",
        aliases=("JIAC",),
    ),
)

FORCE = (
    Board(EXECUTIVE, "report", "Chief Constable", "Weekly", aliases=("ELT",), measures=("specials-hours",)),
    Board(
        PERFORMANCE,
        "report",
        DEPUTY,
        "Monthly",
        EXECUTIVE,
        aliases=("SPB",),
        measures=("crime-volume", "compliance-rate", "asb-volume", "full-file-errors", *CALLS),
        members=((DEPUTY, "Chair"), (ACC_CRIME, "Member"), (ACC_OPERATIONS, "Member")),
    ),
    Board(
        VULNERABILITY,
        "represented",
        ACC_CRIME,
        "Monthly",
        PERFORMANCE,
        terms="Chaired in turn by the two Assistant Chief Constables.",
        aliases=("Vulnerability and Force Operations Board", "VOB"),
        measures=(
            "cyber-flagged",
            "outcome-ratio",
            "section-136",
            "cse-crimes",
            "domestic-abuse",
            "sexual-offences",
        ),
        members=((ACC_CRIME, "Chair"), (ACC_OPERATIONS, "Co-chair")),
    ),
    Board(CHANGE, "report", DEPUTY, "Monthly", EXECUTIVE, measures=("answer-999", "answer-crib")),
    Board(
        PEOPLE_BOARD,
        "report",
        DEPUTY,
        "Every two months",
        EXECUTIVE,
        measures=("complaints", "complaints-10-days", "appeals-upheld", "days-lost"),
    ),
    Board("Sickness Improvement Group", "report", "Director of People and Change", "Monthly", PEOPLE_BOARD),
    Board("Force Investigation Model Governance Board", "report", ACC_CRIME, "Monthly", CHANGE, aliases=("FIM board",)),
    Board(
        "Vulnerability Development Board",
        "report",
        "Detective Superintendent, Serious Crime",
        "Every two months",
        VULNERABILITY,
    ),
    Board(
        "Early Intervention Co-ordination Board",
        "report",
        "Superintendent, Prevention and Partnerships",
        "Quarterly",
    ),
    Board("Police and Fire Programme Board", "represented", ACC_OPERATIONS, "Monthly"),
)

PARTNERSHIPS = (
    Board(
        JUSTICE,
        "chairs",
        chair="Commissioner",
        frequency="Every two months",
        aliases=("BCJB", "Local Criminal Justice Board"),
        measures=("conviction-rate", "cracked-trials"),
        members=(
            ("Commissioner", "Chair"),
            ("Chief Constable", "Member"),
            ("Chief Crown Prosecutor", "Member"),
            ("Deputy Chief Crown Prosecutor", "Member"),
            ("Head of Criminal Justice", "Member"),
        ),
    ),
    Board(
        "Quality Assurance Delivery Group",
        "report",
        "Deputy Chief Crown Prosecutor",
        "Monthly",
        JUSTICE,
        aliases=("QADG",),
    ),
    Board(
        "Sexual Assault Referral Centre Partnership Board",
        "represented",
        "OPCC Head of Commissioning",
        "Quarterly",
        aliases=("SARC board",),
    ),
    Board(ROADS, "represented", ACC_CRIME, "Quarterly, from January 2020", measures=("ksi-collisions",)),
    Board(HATE, "attends", ACC_OPERATIONS, "Quarterly", measures=("hate-crime",)),
    Board(
        "Multi-Agency Risk Assessment Conference",
        "report",
        "Detective Superintendent, Public Protection",
        "Every two weeks",
        aliases=("MARAC",),
    ),
    Board(
        "Vulnerable Adolescents Contextual Safeguarding Panel",
        "report",
        "Detective Inspector, Missing People",
        "Monthly",
        aliases=("VACS Panel",),
    ),
    Board("Safeguarding Children Board", "represented", "Director of Children's Services", "Quarterly"),
    Board(
        "Child Exploitation and Missing Sub-group",
        "report",
        "Detective Superintendent, Public Protection",
        "Every two months",
        "Safeguarding Children Board",
        aliases=("Multi-Agency Child Sexual Exploitation meeting", "Risk Management Group"),
    ),
    Board(
        "Adult Sexual Exploitation Practitioner Groups",
        "report",
        "Detective Superintendent, Serious Crime",
        "Every two months",
    ),
    Board("County Community Safety Partnership", "attends", "Head of Community Safety, county", "Quarterly"),
    Board("City Community Safety Partnership", "attends", "Head of Community Safety, city", "Quarterly"),
    Board("Public Service Board", "attends", "Director of Adult Services", "Quarterly"),
    Board(
        "High Frequency Contact Group",
        "report",
        "Superintendent, Prevention and Partnerships",
        "Monthly",
        "Public Service Board",
    ),
    Board("Local Resilience Forum", "represented", "Area Manager, Prevention", "Quarterly", aliases=("LRF",)),
)

STANDING = (("Keeping victims informed", DEPUTY), ("Risks to the police and crime plan", "OPCC Chief Executive"))

BOARDS = (*OURS, *FORCE, *PARTNERSHIPS)
