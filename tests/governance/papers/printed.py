"""What a printed paper says of itself, read back from its PDF: entries of the contents, captions, titles of charts."""

import os
import re
import shutil
import subprocess

import pytest

from governance.papers.content import reading

ENTRY = re.compile(r"^\s*(\S.*?) {2,}(\d+)\s*$", re.MULTILINE)  # the dots between are drawn, not written
TITLE = re.compile(r"<text[^>]*font-weight=\"700\"[^>]*>([^<]+)</text>")


def tool(*command):
    if shutil.which(command[0]) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"There is no {command[0]} to run.")
        pytest.skip(f"NOT RUN: there is no {command[0]}")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def raw_pages(path):
    return tool("pdftotext", "-layout", str(path), "-").split("\f")[:-1]


def pages_of(path):
    """The text of each page, spaces as one."""
    return [" ".join(one.split()) for one in raw_pages(path)]


def contents_of(path):
    """Every entry of the contents with the page it names, from the one page or more they stand on."""
    found = []
    for page in raw_pages(path)[1:]:
        entries = ENTRY.findall(page)
        if not entries:
            return found
        found += [(name, int(number)) for name, number in entries]
    return found


def entries_of(paper):
    """What the contents have to list, in order."""
    listed = [f"Introduction by the {paper.cover.commissioner}", "Key to the symbols", "Performance dashboard"]
    for one in paper.priorities:
        listed += [f"{one.number}. {one.title}", *(section.header.name for section in one.sections)]
    return [*listed, f"Deep dive: {paper.deep_dive.priority}", "Appendix A: Scorecard"]


def parted_captions(path, paper):
    """Numbers of the figures whose caption is not on one page with the title drawn in its chart."""
    pages = pages_of(path)
    parted = []
    for chart in reading.charts(paper):
        if not chart.withheld:
            title = " ".join(TITLE.search(chart.svg)[1].split())
            caption = f"Figure {chart.number}: "
            if not any(caption in page and title in page for page in pages):
                parted.append(chart.number)
    return parted
