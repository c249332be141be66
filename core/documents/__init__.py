"""Files kept by hash, rich text, word diffs, and the renderer of PDFs."""
