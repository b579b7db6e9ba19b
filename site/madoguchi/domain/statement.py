"""The lines of a monthly statement: each act stands on exactly one, with the balance after it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from madoguchi.domain.documents import Line
from madoguchi.domain.ledger import UNDONE, EntryKind
from madoguchi.domain.money import Yen

_RAISING: Final = (EntryKind.DRAWDOWN, EntryKind.OPENING)
_LOWERING: Final = (EntryKind.REPAYMENT, EntryKind.DEPOSIT_USED, EntryKind.WAIVER)
# What an entry of a kind does to what is borrowed, in signs of its principal.
SIGNS: Final[dict[int, int]] = {
    **{int(kind): 1 for kind in (*_RAISING, *(UNDONE[kind] for kind in _LOWERING))},
    **{int(kind): -1 for kind in (*_LOWERING, UNDONE[EntryKind.DRAWDOWN])},
}


def in_order(opening: Yen, found: Iterable[tuple[Line, int | None]]) -> tuple[Line, ...]:
    """Return the lines by value date with the balance after each; `found` has what each entry undoes.

    Where an entry and the one that undoes it would stand on the same statement, neither does: it never was.
    """
    rows = list(found)
    here = {line.seq for line, _ in rows}
    gone = {seq for line, undoes in rows if undoes in here for seq in (line.seq, undoes)}
    stand = sorted((line for line, _ in rows if line.seq not in gone), key=lambda line: (line.day, line.seq))
    return _with_balances(opening, stand)


def closing(opening: Yen, lines: Sequence[Line]) -> Yen:
    """Return what is borrowed after the last line."""
    return lines[-1].balance if lines else opening


def _with_balances(balance: Yen, lines: Iterable[Line]) -> tuple[Line, ...]:
    told = []
    for line in lines:
        balance += SIGNS.get(line.kind, 0) * line.principal
        told.append(replace(line, balance=balance))
    return tuple(told)
