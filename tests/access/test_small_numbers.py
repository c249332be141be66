"""No page, file or answer of the API tells a small number to somebody who may not see it.

An office holds a count, a share and a breakdown with small numbers in them. Every address that a measure or nobody in
particular is named by is asked twice as each kind of person; between the two the hidden numbers are changed to others
that what is shown allows for. Whoever may not see them must be answered the same, letter by letter. A page that is
added later is asked too.
"""

import re
from html import unescape
from io import BytesIO

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, reverse
from openpyxl import load_workbook

from core.accounts.permissions import Permission, Role
from measures import recompute
from measures.models import CurrentValue, Measure, Series
from measures.models.period import month_start
from tests.access.walk import addresses
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.measures import SEPTEMBER, MeasureFactory, SeriesFactory, give

pytestmark = pytest.mark.django_db
JULY = SEPTEMBER - 2
NOON = "2019-11-05T12:00Z"  # pages show today's date, and a run must be able to go on over midnight
MONTHS = 36
# By series: the months to September as they are, and as they might be for all that is shown.
COUNT = ([3, 20, 25], [1, 22, 25])
SHARE = ([30, 30, 3], [30, 30, 2])
PARTS = {"homes": ([9, 3, 9], [9, 1, 9]), "shops": ([14, 10, 9], [14, 12, 9]), "cars": ([70, 70, 70], [70, 70, 70])}
WHOLE = ([93, 83, 88], [93, 83, 88])
SEES, NOT = [Role.ANALYST], [[Role.SECRETARY], [Role.ADMINISTRATOR], [Role.PANEL], [Role.CONTRIBUTOR], None]
# A token, and the key of a signal, which is written anew with its input.
CHANGING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|"X-CSRFToken": "[^"]*"|"id":[0-9]+')
LINK = re.compile(rb'href="(/(?:measures|series)/[^"#]+)"')
API_ROWS = ("observation", "signal", "peer-verdict", "projection")
LEFT_OUT = {
    "sign-out",
    "health-live",
    "health-ready",
    "history",
    "history-csv",
    "history-reads",
    "sign-in-key",
}  # no figures; the log, which grows; a riddle for a key, which is a new one each time


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def office():
    OfficeFactory()
    held = {}
    count = MeasureFactory(slug="knife-crime")
    held["count"] = given(SeriesFactory(measure=count), COUNT[0])
    share = MeasureFactory(slug="charged", kind=Measure.Kind.RATIO, precision=1)
    held["share"] = given(SeriesFactory(measure=share), SHARE[0], 40)
    whole = MeasureFactory(slug="thefts")
    held["whole"] = given(SeriesFactory(measure=whole), WHOLE[0])
    for name, (values, _) in PARTS.items():
        held[name] = given(SeriesFactory(measure=whole, breakdown=name), values)
    recompute.recompute_all()
    return held


def given(series: Series, latest: list[int], below: int | None = None) -> Series:
    earlier = [30 + month % 5 for month in range(MONTHS - len(latest))]
    values = [float(value) for value in (*earlier, *latest)]
    give(series, values, None if below is None else [float(below)] * MONTHS)
    return series


def change(office: dict[str, Series]) -> None:
    """The hidden numbers as others that would look the same. What is current is changed, which the engine reads."""
    twins = {"count": COUNT[1], "share": SHARE[1], **{name: pair[1] for name, pair in PARTS.items()}}
    for name, values in twins.items():
        for month, value in zip(range(JULY, SEPTEMBER + 1), values, strict=True):
            CurrentValue.objects.filter(series=office[name], period__start=month_start(month)).update(value=value)
    recompute.recompute_all()
    cache.clear()


def asked(client: Client) -> dict[str, object]:
    """Every answer there is, by address."""
    patterns = [one for one in addresses() if one.name and one.name not in LEFT_OUT]
    paths = [reverse(one.name) for one in patterns if not takes(one)]
    slugs = Measure.objects.values_list("slug", flat=True)
    of_measure = [one for one in patterns if takes(one) == ["slug"] and str(one.pattern).startswith("measures/")]
    paths += [reverse(one.name, args=[slug]) for one in of_measure for slug in slugs]
    paths += [f"{reverse('measure-detail', args=[slug])}?figures=all" for slug in slugs]
    paths += [f"{reverse(f'api-{name}-list')}?page={page}" for name in API_ROWS for page in range(1, 9)]
    answers = {path: body(client.get(path)) for path in paths}
    led_to = {link for answer in answers.values() for link in links(answer)} - answers.keys()
    return answers | {path: body(client.get(path)) for path in sorted(led_to)}


def links(answer: object) -> set[str]:
    """Where a page leads to that has figures: how one is made, one series, a chart as a file."""
    html = answer[1] if isinstance(answer, tuple) else b""
    found = {unescape(one.decode()) for one in LINK.findall(html)}
    return {
        link for link in found if not link.endswith(".png")
    }  # drawn from the SVG, which is asked for, at ten times its cost


def takes(pattern: URLPattern) -> list[str]:
    """The names of what an address needs."""
    return [*pattern.pattern.converters, *re.findall(r"\?P<(\w+)>", str(pattern.pattern))]


def body(response) -> object:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        book = load_workbook(BytesIO(content))
        return [[cell.value for row in sheet.iter_rows() for cell in row] for sheet in book]
    return (response.status_code, CHANGING.sub(b"", content))


def reader(roles: list[str] | None) -> Client:
    client = Client()
    if roles is not None:
        client.force_login(UserFactory(roles=roles))
    return client


def test_who_may_not_see_small_numbers_is_answered_the_same_whatever_they_are(office):
    clients = [reader(roles) for roles in NOT]
    before = [asked(client) for client in clients]
    change(office)
    for client, answers in zip(clients, before, strict=True):
        after = asked(client)
        assert {path for path in answers if answers[path] != after.get(path)} == set()


def test_the_same_questions_find_the_numbers_where_they_may_be_seen(office):
    client = reader(SEES)
    before = asked(client)
    change(office)
    after = asked(client)
    changed = {path for path in before if before[path] != after.get(path)}
    assert {"/scorecard/", "/measures/knife-crime/", "/measures/charged/"} <= changed
    assert not {path for path in changed if path.startswith("/api/") or path.endswith((".csv", ".xlsx"))}  # these leave


def test_exact_figures_are_asked_for_by_name_and_marked(office):
    client = reader(SEES)
    public, exact = (
        client.get("/api/v1/observations/", {"measure": "knife-crime", "since": "2019-07", **more}).json()["results"]
        for more in ({}, {"figures": "exact"})
    )
    assert [(one["value"], one["withheld"], one["disclosure"]) for one in public] == [
        (None, "<5", "public"), (None, "not shown", "public"), (None, "not shown", "public")]  # fmt: skip
    assert [(one["value"], one["withheld"], one["disclosure"]) for one in exact] == [
        (3, "", "restricted"), (20, "", "restricted"), (25, "", "restricted")]  # fmt: skip
    file = client.get("/scorecard/table.csv", {"figures": "exact"})
    assert "restricted" in file["Content-Disposition"]
    assert b"Restricted: contains numbers below five" in file.content
    assert b"Restricted" not in client.get("/scorecard/table.csv").content


@pytest.mark.parametrize(
    "address", ["/api/v1/observations/", "/api/v1/signals/", "/scorecard/table.csv", "/scorecard/table.xlsx"]
)
def test_exact_figures_are_refused_to_who_may_not_see_them(office, address):
    assert reader([Role.SECRETARY]).get(address, {"figures": "exact"}).status_code == 403


def test_a_page_with_small_numbers_is_marked_and_one_without_is_not(office):
    marked = "Restricted: contains numbers below five"
    assert marked in reader(SEES).get("/measures/knife-crime/").content.decode()
    assert marked in reader(SEES).get("/scorecard/").content.decode()
    assert marked not in reader([Role.SECRETARY]).get("/measures/knife-crime/").content.decode()


def test_earlier_versions_of_a_figure_are_hidden_too(office):
    give(office["whole"], [4.0], last=SEPTEMBER - 13)
    give(office["whole"], [61.0], last=SEPTEMBER - 13)
    page = reader([Role.SECRETARY]).get("/measures/thefts/?figures=all").content.decode()
    assert "was &lt;5 in" in page
    assert "was 4 in" in reader(SEES).get("/measures/thefts/?figures=all").content.decode()


def test_those_who_may_see_small_numbers():
    may = {role for role in Role if UserFactory(roles=[role]).has(Permission.SMALL_NUMBERS_VIEW)}
    assert may == {Role.STAFF, Role.ANALYST, Role.COMMISSIONER, Role.AUDITOR}
