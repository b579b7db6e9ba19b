"""Prints sheets as PDF with fpdf2: A4, the few letters of the font that are used, the same bytes always.

The library and the font are loaded at the first paper: they take half a second and 20 MB, which no other
page needs.
"""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from madoguchi.adapters.papers import kinsoku, proof, table
from madoguchi.ports.paper import Sheet

FONT: Final = Path(__file__).resolve().parents[4] / "fonts" / "ipaexg.ttf"
NAME: Final = "ipaexg"
MARGIN: Final = 22  # millimetres
WIDE: Final = 210 - 2 * MARGIN
LABEL: Final = 62
LINE: Final = 7
UNPRINTABLE: Final = "〓"  # the printers' sign for a letter that is not in the case

logging.getLogger("fpdf").setLevel(logging.ERROR)  # a warning would put a member's name into the log
logging.getLogger("fontTools").setLevel(logging.ERROR)


class PdfPrinter:
    """The Printer; each sheet is a document of its own, so threads do not meet."""

    def printed(self, sheet: Sheet) -> bytes:
        """A PDF of the sheet; a letter that the font lacks becomes 〓."""
        from fpdf import FPDF

        pdf = FPDF(format="A4")
        pdf.set_creation_date(sheet.made_at)
        pdf.set_title(f"{self._known(sheet.title)} {sheet.number}")
        pdf.set_author(self._known(sheet.sender[0]))
        pdf.set_lang("ja")
        pdf.set_margins(MARGIN, 20, MARGIN)
        pdf.add_font(NAME, "", FONT)
        pdf.add_page()
        self._head(pdf, sheet)
        self._rows(pdf, sheet)
        if sheet.table:
            table.draw(pdf, sheet.table, WIDE, self._known)
        self._foot(pdf, sheet)
        if sheet.proof:
            proof.draw(pdf, sheet.proof, WIDE)
        return bytes(pdf.output())

    def _head(self, pdf: Any, sheet: Sheet) -> None:
        name = "確認番号" if sheet.proof else "番号"
        self._text(pdf, 9, f"{name} {sheet.number}", align="R")
        self._text(pdf, 20, sheet.title, align="C", high=12)
        pdf.ln(6)
        self._text(pdf, 13, sheet.to, high=8)
        pdf.ln(2)
        self._text(pdf, 10, sheet.sentence)
        pdf.ln(3)
        label, words = sheet.headline
        pdf.set_fill_color(242, 242, 242)
        pdf.set_font(NAME, size=11)
        pdf.cell(LABEL, 14, self._known(label), border="TB", fill=True)
        pdf.set_font(NAME, size=18)
        pdf.cell(WIDE - LABEL, 14, self._known(words), border="TB", align="R", fill=True)
        pdf.ln(16)

    def _rows(self, pdf: Any, sheet: Sheet) -> None:
        pdf.set_font(NAME, size=10)
        pdf.set_draw_color(170, 170, 170)
        for label, words in sheet.rows:
            label, words = self._known(label), self._known(words)
            left, right = kinsoku.cut(pdf, label, LABEL), kinsoku.cut(pdf, words, WIDE - LABEL)
            high = LINE * max(len(left), len(right))
            if pdf.will_page_break(high):
                pdf.add_page()
            top = pdf.get_y()
            pdf.multi_cell(LABEL, LINE, "\n".join(left), align="L", new_x="RIGHT", new_y="TOP")
            align = "R" if len(right) == 1 else "L"
            pdf.set_xy(MARGIN + LABEL, top)
            pdf.multi_cell(WIDE - LABEL, LINE, "\n".join(right), align=align, new_x="LMARGIN", new_y="NEXT")
            pdf.line(MARGIN, top + high, MARGIN + WIDE, top + high)
            pdf.set_xy(MARGIN, top + high)
        pdf.ln(4)

    def _foot(self, pdf: Any, sheet: Sheet) -> None:
        for note in sheet.notes:
            self._text(pdf, 9, note, high=5.5)
        pdf.ln(6)
        for line in sheet.sender:
            self._text(pdf, 10, line, align="R", high=6)

    def _text(self, pdf: Any, size: int, words: str, align: str = "L", high: float = 6) -> None:
        pdf.set_font(NAME, size=size)
        told = "\n".join(kinsoku.cut(pdf, self._known(words), WIDE))
        pdf.multi_cell(WIDE, high, told, align=align, new_x="LMARGIN", new_y="NEXT")

    def _known(self, words: str) -> str:
        return "".join(letter if ord(letter) in self._letters else UNPRINTABLE for letter in words)

    @cached_property
    def _letters(self) -> frozenset[int]:
        from fontTools.ttLib import TTFont

        with TTFont(FONT, lazy=True) as font:
            return frozenset(font.getBestCmap())
