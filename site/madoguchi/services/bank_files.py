"""Where the bank's files are: the books know one memory of what is in them, and nobody acts by another.

What a file holds is remembered on one machine. Another one, or an empty memory after the disk was lost, would
say of a payout that the bank never saw it: the money would be given back, and paid by the file as well.
"""

from __future__ import annotations

from typing import Final

from madoguchi.domain.faults import Unfit
from madoguchi.services.office import Office
from madoguchi.store import stamps

STAMP: Final = "bank files"
SENTENCE: Final = (
    "The bank's files that the books know are not those of this machine: set MADOGUCHI_RAILS=elsewhere if "
    "another one has them, bring transfers.db back if it was lost, or else say `bank-files-here` "
    "(docs/bank-files.md)"
)


def are_here(office: Office) -> bool:
    """Tell whether the bank's files are this machine's, or nobody's yet, or there are none."""
    if office.transfers is None:
        return True
    return stamps.read(office.store, STAMP) in (None, office.transfers.begun_at())


def keep_here(office: Office) -> None:
    """Have the first machine that works on them keep them; raises Unfit on any other."""
    if office.transfers is None:
        return
    if stamps.read(office.store, STAMP) is None:
        with office.store.transaction():
            stamps.put_first(office.store, STAMP, office.transfers.begun_at())
    if not are_here(office):
        raise Unfit(SENTENCE)


def move_here(office: Office) -> None:
    """Have this machine keep them from now on, whoever did."""
    assert office.transfers is not None, "it is reached by files"
    with office.store.transaction():
        stamps.put(office.store, STAMP, office.transfers.begun_at())
