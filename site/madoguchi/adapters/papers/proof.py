"""Draws how a paper is proved genuine: number, code and address in words, and a QR code that leads there."""

from __future__ import annotations

from typing import Any, Final

from madoguchi.adapters.papers import kinsoku
from madoguchi.ports.paper import Proof

SIDE: Final = 26.0  # millimetres of the QR code
GAP: Final = 5.0
LINE: Final = 5.5
SIZE: Final = 9  # points


def draw(pdf: Any, proof: Proof, wide: float) -> None:
    """Draw it below all else, on one page, over a width in millimetres."""
    if pdf.will_page_break(SIDE + GAP):
        pdf.add_page()
    pdf.ln(GAP)
    left, top = pdf.l_margin, pdf.get_y()
    _squares(pdf, proof.link, left, top)
    pdf.set_font(size=SIZE)
    told = (
        "この書面が本物であることは、次のページに確認番号と確認コードを入れて確かめられます。",
        proof.address,
        f"確認番号 {proof.number}",
        f"確認コード {proof.code}",
    )
    room = wide - SIDE - GAP
    words = "\n".join(line for part in told for line in kinsoku.cut(pdf, part, room))
    pdf.set_xy(left + SIDE + GAP, top)
    pdf.multi_cell(room, LINE, words, align="L")
    pdf.set_xy(left, max(pdf.get_y(), top + SIDE))


def _squares(pdf: Any, link: str, left: float, top: float) -> None:
    """The code's dark squares, those beside each other in one piece."""
    import segno

    matrix = segno.make(link, error="m", micro=False).matrix
    side = SIDE / len(matrix)
    pdf.set_fill_color(0, 0, 0)
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            dark = x
            while dark < len(row) and row[dark]:
                dark += 1
            if dark > x:
                pdf.rect(left + x * side, top + y * side, (dark - x) * side, side, style="F")
            x = max(dark, x + 1)
