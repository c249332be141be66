"""The service delivery plan 2019 of the demo: priority two, two objectives, actions 2.01 to 2.11."""

from datetime import date

from desk.demo.words.shapes import DeliveryAction

EARLIER_TITLE = "Service Delivery Plan 2018"
EARLIER_YEAR = 2018
TITLE = "Service Delivery Plan 2019"
YEAR = 2019
PRIORITY = 2

OBJECTIVES = (
    "Help police, councils, health and the safeguarding boards to work as one in protecting people at risk of harm",
    "Protect vulnerable people early, so that fewer of them need the police",
)

ACTIONS = (
    DeliveryAction(
        "2.01",
        1,
        "Use the One View system to share what services know, so that victims and vulnerable people are better protected.",
        leads="Superintendent, Prevention and Partnerships",
        partners="Mental health trust; fire and rescue service; Barsetshire Council; general practices",
        start=date(2017, 5, 1),
        due=date(2019, 3, 31),
        milestones=(("Ask the council whether its new care records can be joined", date(2020, 2, 28)),),
    ),
    DeliveryAction(
        "2.02",
        1,
        "Agree with partners a long-term plan against cyber crime and other threats to police, councils and health services.",
        owner="Detective Chief Inspector, Cyber Crime",
        leads="Digital Investigation Unit",
        partners="Local Resilience Forum; regional organised crime unit; NHS; a home security charity",
        start=date(2018, 4, 1),
        due=date(2020, 3, 31),
        measures=("cyber-flagged",),
        milestones=(("Online safety guidance to all officers and staff", date(2019, 12, 31)),),
    ),
    DeliveryAction(
        "2.03",
        1,
        "Look for ways to join preventive services with those of the councils and the fire and rescue service.",
        owner="Superintendent, Prevention and Partnerships",
        leads="Head of Community Safety, county (tactical group)",
        partners="Fire and rescue service; mental health trust; housing; children's services; both councils",
        start=date(2017, 6, 1),
        due=date(2019, 6, 30),
        redated=(
            (
                date(2019, 6, 24),
                date(2019, 10, 31),
                "The review of the joint community officers was put back to October.",
            ),
            (
                date(2019, 10, 28),
                date(2020, 3, 31),
                "The review was held, but its result has not been agreed by both services.",
            ),
            (
                date(2019, 11, 26),
                date(2020, 6, 30),
                "Both services set their budgets in February and will not commit posts before.",
            ),
        ),
    ),
    DeliveryAction(
        "2.04",
        1,
        "Support the Chief Constable in putting the investigation review into practice, so that victims of sexual offences, "
        "child exploitation and domestic abuse are protected.",
        owner="Detective Superintendent, Serious Crime",
        leads="Continuous Improvement Manager",
        start=date(2019, 4, 1),
        due=date(2019, 10, 31),
        measures=("sexual-offences", "cse-crimes", "domestic-abuse"),
        milestones=(("Six-month review", date(2019, 10, 31)),),
    ),
    DeliveryAction(
        "2.05",
        2,
        "Work with partners to help troubled families and people with complex needs.",
        owner="Superintendent, Prevention and Partnerships",
        leads="Crime Prevention Department",
        partners="Both councils; Department for Work and Pensions; health; a regional health science network",
        start=date(2018, 11, 1),
        due=date(2020, 3, 31),
        measures=("asb-volume",),
    ),
    DeliveryAction(
        "2.06",
        2,
        "Commission with both councils what keeps victims of domestic abuse safe and helps them recover.",
        owner="OPCC Head of Commissioning",
        partners="Barsetshire Council; Barchester City Council; two specialist charities",
        start=date(2018, 4, 1),
        due=date(2019, 9, 30),
        measures=("domestic-abuse",),
    ),
    DeliveryAction(
        "2.07",
        2,
        "Protect, together with partners, everybody at risk of sexual abuse and violence, and stand by those it has harmed.",
        owner="Detective Superintendent, Public Protection",
        leads="Detective Superintendent, Serious Crime",
        partners="Safeguarding boards; children's services; probation; mental health trust; public health; housing; "
        "army welfare; refuges; charities",
        start=date(2018, 4, 1),
        measures=("cse-crimes", "sexual-offences", "domestic-abuse"),
    ),
    DeliveryAction(
        "2.08",
        2,
        "With the clinical commissioning group, commission mental health triage in the control room, so that people in "
        "crisis get the care they need.",
        owner="OPCC Head of Commissioning",
        leads="Head of Crisis Services",
        partners="Clinical commissioning group; mental health trust; College of Policing",
        start=date(2018, 10, 1),
        due=date(2020, 3, 31),
        measures=("section-136",),
    ),
    DeliveryAction(
        "2.09",
        2,
        "Review with the NHS how people in mental health crisis are brought to places of safety.",
        owner="Director of Commissioning",
        partners="Clinical commissioning group; mental health trust",
        start=date(2019, 4, 1),
        due=date(2020, 3, 31),
        measures=("section-136",),
    ),
    DeliveryAction(
        "2.10",
        2,
        "With both councils, commission services that reduce the harm and the crime caused by alcohol and drugs.",
        owner="OPCC Head of Commissioning",
        partners="Barsetshire Council; Barchester City Council; Public Health England",
        start=date(2018, 4, 1),
        due=date(2021, 3, 31),
    ),
    DeliveryAction(
        "2.11",
        2,
        "Work with both councils so that people who go missing are found, kept safe and do not go missing again.",
        owner="Detective Inspector, Missing People",
        partners="Both councils; National Crime Agency; a missing people charity; a university; volunteer search teams",
        start=date(2018, 4, 1),
        measures=("cse-crimes",),
    ),
)

CARRIED = ("2.01", "2.02", "2.03")  # of the plan of 2018, where they come first again
ENDED = (
    DeliveryAction(
        "2.04",
        1,
        "Try out a shared duty desk with children's services during school holidays.",
        owner="Superintendent, Prevention and Partnerships",
        partners="Barsetshire Council; children's services",
        start=date(2018, 7, 1),
        due=date(2019, 3, 31),
    ),
    DeliveryAction(
        "2.05",
        1,
        "Give every response officer a card with the numbers of the services that help people in crisis.",
        owner="Superintendent, Prevention and Partnerships",
        partners="Mental health trust",
        start=date(2018, 5, 1),
        due=date(2018, 12, 31),
    ),
)
CLOSED_BECAUSE = "The trial drew four calls in six weeks; both services agreed to end it."
DELIVERED_WITHOUT_A_FILE = "The cards themselves are what shows it; one is kept in the office."
EVIDENCE = {
    "2.06": (
        "abuse-services-running.txt",
        "Services for victims of domestic abuse\n\nAll four strands run. The last, safe places to live, opened in July "
        "2019. The contracts are looked at in a meeting each quarter.\n",
    ),
    "2.07": (
        "panel-and-its-questions.txt",
        "Vulnerable Adolescents Contextual Safeguarding Panel\n\nFor each case: do all agencies do what they can; have "
        "the child's surroundings been dealt with; what should change beyond this case?\n",
    ),
}
DELIVERED_SHOWN_BY = "The cards were handed out in December 2018, and a check in February found one in every car."
EARLIER_UPDATES = {
    "2.01": "<p>General practices can now see social care records. The council is looking at its own system.</p>",
    "2.02": "<p>Partners have met twice and agreed what a joint plan against cyber crime is to hold.</p>",
    "2.03": "<p>The councils and the fire and rescue service have each named somebody to lead.</p>",
    "2.04": "<p>The trial ended with the Easter holidays and drew four calls.</p>",
}
STEPS_REACHED = {
    "2.02": (
        "A first exercise with the Local Resilience Forum",
        date(2019, 6, 28),
        "The forum's report of 1 July 2019.",
    ),
}
DEPUTIES = {"2.02": "Continuous Improvement Manager", "2.08": "Director of Commissioning"}
CORRECTED = {
    "2.06": (
        "Commission with both councils what keeps victims of domestic abuse safe and helps them recover from it.",
        "It was not said from what they recover.",
    ),
}
LOOKED_AFTER = (
    ("2.03", "Police and Fire Programme Board"),
    ("2.04", "Force Investigation Model Governance Board"),
    ("2.05", "Early Intervention Co-ordination Board"),
    ("2.07", "Vulnerability Development Board"),
    ("2.11", "Child Exploitation and Missing Sub-group"),
)
