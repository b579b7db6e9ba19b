"""Tables as CSV that spreadsheets read: UTF-8 with a mark, streamed, no cell that they would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response

from madoguchi.web.database import rests_after

CHUNK = 500  # rows a piece: large enough to be quick, small enough to keep no table in memory
# What makes a spreadsheet calculate (ASCII and full width), also behind leading blanks.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\u2212", "|", "%")


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Response:
    """Answer with a file of this name (ASCII); every text cell is made safe, numbers stay numbers."""
    response = rests_after(Response(_pieces(header, rows), mimetype="text/csv"))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def safe(cell: str | int) -> str | int:
    """The cell; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(cell, str) and (cell.lstrip(" \u3000").startswith(FORMULA) or cell.startswith(FORMULA)):
        return "'" + cell
    return cell


def _pieces(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text)
    text.write("\ufeff")  # without the mark Excel reads UTF-8 as Shift JIS
    writer.writerow(header)
    for number, row in enumerate(rows, 1):
        writer.writerow([safe(cell) for cell in row])
        if number % CHUNK == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()
