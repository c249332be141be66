"""The pages of measures, one file a noun."""
