"""The agenda pack: what is in it, its pages, bookmarks and tags, its supplements, and what cannot go in."""

import datetime as dt
import io
import re
from dataclasses import replace

import pikepdf
import pytest
from django.urls import reverse

from core.documents.access import may_read
from core.documents.actions import store_file
from core.jobs.models import Job
from core.jobs.performing import perform
from governance.boards import minutes_content, reading
from governance.boards.actions import add_paper, withdraw_paper
from governance.papers import binding, packing
from governance.papers.actions.packs import ask_pack
from governance.papers.models import Pack, PdfLook
from tests.factories.boards import AgendaItemFactory, MeetingFactory
from tests.factories.pdfs import locked_pdf, pdf_of
from tests.governance.papers.printed import pages_of

CAME = dt.date(2019, 11, 1)


@pytest.fixture
def meeting(db, files):
    """An open item with two papers, one turned on its side, and an exempt item with one."""
    found = MeetingFactory()
    for title, part in (("Minutes", "public"), ("Budget", "public"), ("Lease of the station", "exempt")):
        AgendaItemFactory(meeting=found, title=title, part=part)
    return found


def lay(meeting, position, data, name, by, **more):
    facts = {"name": name, "received_on": CAME, "file": store_file(data=data, name=f"{name}.pdf", by=by), **more}
    return add_paper(item=meeting.items.get(position=position), by=by, **facts)


def made(meeting, by) -> Job:
    """The job that makes the next pack, done."""
    job = ask_pack(meeting=meeting, shown=packing.contents_of(meeting).shown, by=by)
    perform(job.pk, threaded=False)
    job.refresh_from_db()
    return job


def opened(pack, build):
    return pikepdf.open(io.BytesIO(pack.files.get(build=build).file.read()))


def numbers(pack, build):
    """The number printed on each page, and whether it says that it is not for publication."""
    pages = pages_of(pack.files.get(build=build).file.path)
    return [(int(one.rpartition("Pack page ")[2].split()[0]), "NOT FOR PUBLICATION" in one[-60:]) for one in pages]


def labels(pdf):
    """The number a reader's program shows for each page."""
    nums, found = list(pdf.Root.PageLabels.Nums), []
    for place in range(len(pdf.pages)):
        start, label = [(nums[at], nums[at + 1]) for at in range(0, len(nums), 2) if nums[at] <= place][-1]
        found.append(int(label.St) + place - start)
    return found


def outline_of(pdf):
    def told(items):
        return [(one.title, told(one.children)) if one.children else one.title for one in items]

    with pdf.open_outline() as outline:
        return told(outline.root)


def links_of(pdf):
    """Each link of the contents page: what is read out, and the number of the page it leads to."""
    numbered = {page.obj.objgen: number for page, number in zip(pdf.pages, labels(pdf), strict=True)}
    return [(str(one.Contents), numbered[one.Dest[0].objgen]) for one in pdf.pages[0].Annots]


def test_a_pack_and_its_supplement_number_every_page_once(meeting, who):
    lay(meeting, 2, pdf_of("Estimates", 2), "Estimates", who.secretary)
    lay(meeting, 2, pdf_of("Sideways", 1, turned=90), "Table", who.secretary)
    lay(meeting, 3, pdf_of("Zanzibar", 2), "The rent", who.secretary)
    assert made(meeting, who.secretary).state == "done"
    pack = Pack.objects.get()
    assert (pack.name, pack.first_page, pack.last_page, pack.made_by) == ("Agenda pack", 1, 6, who.secretary)
    whole, public = opened(pack, "restricted"), opened(pack, "public")
    assert labels(whole) == [1, 2, 3, 4, 5, 6]
    assert numbers(pack, "restricted") == [(1, False), (2, False), (3, False), (4, False), (5, True), (6, True)]
    assert (labels(public), numbers(pack, "public")) == ([1, 2, 3, 4], [(one, False) for one in range(1, 5)])
    assert outline_of(public) == [
        ("Contents", [("Agenda pack", ["Contents"])]),
        ("2. Budget", [("Estimates", ["Chapter of Estimates"]), ("Table", ["Chapter of Sideways"])]),
    ]
    assert [one[0] for one in outline_of(whole)] == ["Contents", "2. Budget", "3. Lease of the station"]
    assert ("/AA" in whole.pages[1], "pdfuaid" in str(whole.Root.Metadata.read_bytes())) == (False, False)
    front = pages_of(pack.files.get(build="public").file.path)[0]
    assert ["Estimates 2 to 3" in front, "Table 4" in front, "Lease" in front] == [True, True, False]
    assert ["5 to 6, in the" in front, "restricted pack only" in front] == [True, True]
    assert links_of(public) == [("Estimates", 2), ("Table", 4)]
    assert links_of(whole) == [("Estimates", 2), ("Table", 4), ("The rent", 5)]
    assert not re.search(r"[.·]\s?[.·]|pack-page", front)
    held = b"".join(one.read_bytes() for one in public.objects if isinstance(one, pikepdf.Stream))
    kept = b"".join(one.read_bytes() for one in whole.objects if isinstance(one, pikepdf.Stream))
    assert (b"Zanzibar" in kept, b"Zanzibar" in held) == (True, False)

    withdraw_paper(paper=meeting.items.get(position=2).papers.first(), why="Wrong", by=who.secretary)
    lay(meeting, 2, pdf_of("Right", 1), "Estimates, corrected", who.secretary)
    assert made(meeting, who.secretary).state == "done"
    supplement = Pack.objects.get(number=1)
    assert (supplement.first_page, supplement.last_page, labels(opened(supplement, "public"))) == (7, 8, [7, 8])
    assert [one["name"] for one in supplement.parts] == ["Estimates, corrected"]
    assert labels(opened(Pack.objects.get(number=0), "public")) == [1, 2, 3, 4]
    assert links_of(opened(supplement, "public")) == [("Estimates, corrected", 8)]
    assert packing.standing([pack, supplement]) == {
        pack.parts[1]["key"],
        pack.parts[2]["key"],
        supplement.parts[0]["key"],
    }


def test_what_cannot_go_in_is_named_with_the_reason_and_the_rest_is_made(meeting, who, client):
    lay(meeting, 1, pdf_of("Whole"), "Draft minutes", who.secretary)
    lay(meeting, 2, locked_pdf("Secret"), "Locked", who.secretary)
    lay(meeting, 2, pdf_of("Half", 3)[:-200], "Cut short", who.secretary)
    lay(meeting, 2, b"Not a PDF at all", "A letter", who.secretary)
    job = made(meeting, who.secretary)
    assert (job.state, job.url, Pack.objects.count()) == ("failed", reverse("pack-list", args=[meeting.pk]), 0)
    assert job.error == (
        "No pack was made. “Locked” (item 2) cannot go into the pack. It is locked with a password. Save it without "
        "one. “Cut short” (item 2) cannot go into the pack. It is damaged and cannot be read to its end. Make it anew "
        "from the document it came from. Put another in its place, or make the pack without it, on the page of the pack."
    )
    assert sorted(PdfLook.objects.values_list("pages", flat=True)) == [0, 0, 1]
    client.force_login(who.secretary)
    page = client.get(reverse("pack-list", args=[meeting.pk])).content.decode()
    said = ["Locked” (item 2) cannot", "Cut short” (item 2) cannot", "A letter” (item 2) is not a PDF"]
    assert [words in page for words in said] == [True] * 3
    contents = packing.contents_of(meeting).placed(1)
    rows = [(row.position, row.name, row.pages) for row in binding.rows_of(contents, "public") if row.name]
    assert rows[:4] == [
        (1, "Draft minutes", "2"),
        (2, "Locked", "to follow"),
        (2, "Cut short", "to follow"),
        (2, "A letter", "to follow"),
    ]


def test_a_pack_is_made_of_what_was_seen_and_of_something(meeting, who, client):
    client.force_login(who.secretary)
    make = reverse("pack-make", args=[meeting.pk])
    page = client.post(make, {"shown": packing.contents_of(meeting).shown}, follow=True).content.decode()
    assert "no paper is ready that is not in one" in page
    before = packing.contents_of(meeting).shown
    lay(meeting, 1, pdf_of("Late"), "Late", who.secretary)
    page = client.post(make, {"shown": before}, follow=True).content.decode()
    assert ("The papers have changed since you opened this page" in page, Job.objects.count()) == (True, 0)
    assert client.post(make, {"shown": packing.contents_of(meeting).shown}).url.startswith("/jobs/")
    lay(meeting, 1, pdf_of("Later"), "Later", who.secretary)
    perform(Job.objects.get().pk, threaded=False)
    assert (Job.objects.get().state, Pack.objects.count()) == ("failed", 0)


@pytest.mark.parametrize("papers", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_papers(meeting, who, client, papers, django_assert_num_queries):
    for number in range(papers):
        lay(meeting, 1, pdf_of(f"Paper {number}"), f"Paper {number}", who.secretary)
    client.force_login(who.secretary)
    with django_assert_num_queries(13):
        page = client.get(reverse("pack-list", args=[meeting.pk])).content.decode()
    assert page.count("not counted yet") == papers


def test_a_paper_that_is_marked_is_for_those_cleared_and_for_the_restricted_pack(meeting, who, client):
    marked = lay(meeting, 2, pdf_of("Zanzibar"), "Zanzibar", who.secretary, is_restricted=True)
    lay(meeting, 2, pdf_of("Open"), "Estimates", who.secretary)
    told = [(one.name, sorted(one.files)) for one in packing.contents_of(meeting).parts]
    assert told == [("Zanzibar", ["restricted"]), ("Estimates", ["public", "restricted"])]
    seen = {}
    for person in (who.staff, who.commissioner):
        client.force_login(person)
        page = client.get(reverse("meeting-detail", args=[meeting.pk])).content.decode()
        seen[person] = ["Estimates" in page, "Zanzibar" in page, may_read(person, marked.file)]
    assert seen == {who.staff: [True, False, False], who.commissioner: [True, True, True]}
    kept = minutes_content.content_of(meeting, reading.whole_agenda(meeting), [])
    assert kept["items"][1]["papers"] == ["Estimates"]


def test_the_contents_of_the_public_pack_are_silent_of_a_paper_that_is_marked(meeting, who):
    lay(meeting, 2, pdf_of("Open"), "Estimates", who.secretary)
    lay(meeting, 2, pdf_of("Zanzibar"), "Zanzibar", who.secretary, is_restricted=True)
    broken = lay(meeting, 2, b"%PDF-1.7 and no more", "Madagascar", who.secretary, is_restricted=True)
    PdfLook.objects.create(sha256=broken.file.sha256, pages=0, problem="It is damaged")
    found = packing.contents_of(meeting)
    looked = tuple(replace(one, pages=dict.fromkeys(one.files, 2)) for one in found.parts)
    contents = replace(found, parts=looked).placed(1)
    told = {
        build: [(one.name, one.pages) for one in binding.rows_of(contents, build) if one.position == 2]
        for build in packing.BUILDS
    }
    assert told == {
        "public": [("Estimates", "2 to 3")],
        "restricted": [("Estimates", "2 to 3"), ("Zanzibar", "4 to 5"), ("Madagascar", "to follow")],
    }
    alone = replace(contents, number=1, parts=contents.parts[1:])
    assert [len(binding.rows_of(alone, build)) for build in packing.BUILDS] == [0, 2]
