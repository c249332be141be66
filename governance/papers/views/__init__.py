"""The pages of commentary and papers, one file a noun."""
