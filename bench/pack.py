"""What an agenda pack costs: 300 pages numbered, joined, bookmarked and tagged as one. Prints one line.

    python -m bench.pack

A paper of twelve pages is rendered once and joined as often as gives 300 pages and more. What is timed is what a pack
adds to its papers: the numbers at the foot of every page, and the joining. Goal: 60 s by the clock and 1 GB. The bench
fails above either.
"""

import datetime as dt
import math
import os
import sys
import tempfile
import time
from pathlib import Path

PAGES = 300
GOAL, MOST = 60, 1_000_000_000  # seconds, bytes


def main(folder: Path) -> None:
    from core.documents import joining
    from governance.papers.rendering import render_paper
    from tests.factories.content import small_paper

    paper = render_paper(small_paper(), sha256="a" * 64)
    path = folder / "paper.pdf"
    path.write_bytes(paper.pdf)
    count = math.ceil(PAGES / paper.pages)
    start = time.monotonic()
    numbers = joining.stamps([f"Pack page {number}" for number in range(1, count * paper.pages + 1)])
    parts = [
        joining.Part(str(path), 1 + place * paper.pages, place * paper.pages, f"Paper {place}", f"{place}. Item")
        for place in range(count)
    ]
    facts = {"title": "Agenda pack", "author": "The office", "subject": "A bench", "at": dt.datetime.now(dt.UTC)}
    made = joining.join(parts, stamped=numbers.pdf, **facts)
    took = time.monotonic() - start
    memory = max(numbers.peak_bytes, made.peak_bytes)
    print(
        f"pack: {made.pages} pages of {count} papers: {took:.1f} s by the clock (goal {GOAL}), of it numbering "
        f"{numbers.cpu_seconds:.1f} and joining {made.cpu_seconds:.1f} CPU s, peak {memory / 1e6:.0f} MB, "
        f"{len(made.pdf) / 1e6:.1f} MB"
    )
    if took > GOAL or memory > MOST:
        sys.exit(1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RECKONER_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        main(Path(folder))
