"""A planted corpus for the figure checker: paragraphs of an invented county's paper, half of them with one fault."""
