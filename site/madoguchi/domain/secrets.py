"""How a typed secret is read: as it is, and if it holds full-width ASCII also folded, in one attempt."""

from __future__ import annotations

from typing import Final

from madoguchi.domain.widths import narrow

LONGEST: Final = 128  # characters; more is refused before any hash is made


def readings(typed: str) -> tuple[str, ...]:
    """What the member may have meant: the secret as typed, then folded if it holds full-width ASCII."""
    folded = narrow(typed)
    return (typed,) if folded == typed else (typed, folded)


def pin_material(card_number: str, pin: str) -> str:
    """What is hashed for a PIN: bound to its card, so that equal PINs on two cards never look alike."""
    return f"{card_number}:{pin}"
