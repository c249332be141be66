"""Nobody can be told of work: the page that asks for it answers all the same, and the work is done later."""

import http.client
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from core.jobs.models import Job
from measures.models import ImportBatch
from tests.core.jobs.conftest import free_port
from tests.core.jobs.office import ROOT, kill_group
from tests.faults.installation import Installation

pytestmark = pytest.mark.servers
ROWS = 20_000  # so many that the page leaves them to a job


class Browser:
    """Somebody signed in, at a real server."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.cookies = port, {settings.SESSION_COOKIE_NAME: session}

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        sent = headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as caller:
            caller.request(method, path, body, sent)
            answer = caller.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode()

    def answers(self) -> bool:
        try:
            return self.ask("GET", "/health/live")[0] == 200
        except OSError:
            return False

    def upload(self, content: bytes) -> int:
        _, page = self.ask("GET", "/imports/new/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        facts = {"source": "Crime recording system", "as_at_day": "1", "as_at_month": "10", "as_at_year": "2019"}
        facts |= {"csrfmiddlewaretoken": token, "file": SimpleUploadedFile("figures.csv", content)}
        body = encode_multipart(BOUNDARY, facts)
        return self.ask("POST", "/imports/new/", body, **{"Content-Type": MULTIPART_CONTENT})[0]


@contextmanager
def web_server(installation: Installation, port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--threads", "2", "--no-control-socket"]
    with (installation.folder / "web.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=installation.environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield
    finally:
        kill_group(process)


def test_a_page_answers_while_the_broker_is_down_and_its_work_is_done_when_it_is_back(
    place, analyst, client, own_redis
):
    installation = Installation(place, own_redis.url)
    port = free_port()
    browser = Browser(port, client.cookies[settings.SESSION_COOKIE_NAME].value)
    content = "Month,Measure,Value\n" + "2019-09,Burglary,320\n" * ROWS
    with web_server(installation, port):
        installation.wait(browser.answers, lambda: (place / "web.log").read_text())
        assert browser.upload(content.encode()) == 302
        job, batch = Job.objects.get(), ImportBatch.objects.get()
        assert (job.state, job.sent, batch.state) == ("waiting", None, "uploaded")
        status, page = browser.ask("GET", f"/imports/{batch.pk}/")
        assert (status, "Working on the file" in page) == (200, True)
        own_redis.start()
        with installation.worker():
            installation.wait_for(job.pk, state="done")
        status, page = browser.ask("GET", f"/imports/{batch.pk}/")
        assert (status, "Working on the file" in page) == (200, False)
    batch.refresh_from_db()
    assert (batch.report.summary["rows"], batch.mapping["layout"]) == (ROWS + 1, "long")
