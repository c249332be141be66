"""What is typed about measures, one file a noun."""
