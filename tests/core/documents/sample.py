"""A small paper with everything a printed document of the office is made of."""

import base64

from core.documents.notes import printed_note

CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120" width="400" height="120">'
    '<rect x="20" y="40" width="60" height="70" fill="#1d3557"/>'
    '<text x="20" y="118" font-size="9" font-family="Atkinson Hyperlegible">Barsetshire</text>'
    '<text x="20 40 60" y="30" font-size="9" font-family="Atkinson Hyperlegible">123</text></svg>'
)
CSS = """
@page {
  size: A4; margin: 25mm 20mm;
  @top-left { content: "Agenda Item 7" }
  @bottom-right { content: "Page " counter(page) " of " counter(pages) }
  @footnote { border-top: 0.5pt solid #666; margin-top: 4mm }
}
@page :first { @top-left { content: none } }
h1 { bookmark-level: 1 } h2 { bookmark-level: 2 }
.break { break-before: page }
.kept { break-inside: avoid }
.toc { list-style: none; padding: 0 }
.toc li { position: relative }
.toc-page { position: absolute; right: 0 }
.toc-page::after { content: target-counter(attr(data-to), page) }
.filler { height: 165mm }
img { width: 100% }
"""


def picture(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def contents(*entries: tuple[str, str]) -> str:
    lines = (
        f'<li><a href="#{key}">{title}</a> <span class="toc-page" data-to="#{key}"></span></li>'
        for key, title in entries
    )
    return f'<nav><h2>Contents</h2><ul class="toc">{"".join(lines)}</ul></nav>'


def page(body: str) -> str:
    return f'<!doctype html><html lang="en-GB"><head><title>x</title></head><body>{body}</body></html>'


PAPER = page(
    "<h1>Performance report</h1>"
    + contents(("one", "Prevent crime"), ("two", "Protect the vulnerable"))
    + '<h2 class="break" id="one">Prevent crime</h2>'
    + f"<p>Crime rose{printed_note(1, 'Release of <em>October</em> 2019')} and "
    + '<a href="https://www.example.org/">the office</a> said so.</p>'
    + '<div class="filler"></div>'
    + f'<div class="kept"><p>One neighbour{printed_note(2, "Police recorded crime")} is higher.</p>'
    + f'<figure><img alt="Barsetshire has the fourth lowest rate" src="{picture(CHART)}">'
    + "<figcaption>Crimes per 1,000 people, year to June 2019</figcaption></figure></div>"
    + '<h2 class="break" id="two">Protect the vulnerable</h2>'
    + '<div class="kept"><table><caption>Average wait</caption>'
    + '<thead><tr><td></td><th scope="col">Sep-18</th><th scope="col">Sep-19</th></tr></thead>'
    + '<tbody><tr><th scope="row">101</th><td>7</td><td>6</td></tr></tbody></table></div>'
    + "<ul><li>Outer<ul><li>Inner</li></ul></li></ul><blockquote><p>Quoted.</p></blockquote>"
)
