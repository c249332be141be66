"""What is measured, and against what: a module prints one line. Ratios are the claim; times depend on the day."""
