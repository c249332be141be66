"""A paper as a Word file: `paper` walks the content, `text` writes its HTML, `document` knows the format."""
