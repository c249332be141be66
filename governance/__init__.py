"""Boards and papers: how the office decides and what it says."""
