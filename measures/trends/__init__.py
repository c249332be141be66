"""The statistics of the scorecard. Pure: no Django, no clock, no database, so any answer can be computed again."""
