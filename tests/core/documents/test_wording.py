"""What forms say."""

import pytest

from core.documents.wording import in_sentence, messages_for, required


@pytest.mark.parametrize(
    ("label", "phrase"),
    [
        ("Measure name", "the measure name"),
        ("CSE marker", "the CSE marker"),
        ("Your reason", "your reason"),
        ("The commissioner's view:", "the commissioner's view"),
        ("E-mail address", "the e-mail address"),
        ("What changed", "what changed"),
        ("", "this answer"),
    ],
)
def test_label_within_a_sentence(label, phrase):
    assert in_sentence(label) == phrase


def test_required_tells_what_to_do():
    assert required("Measure name", "Enter") == "Enter the measure name"
    assert required("Is it provisional?", "Select") == "Answer the question “Is it provisional?”"


def test_messages_name_the_field():
    assert (
        messages_for("Measure name", "Enter")["unique"]
        == "There is already one with this measure name. Choose another."
    )
    assert messages_for("Count", "Enter")["min_value"] % {"limit_value": 2} == "The count must be 2 or more"
