"""Meetings and deadlines by day: a page for each month, and a file that calendar programs follow."""
