"""Templates rendered once into patterns: text with holes, which every page and every row then fills.

A table of 30 rows by eight columns costs a tenth of a loop in its template, and the frame of a page a
twentieth of rendering it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from madoguchi.web import escape

GAP = "\0"  # stands in no page: forms and the import refuse it


def mark(name: str) -> str:
    """What a template prints where a hole is to be."""
    return f"{GAP}{name}{GAP}"


def with_names(text: str, names: Iterable[str]) -> str:
    """A rendered template as a pattern for `pattern % {name: …}`; what fills it is escaped already."""
    pattern = str(text).replace("%", "%%")  # of Markup, % would escape again
    for name in names:
        pattern = pattern.replace(mark(name), f"%({name})s")
    return pattern


def in_order(text: str, names: Sequence[str]) -> str:
    """A rendered template as a pattern for `pattern % (…)`; each name stands in it once, in this order."""
    pattern = str(text).replace("%", "%%")  # of Markup, % would escape again
    for name in names:
        pattern = pattern.replace(mark(name), "%s")
    return pattern


def filled(pattern: str, rows: Sequence[Sequence[object]]) -> str:
    """The pattern once for each row, every cell escaped."""
    return (pattern * len(rows)) % tuple(_escaped(list(chain.from_iterable(rows))))


def _escaped(cells: list[object]) -> list[str]:
    """All cells by one call of the escape where all are plain words: a call for each took the most time."""
    if set(map(type, cells)) == {str}:
        ready = escape.fast(GAP.join(cells)).split(GAP)  # type: ignore[arg-type]
        if len(ready) == len(cells):
            return ready
    return [escape.fast(cell) for cell in cells]
