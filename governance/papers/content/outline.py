"""How a paper is put together: its sections in order, each with heading and standing text. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ALONE = "words"  # a section that is standing text and nothing else
ANCHORS = {
    "introduction": "introduction",
    "key": "key",
    "dashboard": "dashboard",
    "priorities": "priorities",
    "deep_dive": "deep-dive",
    "scorecard": "appendix-a",
    "glossary": "glossary",
}
CODES = {
    "commissioner": "the title of the office holder",
    "quarter": "the quarter of the paper",
    "meeting": "the day of the meeting",
    "priority": "the priority of the deep dive",
}


@dataclass(frozen=True, slots=True)
class Section:
    """`key` names it through all versions: that of a part the software makes, or words1, words2 and so on."""

    key: str
    title: str
    text: str = ""

    @property
    def kind(self) -> str:
        return self.key if self.key in ANCHORS else ALONE

    @property
    def anchor(self) -> str:
        return ANCHORS.get(self.key, self.key)


STANDARD = (
    Section("introduction", "Introduction by the {commissioner}"),
    Section("key", "Key to the symbols"),
    Section("dashboard", "Performance dashboard"),
    Section("priorities", ""),  # each priority has its own heading
    Section("deep_dive", "Deep dive: {priority}"),
    Section("scorecard", "Appendix A: Scorecard"),
    Section("glossary", "Appendix B: Glossary"),
)


def with_every(sections: Sequence[Section]) -> tuple[Section, ...]:
    """An outline with what the software has learned to make since it was kept, at its end."""
    held = {one.key for one in sections}
    return (*sections, *(one for one in STANDARD if one.key not in held))


def written_out(text: str, words: Mapping[str, str]) -> str:
    """A text with its codes as words: "{quarter}" is "quarter two 2019-20"."""
    for code, said in words.items():
        text = text.replace(f"{{{code}}}", said)
    return text
