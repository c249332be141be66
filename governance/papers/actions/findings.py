"""Letting what the checker found stand, and taking that back. The caller has checked permission."""

from core.accounts.clock import now
from core.accounts.models import User
from core.audit import action
from governance.papers import states
from governance.papers.checked import Checked
from governance.papers.models import DismissedFinding, Paper


@action
def dismiss_finding(*, paper: Paper, finding: Checked, reason: str, by: User) -> DismissedFinding:
    """Say why what was found may stand. It comes back when the words it speaks of change."""
    states.check_findings_open(paper)
    states.check_dismissal(reason)
    held, _ = DismissedFinding.objects.get_or_create(
        paper=paper,
        key=finding.key,
        defaults={
            "severity": finding.finding.severity,
            "sentence": finding.sentence,
            "reason": reason.strip(),
            "by": by,
            "at": now(),
        },
    )
    return held


@action
def restore_finding(*, dismissed: DismissedFinding, by: User) -> None:
    """Take a dismissal back: what was found stands in the way again."""
    states.check_findings_open(dismissed.paper)
    dismissed.delete()
