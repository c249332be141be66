"""What a form says when something is missing or wrong, made from the field's label. Pure.

"Enter the measure name" tells a person what to do next; "This field is required" three times over does not.
"""

STARTS = {
    "the",
    "a",
    "an",
    "your",
    "this",
    "these",
    "any",
    "how",
    "what",
    "which",
    "who",
    "when",
    "where",
    "why",
    "one",
}


def in_sentence(label: str) -> str:
    """A label as it stands within a sentence: "Measure name" is "the measure name", "CSE marker" "the CSE marker"."""
    words = label.strip().rstrip(":.")
    first, _, rest = words.partition(" ")
    if not first:
        return "this answer"
    lowered = first if first[1:] != first[1:].lower() else first.lower()
    phrase = f"{lowered} {rest}".strip()
    return phrase if lowered in STARTS else f"the {phrase}"


def required(label: str, verb: str) -> str:
    """`verb` is Enter, Select or Choose; a question is asked back as it stands."""
    if label.strip().endswith("?"):
        return f"Answer the question “{label.strip()}”"
    return f"{verb} {in_sentence(label)}"


def messages_for(label: str, verb: str) -> dict[str, str]:
    """Django's error codes and what the office says for each."""
    named = in_sentence(label)
    name = named[0].upper() + named[1:]
    return {
        "required": required(label, verb),
        "max_length": f"{name} must be %(limit_value)d characters or fewer. It is now %(show_value)d.",
        "min_length": f"{name} must be %(limit_value)d characters or more",
        "max_value": f"{name} must be %(limit_value)s or less",
        "min_value": f"{name} must be %(limit_value)s or more",
        "step_size": f"{name} must be a multiple of %(limit_value)s",
        "max_digits": f"{name} has too many digits",
        "max_decimal_places": f"{name} must have at most %(max)s decimal places",
        "unique": f"There is already one with this {named.removeprefix('the ')}. Choose another.",
        "null_characters_not_allowed": f"{name} has characters that cannot be stored. Type it instead of pasting it.",
    }


def invalid_for(label: str, kind: str) -> str:
    """What is wrong with an answer of the wrong shape; `kind` is date, number, whole number, email, url or time."""
    named = in_sentence(label)
    name = named[0].upper() + named[1:]
    return {
        "date": f"{name} must be a real date, such as 27 3 2025",
        "number": f"{name} must be a number, such as 12.5",
        "whole number": f"{name} must be a whole number",
        "email": f"{name} must be an e-mail address, such as name@example.org",
        "url": f"{name} must be a web address, such as https://www.example.org",
        "time": f"{name} must be a time, such as 14:30",
        "choice": required(label, "Select"),
        "file": f"{name} could not be read as a file. Choose it again.",
    }[kind]
