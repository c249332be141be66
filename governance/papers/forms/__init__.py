"""What is typed about commentary and papers."""
