"""From the bytes of an uploaded file to rows of text that name a measure, a month and figures.

One module a source format (`csv_file`, `workbook`), each with `NAME`, `recognises` and `read`, registered in `formats`;
the rest is shared by all of them. Nothing here knows Django, the clock or the database, and nothing here raises
at a user's file: whatever is wrong with it comes back as a `Problem` with a sentence. This package's own
module stays empty so that the limited subprocess starts without numpy.
"""
