"""What changed between two texts."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents import worddiff
from core.documents.worddiff import Piece, as_html, diff, diff_html

TEXTS = st.lists(
    st.sampled_from(["crime", "rose", "fell", " ", "\n", ",", ".", "2.9", "é", "per cent"]), max_size=30
).map("".join)


def sides(pieces):
    old = "".join(text for change, text in pieces if change != "added")
    new = "".join(text for change, text in pieces if change != "removed")
    return old, new


def test_diff_names_the_words_that_changed():
    assert diff("Crime rose by 2.9 per cent.", "Crime fell by 3.1 per cent this year.") == [
        Piece("same", "Crime "),
        Piece("removed", "rose"),
        Piece("added", "fell"),
        Piece("same", " by "),
        Piece("removed", "2.9"),
        Piece("added", "3.1"),
        Piece("same", " per cent"),
        Piece("added", " this year"),
        Piece("same", "."),
    ]


def test_diff_joins_changed_words_over_the_space_between_them():
    assert diff("it was very high then", "it was rather low then") == [
        Piece("same", "it was "),
        Piece("removed", "very high"),
        Piece("added", "rather low"),
        Piece("same", " then"),
    ]


@given(TEXTS, TEXTS)
def test_diff_gives_back_both_texts(old, new):
    pieces = diff(old, new)
    assert sides(pieces) == (old, new)
    assert all(piece.text for piece in pieces)
    assert [a for a, b in zip(pieces, pieces[1:], strict=False) if a.change == b.change] == []


def test_diff_of_equal_texts_is_one_piece():
    assert diff("the same", "the same") == [Piece("same", "the same")]
    assert diff("", "") == []


@pytest.mark.parametrize("change", ["edited", "shuffled", "unlike", "moved", "repetitive"])
def test_diff_of_twenty_thousand_words_stays_within_its_budget(change, monkeypatch):
    rng = random.Random(1)
    old = [f"w{rng.randrange(3000)}" for _ in range(20_000)]
    new = old[:]
    if change == "edited":
        new = [f"x{word}" if rng.random() < 0.05 else word for word in old]
    elif change == "shuffled":
        rng.shuffle(new)
    elif change == "unlike":
        new = [f"v{rng.randrange(3000)}" for _ in range(20_000)]
    elif change == "moved":
        new = old[10_000:] + old[:10_000]
    else:
        old = [rng.choice("abcdefgh") for _ in range(20_000)]
        new = rng.sample(old, len(old))
    spent = []
    myers = worddiff._myers
    monkeypatch.setattr(worddiff, "_myers", lambda *given: (found := myers(*given), spent.append(found[1]))[0])
    pieces = diff(" ".join(old), " ".join(new))
    assert sides(pieces) == (" ".join(old), " ".join(new))
    assert sum(spent) <= worddiff.BUDGET


def test_diff_html_compares_words_not_markup():
    assert diff_html("<p>a <strong>b</strong></p>", '<p data-pid="abcdefgh">a b</p>') == [Piece("same", "a b")]


def test_as_html_says_aloud_what_changed_and_escapes():
    pieces = diff("a <b>\nsecond", "a <i>\nsecond\nthird")
    hidden = '<span class="govuk-visually-hidden">'
    assert as_html(pieces) == (
        f"<p>a &lt;<del>{hidden}[removed: </span>b{hidden}]</span></del><ins>{hidden}[added: </span>i{hidden}]</span></ins>&gt;</p>"
        f"<p>second</p><p><ins>{hidden}[added: </span>third{hidden}]</span></ins></p>"
    )
