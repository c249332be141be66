"""What a paper costs: the demo's quarter two assembled and laid out as PDF/UA. Prints one line.

    python -m bench.paper

The demo office is built in a temporary database up to the published paper. Then its content is put together from the
record, and its restricted build, which has every chart, is rendered twice; the quicker counts. Processor time of the
render process with its start, shared over the pages, and its own highest memory. The bench fails above either goal.
`bench.preview` sets it against Chromium.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

GOAL = 0.12  # CPU seconds a page
MOST = 200  # MB
ROUNDS = 2


def main() -> None:
    from django.core.management import call_command

    from desk.demo.build import build_demo
    from governance.papers import assembly, rendering
    from governance.papers.content import canonical, reading
    from governance.papers.models import Paper

    call_command("migrate", verbosity=0)
    build_demo(complete=True)
    paper = Paper.objects.with_places().order_by("-quarter__period__end").first()
    start = time.process_time()
    assembled = assembly.assemble(paper)
    assembling = time.process_time() - start
    content = canonical.from_json(paper.frozen.content)
    made = min(
        (rendering.render_paper(content, sha256=paper.frozen.sha256) for _ in range(ROUNDS)),
        key=lambda rendered: rendered.cpu_seconds,
    )
    a_page, peak = made.cpu_seconds / made.pages, made.peak_bytes / 1e6
    paragraphs, charts = len(list(reading.sequence(content))), len(list(reading.charts(content)))
    print(
        f"paper: {made.pages} pages, {paragraphs} numbered paragraphs, {charts} charts: "
        f"assembled in {assembling:.2f} s, rendered in {made.cpu_seconds:.1f} CPU s, {a_page:.3f} a page "
        f"(goal {GOAL}), peak {peak:.0f} MB (goal {MOST}), {len(made.pdf) / 1e6:.2f} MB"
    )
    if assembled.stops or a_page > GOAL or peak > MOST:
        sys.exit(1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RECKONER_VAR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        main()
