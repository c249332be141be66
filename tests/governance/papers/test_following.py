"""From a figure of a published paper to the file, the row, the person and what came later: in three clicks at most."""

import re

import pytest
from django.urls import reverse

from core.documents.actions import store_file
from governance.papers.content import canonical
from governance.papers.following import Follow
from governance.papers.models import Commentary
from governance.papers.rendering import print_html
from measures.models import Measure
from tests.factories.measures import BatchFactory, give
from tests.factories.paper_making import published_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
LINK = re.compile(r'<a class="live-figure" href="([^"]*)"[^>]*>([^<]*)</a>')


@pytest.fixture
def paper(who, monkeypatch):
    monkeypatch.setattr("tests.factories.paper_making.TEXT", LIVE)
    return published_paper(who, with_figures=True)


LIVE = '<p data-pid="aaaaaaaa">There were <data data-figure="burglary.quarter">1</data> in <data data-figure="burglary.quarter:period">x</data>.</p>'


def page(client, address: str) -> str:
    return " ".join(client.get(address.replace("&amp;", "&")).content.decode().split())


def test_three_clicks_lead_from_the_page_to_the_import(client, who, paper):
    stored = store_file(data=b"month,value", name="figures.csv", by=who.staff)
    batch = BatchFactory(file=stored, file_name="figures.csv", accepted_by=who.staff)
    client.force_login(who.analyst)
    read = page(client, reverse("paper-read", args=[paper.code]))
    address, words = LINK.findall(read)[0]
    assert words == "308"
    assert f"{words}</a> in quarter two 2019-20." in read
    figure = page(client, address)  # the first click
    assert "The sum of the 3 months" in figure
    assert re.findall(r'<th scope="row">(\w+ 2019)</th><td data-label="As used">(\d+)</td>', figure) == [
        ("September 2019", "104"),
        ("August 2019", "100"),
        ("July 2019", "104"),
    ]
    assert "Revised since" not in figure
    found = re.findall(r'href="(/imports/\d+/)">', figure)
    assert len(found) == 3
    assert client.get(found[0]).status_code == 200  # the second: its rows, its file, who and when
    give(Measure.objects.get(slug="burglary").series.get(), [114.0], batch=batch)
    later = page(client, address)
    assert "From what is held today it would print <strong>318</strong>" in later
    assert '<td data-label="Now"><strong>114</strong>' in later
    assert "(revised since: 318)" in page(client, reverse("paper-read", args=[paper.code]))
    assert '"text":"318"' not in paper.versions.get().content


def test_the_public_follows_figures_without_names_of_people_and_only_what_is_published(client, who, paper):
    every = page(client, reverse("paper-figures", args=[paper.code]))
    assert 'id="m-burglary"' in every
    first = re.findall(r'<a class="govuk-link" href="(/papers/[^"]*/figures/burglary[^"]*)">', every)[0]
    figure = page(client, first)
    assert "September 2019" in figure
    assert not re.search(r"SHA-256|accepted|/imports/|row \d", figure)
    gone = [
        reverse("paper-figure", args=[paper.code, one]) for one in ("burglary.nothing", "burglary.quarter:x", "x/y")
    ]
    assert [client.get(one).status_code for one in gone] == [404, 404, 404]
    assert client.get(reverse("paper-figures", args=["2019-20-q1"])).status_code == 404


def test_the_pdf_leads_to_the_same_page(paper, settings):
    settings.SITE_URL = "https://office.example"
    content = canonical.from_json(paper.versions.get().content)
    html = print_html(content, follow=Follow.on_paper(paper.code, 1))
    at = f"https://office.example/papers/{paper.code}/figures/"
    assert set(LINK.findall(html)) == {(f"{at}burglary.quarter/?version=1", "308")}
    assert f'href="{at}?version=1"' in html
    assert LINK.findall(print_html(content)) == []
    assert Commentary.objects.filter(text__contains="burglary.quarter:period").count() == 1
