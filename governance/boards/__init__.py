"""Boards, meetings, minutes, decisions, actions arising."""
