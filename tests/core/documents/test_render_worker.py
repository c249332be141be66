"""The process that makes a PDF fetches nothing and reads nothing it was not given, whatever the document says."""

import base64
import errno
import json
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.conf import settings

from core.documents.render import RenderFailed, render
from tests.core.documents.sample import page


@pytest.fixture(scope="module")
def canary():
    """A web server on this machine that notes who comes, and sends them on to a second place."""
    visits = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            visits.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/second")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", visits
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def trap(tmp_path_factory):
    """A named pipe that notes who opens it for reading: whoever does waits until the watcher has seen them."""
    path = tmp_path_factory.mktemp("trap") / "secret.svg"
    os.mkfifo(path)
    readers = []
    over = threading.Event()

    def watch():
        while not over.wait(0.02):
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as problem:
                assert problem.errno == errno.ENXIO  # nobody is reading
                continue
            readers.append("read")
            os.close(descriptor)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    yield path, readers
    over.set()
    watcher.join()


def svg(body):
    namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    drawn = f'<svg {namespaces} width="10" height="10"><rect width="5" height="5"/>{body}</svg>'
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"


DOCUMENTS = {
    "img": '<img alt="x" src="{}">',
    "srcset": '<img alt="x" srcset="{} 2x" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">',
    "object": '<object data="{}"></object>',
    "embed": '<embed src="{}">',
    "iframe": '<iframe src="{}"></iframe>',
    "video": '<video src="{0}" poster="{0}"></video>',
    "input": '<input type="image" src="{}">',
    "sheet": '<link rel="stylesheet" href="{}">',
    "import": "<style>@import url({});</style>",
    "import in an import": "<style>@import url('data:text/css,@import url({});');</style>",
    "font": "<style>@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}</style><p>x",
    "background": '<p style="background: url({})">x',
    "bullet": '<ul style="list-style-image: url({})"><li>x</ul>',
    "content": "<style>p::before {{ content: url({}) }}</style><p>x",
    "margin box": "<style>@page {{ @top-left {{ content: url({}) }} }}</style><p>x",
    "colour profile": "<style>@color-profile --x {{ src: url({}) }} p {{ color: color(--x 1 0 0) }}</style><p>x",
    "attachment": '<link rel="attachment" href="{}"><p>x',
    "attachment link": '<a rel="attachment" href="{}">x</a>',
    "base": '<base href="{}/"><img alt="x" src="y">',
    "inline svg": '<svg width="9" height="9"><image href="{}" width="5" height="5"/></svg>',
    "svg entity": "<svg><text>x</text></svg>",
}
PICTURES = {
    "svg image": '<image href="{}" width="5" height="5"/>',
    "svg xlink image": '<image xlink:href="{}" width="5" height="5"/>',
    "svg use": '<use href="{}#a"/>',
    "svg import": "<style>@import url({});</style>",
    "svg font": "<style>@font-face {{ font-family: y; src: url({}) }}</style><text font-family='y'>x</text>",
    "svg fill": '<rect width="5" height="5" fill="url({}#g)"/>',
    "svg filter": '<rect width="5" height="5" filter="url({}#f)"/>',
    "svg mask": '<rect width="5" height="5" mask="url({}#m)"/>',
    "svg base": '<g xml:base="{}/"><image href="y" width="5" height="5"/></g>',
}
EVERY = [*DOCUMENTS, *PICTURES]


def document(name, address):
    if name in PICTURES:
        return page(f'<img alt="x" src="{svg(PICTURES[name].format(address))}">')
    return page(DOCUMENTS[name].format(address))


HARNESS = """
import json, sys
from core.documents.render_worker import Faults, LOGGER, FatalURLFetchingError, Refused, Unexpected, render

said = {}
for name, html in json.load(sys.stdin).items():
    faults = Faults()
    LOGGER.handlers = [faults]
    request = {"html": html, "files": {"css/bundled.css": __file__}, "stylesheets": [], "css": "", "title": "x"}
    request |= {"author": "", "subject": "", "language": "en", "at": "2019-12-10T09:30:00Z"}
    try:
        render(request, faults)
        said[name] = "made"
    except Refused as refused:
        said[name] = f"refused {refused}"
    except (FatalURLFetchingError, Unexpected) as problem:
        said[name] = f"fault {problem}"
print(json.dumps({"said": said}))
"""


def outcomes(documents, tmp_path):
    """What becomes of each document in the worker's own code, without the fence: the fetcher has to stand alone."""
    harness = tmp_path / "harness.py"
    harness.write_text(HARNESS)
    environment = {"PYTHONPATH": str(settings.BASE_DIR), "PATH": os.environ["PATH"]}
    command = [sys.executable, str(harness)]
    ran = subprocess.run(
        command, env=environment, input=json.dumps(documents), capture_output=True, text=True, check=True
    )
    return json.loads(ran.stdout.splitlines()[-1])["said"]


def test_canary_and_trap_notice_a_visit(canary, trap):
    address, visits = canary
    path, readers = trap
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{address}/first")
    path.read_bytes()
    assert visits[:2] == ["/first", "/second"]
    assert set(readers) == {"read"}
    visits.clear()
    readers.clear()


def test_no_document_makes_a_request(canary, tmp_path):
    address, visits = canary
    said = outcomes({name: document(name, f"{address}/{number}") for number, name in enumerate(EVERY)}, tmp_path)
    assert visits == []
    assert list(said) == list(EVERY)


def test_no_document_reads_a_file(trap, tmp_path):
    path, readers = trap
    said = outcomes({name: document(name, path.as_uri()) for name in EVERY}, tmp_path)
    assert readers == []
    assert list(said) == list(EVERY)


FETCHING = ["img", "sheet", "font", "background", "attachment", "svg image", "svg xlink image", "inline svg"]
OUTSIDE = [
    "http://127.0.0.1:1/x",
    "file:///etc/passwd",
    "ftp://127.0.0.1/x",
    "https://static.invalid/x",
    "HTTP://127.0.0.1:1/",
]
PATHS = [
    "../../../../etc/passwd",
    "css/../../manage.py",
    "https://static.invalid/css/../../x",
    "css/",
    "css/bundled.css/x",
]


def test_document_that_refers_outside_is_refused_with_the_address(tmp_path):
    documents = {f"{name} {address}": document(name, address) for name in FETCHING for address in OUTSIDE}
    said = outcomes(documents, tmp_path)
    assert said == {f"{name} {address}": f"refused {address}" for name in FETCHING for address in OUTSIDE}


def test_no_path_leads_out_of_the_bundled_files(tmp_path):
    said = outcomes({address: document("img", address) for address in PATHS}, tmp_path)
    assert [outcome.split()[0] for outcome in said.values()] == ["refused"] * len(PATHS)


def test_refusal_is_told_in_a_sentence():
    with pytest.raises(RenderFailed) as failed:
        render(document("sheet", "file:///etc/passwd"), title="x")
    assert str(failed.value) == (
        "The document refers to something outside itself (file:///etc/passwd). Remove it and try again."
    )


def test_entities_of_a_picture_are_not_followed(trap):
    path, readers = trap
    drawn = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{path.as_uri()}">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
    source = base64.b64encode(drawn.encode()).decode()
    with pytest.raises(RenderFailed, match="Failed to load image"):
        render(page(f'<img alt="x" src="data:image/svg+xml;base64,{source}">'), title="x")
    assert readers == []


def test_bundled_fonts_and_sheets_are_given():
    html = page(
        '<p style="background: url(vendor/atkinson-hyperlegible/atkinson-hyperlegible-latin-400-normal.woff2)">x</p>'
    )
    with pytest.raises(RenderFailed, match="Failed to load image"):  # it was fetched, and is no picture
        render(html, title="x")


@pytest.mark.parametrize(
    ("does", "ends"),
    [
        ("open('/etc/hostname')", "refused"),
        ("open('/etc/../etc/hostname')", "refused"),
        ("import socket; socket.create_connection(('127.0.0.1', 1))", "refused"),
        ("import socket; socket.getaddrinfo('example.org', 80)", "refused"),
        ("import subprocess; subprocess.run(['true'])", "refused"),
        ("import os; os.system('true')", "refused"),
        ("open('/dev/null')", "done"),
        ("open(weasyprint.__file__)", "done"),
    ],
)
def test_fence_stands_behind_the_fetcher(tmp_path, does, ends):
    program = (
        "import weasyprint\nfrom core.documents.render_worker import Refused, fence\nfence({})\n"
        f"try:\n    {does}\n    print('done')\nexcept Refused:\n    print('refused')\n"
    )
    environment = {"PYTHONPATH": str(settings.BASE_DIR), "TMPDIR": str(tmp_path), "PATH": os.environ["PATH"]}
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout == f"{ends}\n"


def test_worker_knows_no_django():
    program = (
        "import sys\nimport core.documents.render_worker\nprint([m for m in sys.modules if m.startswith('django')])"
    )
    environment = {"PYTHONPATH": str(Path(settings.BASE_DIR)), "PATH": os.environ["PATH"]}
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
