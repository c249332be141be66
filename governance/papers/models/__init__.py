"""Commentary, the quarter it is written in, and the paper it goes into."""

from governance.papers.models.commentary import Commentary, Quarter
from governance.papers.models.finding import DismissedFinding
from governance.papers.models.frozen import FrozenFile, FrozenPaper, Publication, Signature, Withdrawal
from governance.papers.models.glossary import GlossaryTerm
from governance.papers.models.margin import MarginComment, MarginReply
from governance.papers.models.outline import Outline
from governance.papers.models.pack import Pack, PackFile, PdfLook
from governance.papers.models.paper import Paper, Preview, SignificantTopic
from governance.papers.models.quotation import Quotation
from governance.papers.models.sheet import CoverSheet
from governance.papers.models.word_template import WordTemplate

__all__ = [
    "Commentary",
    "CoverSheet",
    "DismissedFinding",
    "FrozenFile",
    "FrozenPaper",
    "GlossaryTerm",
    "MarginComment",
    "MarginReply",
    "Pack",
    "PackFile",
    "Outline",
    "Paper",
    "PdfLook",
    "Preview",
    "Publication",
    "Quarter",
    "Quotation",
    "Signature",
    "SignificantTopic",
    "Withdrawal",
    "WordTemplate",
]
