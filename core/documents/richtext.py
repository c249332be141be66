"""Rich text as the office writes it: cleaning, paragraph ids, plain text. Pure.

`clean` is applied to what people type, to what is imported and again when it is rendered; doing it twice changes
nothing. A paragraph id (`data-pid`, eight of a-z0-9) stays with its block through edits, so that minutes, comments and
the figure checker can point at a place whose number may still change.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape

from core.documents import dialect, reading
from core.documents.blocks import NOTE, Block, BulletList, Item, List, OrderedList, Quote, to_html

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
PID_LENGTH = 8  # characters
LINE_END = re.compile(r"(?:</(?:p|h3|h4|li|tr|caption)>|</?(?:[uo]l|blockquote|table|thead|tbody)\b[^>]*>|<br>)+")
CELL_END = re.compile(r"</t[dh]>(?=<t[dh])")
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"[^\W_](?:[\w'’.,:/-]*[^\W_])?%?")


def clean(html: str) -> str:
    """Any HTML or plain text as canonical HTML of the dialect; empty when there is nothing to read."""
    return dialect.guard(to_html(reading.read(html)))


def parse(html: str) -> list[Block]:
    """The blocks of a text, cleaned on the way in. Safe on any input."""
    return reading.read(html)


def new_pid() -> str:
    """A fresh paragraph id: 41 bits, ample within one office's papers."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PID_LENGTH))


def pids_from(seed: str) -> Callable[[], str]:
    """A maker of paragraph ids that gives the same ids for the same seed: for imports, demo data and tests."""
    counted = _counted(seed)
    return lambda: next(counted)


def _counted(seed: str) -> Iterator[str]:
    count = 0
    while True:
        number = int.from_bytes(hashlib.sha256(f"{seed}\x1f{count}".encode()).digest()[:8])
        yield "".join(ALPHABET[number // 36**place % 36] for place in range(PID_LENGTH))
        count += 1


def ensure_ids(html: str, new_id: Callable[[], str] = new_pid) -> str:
    """Clean HTML in which every block, list entry and quoted line has an id of its own.

    Ids already there are kept; where one appears twice (a copied paragraph) the first keeps it.
    """
    taken: set[str] = set()

    def own(pid: str) -> str:
        while not pid or pid in taken:
            pid = new_id()
        taken.add(pid)
        return pid

    return dialect.guard(to_html([_with_ids(block, own) for block in reading.read(html)]))


def _with_ids(block: Block, own: Callable[[str], str]) -> Block:
    pid = own(block.pid)
    match block:
        case BulletList() | OrderedList():
            return _list_with_ids(block, pid, own)
        case Quote():
            lines = tuple(replace(line, pid=own(line.pid)) for line in block.paragraphs)
            return replace(block, pid=pid, paragraphs=lines, source_pid=own(block.source_pid) if block.source else "")
    return replace(block, pid=pid)


def _list_with_ids(block: List, pid: str, own: Callable[[str], str]) -> List:
    items = []
    for item in block.items:
        item_pid = own(item.pid)
        inner = tuple(_list_with_ids(one, own(one.pid), own) for one in item.lists)
        items.append(Item(item_pid, item.text, inner))
    return replace(block, pid=pid, items=tuple(items))


def plain_text(html: str, notes: bool = True) -> str:
    """The words alone: a line for each paragraph, list entry or table row, tabs between cells, notes in brackets."""
    return plain(clean(html), notes=notes)


def plain(canonical: str, notes: bool = True) -> str:
    """`plain_text` of HTML already known to be clean; also of one block's inline HTML."""
    text = NOTE.sub(r" [\1]" if notes else "", canonical)
    text = CELL_END.sub("\t", LINE_END.sub("\n", text))
    return unescape(TAG.sub("", text)).strip("\n ")


def word_count(html: str, notes: bool = False) -> int:
    """Words in the text; footnotes are not counted unless asked for. A figure such as 2.9% is one word."""
    return len(WORD.findall(plain_text(html, notes=notes)))
