"""Commentary, the quarter it is written in, and the paper it goes into."""

from governance.papers.models.commentary import Commentary, Quarter
from governance.papers.models.finding import DismissedFinding
from governance.papers.models.frozen import FrozenFile, FrozenPaper, Publication, Signature, Withdrawal
from governance.papers.models.paper import Paper, Preview, SignificantTopic

__all__ = [
    "Commentary",
    "DismissedFinding",
    "FrozenFile",
    "FrozenPaper",
    "Paper",
    "Preview",
    "Publication",
    "Quarter",
    "Signature",
    "SignificantTopic",
    "Withdrawal",
]
