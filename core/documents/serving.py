"""How a stored file leaves: as a download that no browser will take for a page."""

from django.http import FileResponse, Http404

from core.documents.models import StoredFile
from core.documents.storage import BINARY, PDF

SHOWN_IN_BROWSER = {PDF, "image/png", "image/jpeg"}
# What may be said of a download; everything else leaves as bytes. Never HTML, SVG or XML: those can carry script.
DOWNLOADED_AS = SHOWN_IN_BROWSER | {"image/gif", "text/csv", "text/plain", "text/calendar", "application/zip"}
OFFICE_FAMILIES = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")


def file_response(stored: StoredFile, *, name: str = "", inline: bool = False) -> FileResponse:
    """The file under `name` (or the name it was stored by); `inline` has effect on PDF, PNG and JPEG only."""
    if not stored.path.exists():
        raise Http404("The file is missing on disk.")
    said = stored.content_type
    known = said in DOWNLOADED_AS or said.startswith(OFFICE_FAMILIES)
    response = FileResponse(
        stored.path.open("rb"),
        as_attachment=not (inline and said in SHOWN_IN_BROWSER),
        filename=name or stored.name,
        content_type=said if known else BINARY,
    )
    response["Content-Length"] = str(stored.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
