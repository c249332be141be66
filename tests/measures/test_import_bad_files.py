"""Files that cannot be right, sent to the real pages: a sentence that says what to do, and nothing stored."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from core.accounts.models import Office
from core.jobs.models import Job
from core.jobs.performing import perform
from measures.models import ImportBatch, Measure, Observation, Series
from measures.parsing import guard
from tests.measures.importing import FILE, columns, press, upload


@pytest.fixture(autouse=True)
def nothing_is_ever_stored(analyst, burglary):
    yield
    assert (Observation.objects.count(), Series.objects.count()) == (0, 1)


def through(client, content: str | bytes, name: str = "figures.csv") -> tuple[ImportBatch | None, str]:
    """As far as the file can be taken, jobs and all, and the page it then shows."""
    batch = upload(client, content, name)
    if batch is None:
        return None, ""
    work()
    batch.refresh_from_db()
    if batch.state == "uploaded" and batch.mapping:
        answer = client.post(f"/imports/{batch.pk}/columns/", columns(batch))
        if answer.status_code == 422:
            return batch, answer.content.decode()
        work()
        batch.refresh_from_db()
    return batch, client.get(f"/imports/{batch.pk}/").content.decode()


def work() -> None:
    for job in Job.objects.filter(state="waiting", kind__endswith="_import"):
        perform(job.pk, threaded=False)


def workbook(fill) -> bytes:
    book = Workbook()
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(sheet) -> None:
    sheet.append(["Month", "Measure", "Value"])
    sheet.append(["2019-09", "Burglary", 320])


@pytest.mark.parametrize(
    "content, sentence",
    [
        (FILE.encode("utf-16"), None),
        ("Month,Measure,Value\n2019-09,Café,5\n".encode("cp1252"), "Row 2 holds a character that is not UTF-8."),
        ("Name,Age\nAnna,12\n", "No column holds the month."),
        ("Month,Measure,Value\n2019-09,Burglary,many\n", "“many” is not a number"),
        ("Month,Measure,Value\n2019-13,Burglary,5\n", "“2019-13” would be month 13 of 2019"),
        ("Month,Measure,Value\n2119-09,Burglary,5\n", "2119"),
        (FILE + "2019-09,Burglary,321\n", "Row 3 and row 4 both give Burglary for September 2019, with 320 and 321."),
        ("Month,Measure,Value\n2019-09,Burglary,-5\n", "it cannot be below zero"),
        ("Month,Measure,Value\n2019-09,Burglary,5.5\n", "it should be a whole number"),
        ('Month,Measure,Value\n2019-09,"Burglary,5\n', "quotation mark that is not closed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "This is not a text file"),
        (b"%PDF-1.7\n\x00\x01", "This is not a text file"),
        ("Month,Measure,Value\n", "There are no rows below the headings"),
    ],
)
def test_a_bad_text_file_is_refused_with_a_sentence(client, content, sentence):
    batch, page = through(client, content)
    if sentence is None:  # UTF-16 with its mark is read like any other
        assert batch.state == "ready"
        return
    assert sentence in page
    assert batch.state in ("refused", "uploaded")
    press(client, batch, "accept")
    assert batch.state in ("refused", "uploaded")


def test_a_denominator_of_nought_is_refused(client):
    Measure.objects.filter(slug="burglary").update(kind="ratio")
    _, page = through(client, "Month,Measure,Numerator,Denominator\n2019-09,Burglary,0,0\n")
    assert "The denominator of Burglary is 0, so there is no figure to work out." in page


def test_an_empty_file_is_refused_before_it_is_kept(client):
    assert through(client, b"") == (None, "")
    response = client.post("/imports/new/", {})
    assert response.status_code == 422
    assert "Choose the file" in response.content.decode()


def test_figures_taken_tomorrow_are_refused(client):
    Office.objects.create(pk=1, name="O", short_name="O", force_name="F", is_demo=True, today_override="2019-09-30")
    assert upload(client) is None


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_kept(client):
    batch, _ = through(client, b"a" * (guard.UPLOAD_BYTES + 1))
    assert batch is None


def test_a_thousand_and_more_problems_are_counted_the_first_thousand_kept(client):
    lines = "".join(f"2019-09,Burglary,wrong {number}\n" for number in range(1_500))  # and the same month again
    batch, page = through(client, "Month,Measure,Value\n" + lines)
    assert batch.state == "refused"
    assert "2,999 problems" in page
    assert len(batch.report.problems) == 1_000
    answer = client.get(f"/imports/{batch.pk}/problems.csv").content.decode("utf-8-sig").splitlines()
    assert (len(answer), answer[0]) == (1_001, "row,column,problem,weight")
    assert answer[1].startswith('2,Value,"“wrong 0” is not a number')


def far_cell(sheet) -> None:
    table(sheet)
    sheet["XFD1048576"] = 1


def formula(sheet) -> None:
    table(sheet)
    sheet["C2"] = "=300+20"


@pytest.mark.parametrize(
    "fill, sentence",
    [
        (far_cell, "The sheet reaches cell XFD1048576"),
        (formula, "C2 holds a formula; save the file as values."),
    ],
)
def test_a_bad_workbook_is_refused_with_a_sentence(client, fill, sentence):
    batch, page = through(client, workbook(fill), "figures.xlsx")
    assert sentence in page
    assert batch.state in ("refused", "uploaded")


def test_a_workbook_that_unpacks_to_far_more_is_refused(client):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", b"<Types/>")
        packed.writestr("xl/workbook.xml", b"<a/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    batch, page = through(client, bomb.getvalue(), "bomb.xlsx")
    assert batch.mapping == {}
    assert "The workbook unpacks to more than 100 MB" in page


def test_a_good_workbook_is_read_by_a_job_and_previewed(client):
    batch, page = through(client, workbook(table), "figures.xlsx")
    assert (batch.state, batch.report.preview["new"]) == ("ready", 1)
    assert "September 2019" in page


def test_text_in_a_strange_encoding_can_be_read_by_saying_so(client):
    batch, _ = through(client, "Month,Measure,Value\n2019-09,Burglary,5\n# café,,\n".encode("cp1252"))
    assert batch.mapping == {}
    press(client, batch, "read", {"encoding": "cp1252"})
    assert batch.report.summary["details"]["encoding"] == "Windows-1252"
    assert batch.mapping["columns"] == {"Month": "month", "Measure": "measure", "Value": "value"}
