"""Charts as SVG text: one module a chart kind, a dataclass in and a string out, the same bytes for the same data.

The one drawing serves the page (inline) and the PDF (`svg.data_uri` in an `img`), so it uses presentation attributes
only. Each kind offers `draw(data)` -> SVG, `table(data)` -> the same values as a table, `alt(data)` -> one sentence.
`symbols` draws the small pictures of the dashboard key.
"""
