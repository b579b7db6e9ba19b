"""Draws the table of a sheet: cells in lines, and the head again on each page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from madoguchi.adapters.papers import kinsoku
from madoguchi.ports.paper import Table

SIZE: Final = 8.5  # points
LINE: Final = 5  # millimetres
AIR: Final = 1.5


def draw(pdf: Any, table: Table, wide: float, known: Callable[[str], str]) -> None:
    """Draw it over a width in millimetres; `known` gives words as the font can print them."""
    columns = [wide * share / 100 for share in table.wide]
    pdf.set_font(size=SIZE)
    head = [kinsoku.cut(pdf, known(words), column) for words, column in zip(table.head, columns, strict=True)]
    _row(pdf, head, columns, table.words)
    for cells in table.rows:
        told = [kinsoku.cut(pdf, known(words), column) for words, column in zip(cells, columns, strict=True)]
        if pdf.will_page_break(_high(told)):
            pdf.add_page()
            _row(pdf, head, columns, table.words)
        _row(pdf, told, columns, table.words)
    pdf.ln(4)


def _row(pdf: Any, cells: list[list[str]], columns: list[float], words: int) -> None:
    left, top = pdf.l_margin, pdf.get_y()
    for place, (lines, column) in enumerate(zip(cells, columns, strict=True)):
        pdf.set_xy(left, top + AIR)
        pdf.multi_cell(column, LINE, "\n".join(lines), align="L" if place < words else "R")
        left += column
    bottom = top + _high(cells)
    pdf.line(pdf.l_margin, bottom, left, bottom)
    pdf.set_xy(pdf.l_margin, bottom)


def _high(cells: list[list[str]]) -> float:
    return LINE * max(len(lines) for lines in cells) + 2 * AIR
