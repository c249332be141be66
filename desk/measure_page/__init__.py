"""The page of one measure, section by section: each section has its own module or function here and its own template.

To add one: write `def name(page: MeasurePage) -> Shape | None`, which gives what its template under
`templates/desk/measure/` shows, or None where the page is better without it; add a line to `sections.SECTIONS`. What it
gives joins the page's context, so a section's names are its own. `MeasurePage` holds what several sections need;
what it works out, it works out once.
"""
