"""Pages that put the apps together, one file a page."""
