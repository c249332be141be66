"""A minute cites a paragraph of a published paper by its id, and leads to it."""

import pytest
from django.urls import reverse

from governance.boards import links, minutes_content, reading
from governance.boards.models import Citation
from governance.papers.content import canonical
from governance.papers.content import reading as content
from tests.factories.boards import AgendaItemFactory
from tests.factories.paper_making import published_paper, signed_paper

pytestmark = pytest.mark.django_db


def test_a_minute_leads_to_a_paragraph_of_the_published_twin(client, who):
    paper = published_paper(who)
    frozen = paper.versions.published().first()
    first = next(content.sequence(canonical.from_json(frozen.content)))
    item = AgendaItemFactory()
    client.force_login(who.secretary)
    address = reverse("citation-create", args=[item.pk])
    missing = client.post(address, {"paper": paper.code, "number": 9000})
    assert "There is no paragraph 9000 in that paper" in missing.content.decode()
    client.post(address, {"paper": paper.code, "number": first.number})
    held = Citation.objects.get()
    assert (held.paper, held.version, held.paragraph) == (paper.code, frozen.number, first.pid)
    twin, _, place = held.address.partition("#")
    assert held.address in client.get(reverse("meeting-minutes", args=[item.meeting_id])).content.decode()
    client.logout()
    assert f'id="{place}"' in client.get(twin).content.decode()
    [told] = minutes_content.content_of(item.meeting, reading.whole_agenda(item.meeting), [])["items"]
    assert told["citations"] == [
        {"label": held.label, "words": held.words, "href": f"http://localhost:8000{held.address}"}
    ]


def test_only_what_is_published_can_be_cited(who):
    paper = signed_paper(who)
    assert (links.titles(), links.paragraph(paper.code, 1)) == ([], None)
