"""PDFs as others bring them: plain, turned, locked, cut short."""

import io

import pikepdf
from pikepdf import Dictionary, Name


def pdf_of(words: str, pages: int = 1, *, turned: int = 0, **saving) -> bytes:
    """Pages without tags, each with the words and its number on it."""
    made = pikepdf.new()
    for number in range(1, pages + 1):
        page = made.add_blank_page(page_size=(595, 842))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources = Dictionary(Font=Dictionary(F1=made.make_indirect(font)))
        page.Contents = made.make_stream(f"BT /F1 20 Tf 80 500 Td ({words} {number}) Tj ET".encode())
        page.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="app.alert(1)"))
        if turned:
            page.Rotate = turned
    with made.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Chapter of {words}", 0))
    out = io.BytesIO()
    made.save(out, **saving)
    return out.getvalue()


def locked_pdf(words: str) -> bytes:
    return pdf_of(words, encryption=pikepdf.Encryption(owner="owner", user="reader"))
