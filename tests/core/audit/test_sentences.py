"""Changes of rows told in plain words."""

import datetime as dt

import pytest

from core.audit.sentences import Happening, phrase_of, register_phrase, tell

AT = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
register_phrase("test.approve", "approved commentary on {object}")
register_phrase("test.import", "brought in {count} {noun}s")


def happening(op="U", noun="milestone", label="2.01", nouns="", **more) -> Happening:
    facts = {"at": AT, "group": "r1", "actor": "Asha", "action": "", "reason": ""} | more
    return Happening(op=op, noun=noun, nouns=nouns or f"{noun}s", label=label, **facts)


def texts(*happenings: Happening) -> list[str]:
    return [sentence.text for sentence in tell(happenings)]


def test_action_with_a_phrase_names_its_object_and_its_reason():
    facts = {"action": "test.approve", "reason": "figures agreed with the force", "actor": "Board secretary"}
    assert texts(
        happening(noun="commentary", label="Hate crime", id=1, **facts),
        happening("I", "link", "x", is_link=True, id=0, **facts),
    ) == ["Board secretary approved commentary on Hate crime: ‘figures agreed with the force’"]


def test_object_without_a_name_is_told_by_its_kind():
    assert texts(happening(label="", noun="commentary", action="test.approve")) == [
        "Asha approved commentary on a commentary"
    ]


def test_the_first_thing_touched_is_the_one_it_is_about_whatever_the_order():
    first = happening(label="Hate crime", action="test.approve", id=1)
    second = happening(label="Knife crime", action="test.approve", id=2)
    assert texts(second, first) == texts(first, second) == ["Asha approved commentary on Hate crime"]


def test_batch_counts_its_rows():
    batch = happening("B", "observation", "", action="test.import", count=1200)
    assert texts(batch) == ["Asha brought in 1,200 observations"]
    assert texts(happening("B", "observation", "", count=1200)) == ["Asha added 1,200 observations"]


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        ([happening("I")], "Asha added milestone 2.01"),
        ([happening("D", label="")], "Asha removed milestone"),
        ([happening("U", id=1), happening("U", id=2)], "Asha changed milestone 2.01"),
        ([happening("U"), happening("U", label="2.02")], "Asha changed 2 milestones"),
        (
            [happening("I", id=1), happening("I", "decision", "7", id=2)],
            "Asha added milestone 2.01 and added decision 7",
        ),
        ([happening("I", "link", is_link=True), happening("U")], "Asha changed milestone 2.01"),
        ([happening("I", "link", "a to b", is_link=True)], "Asha added link a to b"),
        ([happening(actor="")], "Nobody on record changed milestone 2.01"),
        ([happening(on_behalf_of="the chair")], "Asha, on behalf of the chair, changed milestone 2.01"),
        (
            [happening("I", noun, id=n) for n, noun in enumerate(["a", "b", "c", "d"])],
            "Asha added a 2.01, added b 2.01 and made 2 other kinds of change",
        ),
    ],
)
def test_without_a_phrase_the_rows_are_told(made, wanted):
    assert texts(*made) == [wanted]


def test_one_sentence_for_each_person_action_reason_and_request():
    made = [
        happening(),
        happening(actor="Ben"),
        happening(group="r2"),
        happening(reason="typing error"),
        happening(action="test.approve"),
        happening(label="2.02"),
    ]
    assert texts(*made) == [
        "Asha changed 2 milestones",
        "Ben changed milestone 2.01",
        "Asha changed milestone 2.01",
        "Asha changed milestone 2.01: ‘typing error’",
        "Asha approved commentary on 2.01",
    ]


def test_sentence_is_dated_by_its_last_change():
    later = AT + dt.timedelta(seconds=5)
    assert [sentence.at for sentence in tell([happening(at=later), happening()])] == [later]


@pytest.mark.parametrize("phrase", ["approved {thing}", "approved {}", "approved {object"])
def test_phrase_with_other_words_in_braces_is_refused(phrase):
    with pytest.raises(ValueError, match="no other braces"):
        register_phrase("test.bad", phrase)
    assert phrase_of("test.bad") == ""


def test_braces_in_a_name_do_no_harm():
    assert texts(happening(label="{count} {0}", action="test.approve")) == ["Asha approved commentary on {count} {0}"]
