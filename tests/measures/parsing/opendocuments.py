"""OpenDocument workbooks for the tests, put together by hand."""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from tests.measures.parsing.workbooks import zipped

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def cell(value: object, **attributes: object) -> str:
    """A cell of a value; a percentage is given as its text, "12.5%"."""
    said = "".join(f' table:{name.replace("_", "-")}="{text}"' for name, text in attributes.items())
    if value is None:
        return f"<table:table-cell{said}/>"
    if isinstance(value, str) and value.endswith("%"):
        number = float(value[:-1]) / 100
        return f'<table:table-cell office:value-type="percentage" office:value="{number!r}"{said}><text:p>x</text:p></table:table-cell>'  # noqa: E501
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"{said}/>'
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="string"{said}>{text}</table:table-cell>'


def row(*cells: object, **attributes: object) -> str:
    said = "".join(f' table:{name.replace("_", "-")}="{text}"' for name, text in attributes.items())
    made = (one if isinstance(one, str) and one.startswith("<") else cell(one) for one in cells)
    return f"<table:table-row{said}>{''.join(made)}</table:table-row>"


def parts(sheets: Mapping[str, Iterable[str]], *, before: str = "") -> dict[str, str]:
    """The parts of a workbook: sheet name -> rows of XML."""
    tables = "".join(f'<table:table table:name="{name}">{"".join(rows)}</table:table>' for name, rows in sheets.items())
    spaces = "".join(
        f' xmlns:{short}="{NAMES}{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f"{before}<office:document-content{spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{NAMES}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/></manifest:manifest>'
    )
    return {"mimetype": KIND, "content.xml": content, "META-INF/manifest.xml": manifest}


def opendocument(**sheets: Iterable[Iterable[object]]) -> bytes:
    """Sheets by name, each a list of rows of Python values."""
    return zipped(parts({name: [row(*cells) for cells in rows] for name, rows in sheets.items()}))
