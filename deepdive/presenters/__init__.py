"""Shapes of the service delivery plan for its pages. Nothing here reads the database."""

from deepdive.presenters.rows import (
    RAG_SHAPES,
    RAG_TONES,
    STATE_TONES,
    STATUS_TONES,
    ActionRow,
    beside_older,
    by_objective,
    due_words,
    rag_word,
    stalest_first,
)

__all__ = [
    "RAG_SHAPES",
    "RAG_TONES",
    "STATE_TONES",
    "STATUS_TONES",
    "ActionRow",
    "beside_older",
    "by_objective",
    "due_words",
    "rag_word",
    "stalest_first",
]
