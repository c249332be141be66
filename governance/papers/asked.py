"""What somebody asked to read: one version of a paper, in the build they may have."""

from dataclasses import dataclass

from governance.papers.content import canonical, reading, shapes
from governance.papers.models import FrozenPaper, Paper


@dataclass(frozen=True)
class Asked:
    """A version of a paper in one of its builds, that this person may have."""

    paper: Paper
    frozen: FrozenPaper
    build: str
    is_insider: bool

    @property
    def is_withdrawn(self) -> bool:
        return self.frozen.withdrawal_or_none is not None

    @property
    def query(self) -> str:
        """What stands behind an address of this version and build."""
        return f"?version={self.frozen.number}" + ("" if self.build == "public" else f"&build={self.build}")

    def content(self) -> shapes.Paper:
        whole = canonical.from_json(self.frozen.content)
        return whole if self.build == "restricted" else reading.public(whole)
