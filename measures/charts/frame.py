"""What every chart has around its marks: title, subtitle, what the marks are, notes, source."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from measures.charts.marks import POINT, bar_path, dots, hatching, rings, tone_shapes
from measures.charts.notes import MonthNote, NoteKind
from measures.charts.palette import GAP, INK, LEFT_OUT_STROKE, OWN, QUIET, WHITE, Tone
from measures.charts.svg import check_identifier, document, line, num, rect, tag, text, text_width, wrap
from measures.charts.units import Unit

WIDTH = 720.0  # user units; about 17 cm on paper, where 13 becomes 8.7 point
NARROWEST = 320.0
PLOT = 210.0  # height of the marks' area
TITLE, WORDS, SMALL = 17.0, 13.0, 12.0  # sizes of type
MOST_KEYS = 8  # rows of notes beneath a chart
TITLE_LINES = 6  # a title says what the chart shows: on a phone too it stands in full
FOOT_LINES = 5  # a publisher's own words must stand in full, on a phone too


@dataclass(frozen=True, slots=True)
class Frame:
    """The words round a chart. `uid` is unique on the page; `subtitle` is measure, unit and period; `interactive`
    adds points a keyboard can reach, for the page and not for the PDF; `width` is in user units (720 is a full column).
    """

    uid: str
    title: str
    subtitle: str = ""
    unit: Unit = field(default_factory=Unit)
    source: str = ""
    as_at: str = ""
    interactive: bool = False
    width: float = WIDTH

    def __post_init__(self) -> None:
        check_identifier(self.uid)
        if self.width < NARROWEST:
            raise ValueError(f"A chart is at least {NARROWEST:.0f} units wide; this is {self.width}.")


@dataclass(frozen=True, slots=True)
class Key:
    """A line of words with the mark it speaks of: bar, line, dash, band, hatched, point, ring, whisker, or a tone's."""

    words: str
    mark: str | Tone = ""
    colour: str = OWN

    def draw(self, x: float, y: float) -> str:
        """The mark in a place 18 wide, its middle 4 above the baseline y."""
        middle = (x + 7, y - 4.5)
        if isinstance(self.mark, Tone):
            return tone_shapes([middle], self.mark)
        if self.mark == "outline":
            return bar_path([(x + 2, y - 9, 10, 9)], fill=WHITE, stroke=self.colour, name="outline")
        if self.mark in ("bar", "band"):
            return rect(x + 1, y - 10, 12, 11, self.colour)
        if self.mark == "hatched":
            strokes = hatching([(x + 1, y - 10, 12, 11)], stroke=LEFT_OUT_STROKE, name="hatched")
            return rect(x + 1, y - 10, 12, 11, self.colour) + strokes
        if self.mark in ("line", "dash"):
            dash = "5 3" if self.mark == "dash" else None
            return line(x, y - 4.5, x + 14, y - 4.5, self.colour, width=2.4, dash=dash)
        if self.mark == "whisker":
            y -= 4.5
            ends = f"M{num(x + 1)} {num(y)}h12M{num(x + 1)} {num(y - 4)}v8M{num(x + 13)} {num(y - 4)}v8"
            return tag("path", d=ends, stroke=self.colour, stroke_width=1.5)
        if self.mark == "ring":
            return rings([middle], stroke=self.colour, radius=POINT)
        return dots([middle], fill=self.colour) if self.mark == "point" else ""

    @property
    def indent(self) -> float:
        """Room for the mark before the words."""
        return 18.0 if self.mark else 0.0


class Page:
    """One drawing, written from the top down; `y` is where the next thing goes."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.parts: list[str] = []
        self.y = 2.0
        for words in wrap(frame.title, TITLE * 1.06, frame.width, TITLE_LINES):  # bold runs a little wider
            self.y += 20
            self.parts.append(text(0, self.y - 4, words, size=TITLE, bold=True))
        for words in wrap(frame.subtitle, WORDS, frame.width, 3):
            self.y += 17
            self.parts.append(text(0, self.y - 3, words, fill=QUIET))
        self.y += 4

    def headings(self, *keys: Key) -> None:
        """What the marks are, above them: side by side where there is room, otherwise one beneath the other."""
        room = self.frame.width
        wanted = [key.indent + text_width(key.words, WORDS) for key in keys]
        if sum(wanted) + 24 * (len(keys) - 1) > room:
            for key in keys:
                self._key(key, 0, WORDS, 17, INK)
            return
        self.y += 17
        x = 0.0
        for key, width in zip(keys, wanted, strict=True):
            self.parts += [key.draw(x, self.y - 3), text(x + key.indent, self.y - 3, key.words)]
            x += width + 24

    def plot(self, height: float = PLOT) -> tuple[float, float]:
        """Take room for the marks: their top and their bottom."""
        top = self.y + 10
        self.y = top + height
        return top, self.y

    def add(self, *parts: str) -> None:
        """Marks, in the order they are painted."""
        self.parts += parts

    def notes(self, keys: Sequence[Key]) -> None:
        """Lines beneath the marks; the last say how many there was no room for."""
        self.y += 2
        shown = list(keys) if len(keys) <= MOST_KEYS else list(keys[: MOST_KEYS - 1])
        for key in shown:
            self._key(key, 0, SMALL, 17, INK)
        if len(keys) > len(shown):
            self._key(Key(f"{len(keys) - len(shown)} more in the table."), 0, SMALL, 17, QUIET)

    def _key(self, key: Key, x: float, size: float, leading: float, fill: str) -> None:
        for number, words in enumerate(wrap(key.words, size, self.frame.width - key.indent, 3)):
            self.y += leading
            if number == 0:
                self.parts.append(key.draw(x, self.y - 3))
            self.parts.append(text(x + key.indent, self.y - 3, words, size=size, fill=fill))

    def finish(self, description: str) -> str:
        """Source and as-at at the foot, and the whole drawing as text."""
        frame = self.frame
        foot = ". ".join(
            words
            for words in (
                f"Source: {frame.source.rstrip('.')}" if frame.source else "",
                f"As at {frame.as_at.rstrip('.')}" if frame.as_at else "",
            )
            if words
        )
        self.y += 3
        for words in wrap(foot + "." if foot else "", SMALL, frame.width, FOOT_LINES):
            self.y += 16
            self.parts.append(text(0, self.y - 3, words, size=SMALL, fill=QUIET))
        return document(
            uid=frame.uid,
            width=frame.width,
            height=self.y + 3,
            title=frame.title,
            description=description,
            body="".join(self.parts),
            role="group" if frame.interactive else "img",
        )


def empty(frame: Frame, description: str) -> str:
    """The chart of no values: its words, and "No data" where marks would be."""
    page = Page(frame)
    top, bottom = page.plot(90)
    page.add(
        rect(0, top, frame.width, bottom - top, "#f4f6f8"),
        text(frame.width / 2, (top + bottom) / 2 + 5, "No data", size=15, anchor="middle", fill=QUIET, bold=True),
    )
    return page.finish(description)


def note_keys(notes: Sequence[MonthNote], mark: str = "ring") -> list[Key]:
    """The notes as lines beneath a chart; "outline" is the mark where months are bars."""
    hidden = Key("", "band", GAP) if mark == "outline" else Key("")
    looks = {NoteKind.SUPPRESSED: hidden}
    return [replace(looks.get(note.kind, Key("", mark)), words=note.say()) for note in notes]
