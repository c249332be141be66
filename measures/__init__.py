"""What is counted and what it is doing."""
