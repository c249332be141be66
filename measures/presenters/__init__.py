"""Figures in the shapes that pages show: rows, symbols with their words, charts with their tables. No queries here."""
