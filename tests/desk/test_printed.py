"""A printed page leads to the log and back: what a head or a hash is of, and whether it still agrees."""

import re

import pytest
from django.urls import reverse

from core.accounts.permissions import Role
from core.audit.install import install, uninstall
from core.audit.models import AuditEvent, AuditSeal
from core.audit.proof import look_again
from core.documents import stamp
from core.documents.stamp import Stamp, qr_svg, stamp_of
from governance.papers import rendering
from governance.papers.models import FrozenPaper
from tests.core.audit.tampering import edit
from tests.factories.accounts import UserFactory
from tests.factories.content import small_paper
from tests.factories.paper_making import people, published_paper, signed_paper


def asked(client, words: str) -> dict[str, tuple[bool, list[str]]]:
    """What the page answers: by its title, whether it agrees and what was checked."""
    places = client.get(reverse("printed"), {"q": words}).context["places"]
    return {one.words: (one.agrees, [check.words for check in one.checks]) for one in places}


def read_code(svg: str) -> list[list[bool]]:
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    rows = [[False] * side for _ in range(side)]
    for x, y in re.findall(r"M(\d+) (\d+)h1v1", svg):
        rows[int(y)][int(x)] = True
    return rows


def test_code_has_its_three_corners_a_quiet_edge_and_other_words_another_code():
    rows = read_code(qr_svg("https://reckoner.example/printed/?q=1204:0123456789abcdef"))
    side, edge = len(rows), stamp.QUIET
    finder = [[max(abs(x - 3), abs(y - 3)) != 2 for x in range(7)] for y in range(7)]
    corners = [(edge, edge), (side - edge - 7, edge), (edge, side - edge - 7)]
    assert [[row[x : x + 7] for row in rows[y : y + 7]] for x, y in corners] == [finder] * 3
    assert not any(map(any, rows[:edge] + rows[-edge:] + [row[:edge] + row[-edge:] for row in rows]))
    assert rows != read_code(qr_svg("https://reckoner.example/printed/?q=1205:0123456789abcdef"))


def test_paper_prints_the_head_on_each_page_and_the_way_to_it_with_the_signature(settings):
    settings.SITE_URL = "https://reckoner.example"
    seal = Stamp(1204, "0123456789abcdef" * 4)
    html = rendering.print_html(small_paper(), signature="Signed by Commissioner", stamp=seal)
    assert "in the office’s log as <strong>1204:0123456789abcdef</strong>" in html
    assert 'href="https://reckoner.example/printed/?q=1204:0123456789abcdef"' in html
    assert html.count('class="stamp__code" src="data:image/svg+xml;base64,') == 1
    assert "Log 1204\\3a 0123456789abcdef" in rendering.print_css(small_paper(), sha256="a" * 64, stamp=seal)
    unsigned = rendering.print_html(small_paper()), rendering.print_css(small_paper(), sha256="a" * 64)
    assert [("stamp" in one, "Log " in one) for one in unsigned] == [(False, False)] * 2


@pytest.mark.servers
def test_printed_head_leads_anybody_to_the_published_paper_until_somebody_changes_the_log(
    real_db, settings, tmp_path, client
):
    settings.FILES_DIR = tmp_path
    frozen = published_paper(people()).frozen
    seal = stamp_of(frozen.signature)
    added = AuditEvent.objects.get(table="papers_signature")
    assert (seal.hash, seal.seq) == AuditSeal.objects.values_list("hash", "seq").get(event_id=added.pk)
    look_again(whole=False)
    found = asked(client, seal.head)
    ((paper, (agrees, checks)),) = found.items()
    assert (agrees, paper.endswith("version 1. Published on 3 December 2019.")) == (True, True)
    assert checks[0] == f"What is kept here has the SHA-256 {frozen.sha256[:16]}, worked out again just now."
    assert checks[2:4] == [
        f"The signature is in the log as {seal.head}.",
        f"The hash of change {seal.seq}, worked out again just now, fits what the log says and the seal before it.",
    ]
    assert "nothing was changed behind it" in checks[4]
    assert list(asked(client, f"SHA-256  {frozen.sha256[:16].upper()}")) == [paper]
    assert list(asked(client, frozen.files.get(build="public").file.sha256)) == [f"The PDF of p{paper[1:]}"]
    assert asked(client, frozen.files.get(build="restricted").file.sha256) == {}
    edit(seal.seq)
    uninstall({"papers_frozenpaper"})
    FrozenPaper.objects.update(content=frozen.content + " ")
    install()
    assert look_again(whole=True).faults > 0
    agrees, checks = asked(client, seal.head)[paper]
    assert (agrees, checks[0], checks[3]) == (
        False,
        "What is kept here no longer has the hash it was submitted under.",
        f"Change {seal.seq} is not what it was when it was sealed.",
    )
    assert "something in it was wrong" in checks[4]


@pytest.mark.django_db
def test_what_is_not_published_is_known_to_those_who_work_on_papers_alone(client):
    who = people()
    frozen = signed_paper(who).frozen
    assert asked(client, frozen.sha256[:16]) == {}
    client.force_login(UserFactory(roles=[Role.PANEL]))
    assert asked(client, frozen.sha256[:16]) == {}
    client.force_login(who.secretary)
    ((title, (agrees, checks)),) = asked(client, frozen.sha256[:16]).items()
    assert (title.endswith("Signed and not published."), agrees) == (True, True)
    assert checks[1].endswith("the signature names that hash.")


@pytest.mark.django_db
def test_a_stranger_learns_no_change_by_its_number_and_a_wrong_head_is_told(client):
    UserFactory(roles=[Role.STAFF])
    last = AuditEvent.objects.latest("pk")
    begin = AuditSeal.objects.get(seq=0)
    assert asked(client, str(last.pk)) == {}
    assert asked(client, f"0:{begin.hash[:16]}")["Head 0 of the log"][0]
    assert asked(client, "Log 0: 0123456789abcdef")["Head 0 of the log"] == (
        False, ["That is not the hash the log has there. If you did not mistype, tell the office’s auditor."],
    )  # fmt: skip
    assert not asked(client, "999999999:0123456789abcdef")["Head 999999999 of the log"][0]
    assert "Nothing here is called that" in client.get(reverse("printed"), {"q": "not a hash"}).content.decode()
    client.force_login(UserFactory(roles=[Role.AUDITOR]))
    ((title, _),) = asked(client, str(last.pk)).items()
    assert title.startswith(f"Change {last.pk}, ")
