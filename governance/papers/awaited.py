"""What a signed version still waits for: nothing goes out before every build of its PDF is there."""

from governance.papers import rendering
from governance.papers.models import FrozenPaper, Paper


def awaited_pdfs(frozen: FrozenPaper) -> list[str]:
    """The builds whose PDF is not made yet: "public", and "restricted" where parts are marked."""
    made = set(frozen.files.filter(kind="pdf").values_list("build", flat=True))
    return [one for one in rendering.builds_of(frozen.content) if one not in made]


def awaited_words(paper: Paper) -> str:
    """What a signed paper waits for, as a sentence; empty for any other paper, and where all is there."""
    if paper.state != Paper.State.SIGNED or paper.frozen is None:
        return ""
    builds = awaited_pdfs(paper.frozen)
    if not builds:
        return ""
    named = " and ".join(f"the {one} PDF" for one in builds)
    return f"{named[:1].upper()}{named[1:]} {'is' if len(builds) == 1 else 'are'} still being made."
