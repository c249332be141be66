"""What a printed page says of the log: a head, and where a reader holds it, and so the page, against the log."""

from dataclasses import dataclass
from urllib.parse import urlencode

import qrcode
from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from core.audit.models import AuditEvent, AuditSeal
from core.audit.verify import head

SHOWN = 16  # digits of a hash on paper
QUIET = 4  # modules of white round a code, as its standard asks
CORRECTION = qrcode.constants.ERROR_CORRECT_M  # 15% of it may be soiled


@dataclass(frozen=True)
class Stamp:
    """One seal of the log, as it is printed."""

    seq: int
    hash: str

    @property
    def head(self) -> str:
        """ "1204:0123456789abcdef"."""
        return f"{self.seq}:{self.hash[:SHOWN]}"

    @property
    def page(self) -> str:
        """The page on which anybody types what is printed."""
        return f"{settings.SITE_URL}{reverse('printed')}"

    @property
    def address(self) -> str:
        """That page, with this head already typed."""
        return f"{self.page}?{urlencode({'q': self.head}, safe=':')}"

    @property
    def code(self) -> str:
        """The address as a QR code, an SVG."""
        return qr_svg(self.address)


def stamp_of(row: Model) -> Stamp | None:
    """The seal of the event by which a row came into the log; None before its commit, or where it is archived."""
    added = AuditEvent.objects.for_object(row._meta.db_table, row.pk).filter(op=AuditEvent.Op.INSERT).first()
    seal = AuditSeal.objects.filter(event_id=added.pk).first() if added else None
    return Stamp(seal.seq, seal.hash) if seal else None


def stamp_now() -> Stamp | None:
    """The log's head at this moment."""
    seq, held = head()
    return Stamp(seq, held) if seq >= 0 else None


def qr_svg(words: str) -> str:
    """A QR code of some words: one path, a unit a module, black on white with its quiet edge."""
    code = qrcode.QRCode(error_correction=CORRECTION, border=QUIET)
    code.add_data(words)
    rows = code.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    side = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}" '
        f'shape-rendering="crispEdges" aria-hidden="true"><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path fill="#000" d="{dark}"/></svg>'
    )
