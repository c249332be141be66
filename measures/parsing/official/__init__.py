"""Official statistics in the form in which they are published: one module a source format.

Each format has `recognises(view)` and `read(view)`; `recognising.FORMATS` is the one table of them. A format knows its
own layout, so nobody has to say which column is which: it gives `Found`, the figures as lines, with a count of
everything that was read and not kept, by reason, and whether the publisher's own totals are met.
"""
