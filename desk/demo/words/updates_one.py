"""What was said in quarter one 2019-20 of each action of the delivery plan."""

from desk.demo.words.shapes import Update, written
from desk.demo.words.updates_two import PLACES

UPDATES_ONE: dict[str, Update] = {
    "2.01": Update(
        "<p>Three kinds of record are shared through One View. Nothing was added this quarter. The council is choosing a "
        "new system for social care, and until it has chosen no more can be joined.</p>",
        "in_progress",
        "amber",
        "Nothing can be added until the council has chosen its system.",
    ),
    "2.02": Update(
        "<p>The Digital Investigation Unit is fully staffed and gives advice to every victim whom the national fraud desk "
        "refers. The plan for new equipment has been agreed.</p>",
        "in_progress",
        "green",
    ),
    "2.03": Update(
        "<p>The group that looks after people who call many services met in May 2019. The review of the joint community "
        "officers has been put back to October.</p>",
        "in_progress",
        "amber",
        "The review has been put back by four months.",
    ),
    "2.04": Update(
        "<p>The new way of working began on 1 April 2019. Two champions gather what staff find difficult.</p>",
        "in_progress",
        "green",
    ),
    "2.05": Update(
        "<p>Leads of both councils, the force and the national programme met in March 2019 and now meet every six weeks.</p>",
        "in_progress",
        "green",
    ),
    "2.06": Update(
        "<p>Both services are running. The last of their four strands, work with those who abuse, opens in the "
        "summer.</p>",
        "in_progress",
        "green",
    ),
    "2.07": Update(
        "<p>Co-located teams work in the county and the city. A profile of child sexual abuse has been shared with "
        "partners, and a lawyer who specialises in sexual offences has joined the force for 12 months.</p>",
        "in_progress",
        "green",
    ),
    "2.08": Update(
        "<p>Nurses work in the control room on most shifts. Two posts are vacant.</p>",
        "in_progress",
        "amber",
        "Two of nine posts are vacant, so some nights are not covered.",
    ),
    "2.09": Update(
        written(PLACES),  # and the same again in quarter two, so that the plan has an action with nothing new
        "in_progress",
        "green",
    ),
    "2.10": Update(
        "<p>The service has entered its second year. Results for people dependent on opiates are below those of similar "
        "places, and the provider has an improvement plan.</p>",
        "in_progress",
        "amber",
        "Results for opiate users are in the lowest quarter of similar areas.",
    ),
    "2.11": Update(
        "<p>Two missing-person support officers have been trained and work with the ten people who go missing most "
        "often.</p>",
        "in_progress",
        "green",
    ),
}
