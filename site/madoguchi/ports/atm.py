"""What the smartphone ATM needs from outside: the seal that the network and we share."""

from __future__ import annotations

from typing import Protocol

from madoguchi.domain.atm_message import Signed


class Seal(Protocol):
    """Signs requests of the ATM network and checks them; its key is nowhere else."""

    def sign(self, request: Signed) -> str:
        """The signature of a request, in lower-case hex."""
        ...

    def holds(self, request: Signed) -> bool:
        """Whether the signature that a request carries is right."""
        ...
