"""Promises in the words of a paper: which sentences make one, of what kind, by whom and by when. Pure."""

from governance.boards.commitments.finding import Found, find

__all__ = ["Found", "find"]
