"""Commentary, the quarter it is written in, and the paper it goes into."""

from governance.papers.models.commentary import Commentary, Quarter
from governance.papers.models.frozen import FrozenFile, FrozenPaper, Publication, Signature, Withdrawal
from governance.papers.models.paper import Paper, SignificantTopic

__all__ = [
    "Commentary",
    "FrozenFile",
    "FrozenPaper",
    "Paper",
    "Publication",
    "Quarter",
    "Signature",
    "SignificantTopic",
    "Withdrawal",
]
