"""The paper's charts, drawn from the book of the quarter by the instructions kept with each measure."""

from governance.papers.drawing.draw import Draw, draw_charts, drawings_of

__all__ = ["Draw", "draw_charts", "drawings_of"]
