"""Hostile HTML through every way in and out of a paper: no script, no request, no file read."""

import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest
from django.core.cache import cache
from django.urls import reverse
from lxml import html as lxml_html

from core.documents.richtext import clean
from governance.papers.models import Commentary
from tests.factories import paper_making
from tests.factories.measures import MeasureFactory
from tests.factories.papers import CommentaryFactory
from tests.governance.papers.hostile import vectors
from tests.governance.papers.printed import tool

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
SECRET = "NOBODY-MAY-READ-THIS-8231"
FETCHING = {"src", "srcset", "poster", "background", "data", "action", "formaction", "ping", "manifest", "xlink:href"}


@pytest.fixture
def asked():
    """A server that writes down who asks, and its address."""
    seen: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_error(404)

        do_POST = do_HEAD = do_GET

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield seen, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def dangers(page: str, at: str) -> list[str]:
    """What of a page or a piece of one would run, ask or read."""
    found = []
    for one in lxml_html.document_fromstring(f"<html><body>{page}").iter():
        if not isinstance(one.tag, str):
            continue
        if one.tag == "script" and not one.get("nonce") or one.tag in {"iframe", "object", "embed", "base", "applet"}:
            found.append(one.tag)
        for name, value in one.attrib.items():
            said = re.sub(r"[\x00-\x20]", "", value).lower()
            if name.startswith("on") or name == "style" and "url" in said or name == "srcdoc":
                found.append(f"{one.tag} {name}")
            if said.startswith(("javascript:", "vbscript:", "livescript:", "file:", "data:text")):
                found.append(f"{one.tag} {name}={said[:40]}")
            if (name in FETCHING or name == "href" and one.tag != "a") and at in value:
                found.append(f"{one.tag} {name}={value[:60]}")
    return found


def test_nothing_hostile_runs_asks_or_reads_on_any_way(client, who, asked, tmp_path, monkeypatch):
    seen, at = asked
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    every = vectors(at, str(secret))
    assert len(every) >= 150
    assert sum(bool(dangers(one, at)) for one in every) >= 120  # as they come, the looking finds most of them
    assert [one for one in every if dangers(clean(one), at)] == []

    cache.clear()
    raw = "".join(f"<p>{one}</p>" for one in every)  # here one may swallow the next; then each by itself
    paper = _published_with(who, monkeypatch, raw + "".join(clean(one) for one in every))
    client.force_login(who.staff)
    pages = {
        name: client.get(address).content.decode()
        for name, address in {
            "twin": reverse("paper-read", args=[paper.code]),
            "figures": reverse("paper-figures", args=[paper.code]),
            "data": reverse("paper-content", args=[paper.code]),
            "api": reverse("api-paper-content", args=[paper.code, 1]),
            "commentary": reverse("commentary-detail", args=[paper.code, "burglary"]),
            "introduction": reverse("introduction-edit", args=[paper.code]),
        }.items()
    }
    for name in ("twin", "figures", "commentary", "introduction"):
        assert (name, dangers(pages[name], at)) == (name, [])
    for name in ("data", "api"):
        stored = re.findall(r'"html":"((?:[^"\\]|\\.)*)"', pages[name])
        assert (name, [one for one in stored if dangers(one.encode().decode("unicode_escape"), at)]) == (name, [])
    _looks_at_the_editor(client, paper.code, every, at)
    _looks_at_the_pdf(paper, tmp_path)
    assert seen == []


def _published_with(who, monkeypatch, html: str):
    """A paper whose one commentary was put into the database as it is, past the form that would have cleaned it."""
    monkeypatch.setattr(paper_making, "TEXT", paper_making.TEXT + html.replace("{", "("))
    return paper_making.published_paper(who, with_figures=True, rendered=True)


def _looks_at_the_editor(client, code: str, every: list[str], at: str) -> None:
    """Saving, the draft that is kept while typing, the checker, the refusal of a second editor with its diff."""
    quarter = Commentary.objects.first().quarter
    slot = CommentaryFactory(quarter=quarter, measure=MeasureFactory(slug="robbery"), text="")
    page = reverse("commentary-detail", args=[code, "robbery"])
    for number in range(5):
        text = "".join(f"<p>{one}</p>" for one in every[number::5])
        sent = {"version": Commentary.objects.get(pk=slot.pk).version, "text": text, "did": text}
        answer = client.post(page, sent)
        assert answer.status_code in (302, 422)
        if answer.status_code == 422:  # a code that names nothing is refused, and the text comes back as text
            assert dangers(answer.content.decode(), at) == []
            answer = client.post(page, sent | {"text": text.replace("{", "("), "did": ""})
            assert answer.status_code == 302
        assert dangers(client.get(page).content.decode(), at) == []
    assert dangers(Commentary.objects.get(pk=slot.pk).text, at) == []
    stale = client.post(page, {"version": 1, "text": "".join(every).replace("{", "("), "did": ""})
    assert (stale.status_code, dangers(stale.content.decode(), at)) == (409, [])
    for name in ("commentary-check", "commentary-draft"):
        told = client.post(reverse(name, args=[code, "robbery"]), {"text": "".join(every), "did": ""})
        assert (told.status_code, told["Content-Type"], told["X-Content-Type-Options"]) == (
            200,
            "application/json",
            "nosniff",
        )


def _looks_at_the_pdf(paper, tmp_path) -> None:
    file = tmp_path / "paper.pdf"
    stored = paper.versions.get().files.get(build="public").file
    file.write_bytes(stored.read())
    assert SECRET not in tool("pdftotext", str(file), "-")
    with pikepdf.open(file) as pdf:
        assert len(pdf.attachments) == 0
        assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
        raw = b"".join(one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream))
        actions = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") in ("/JavaScript", "/Launch")
        ]
    assert SECRET.encode() not in raw
    assert actions == []


def test_the_counting_server_counts(asked):
    seen, at = asked
    port = int(at.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as one:
        one.sendall(b"GET /x HTTP/1.0\r\n\r\n")
        one.recv(100)
    assert seen == ["/x"]
