"""What we need of banks whose page a member pays at: a way there, and answers that can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from madoguchi.domain.bank_page import BankAnswer, Order


class BankPages(Protocol):
    """The pages of all banks that are offered."""

    def address(self, order: Order) -> str:
        """Where the member's browser goes to pay this order: a path of ours in the demo, else https://."""
        ...

    def read(self, fields: Mapping[str, str]) -> BankAnswer | None:
        """A bank's answer; None when it was not made by the bank, or changed on the way."""
        ...


class Telling(Enum):
    """How the played bank tells of a payment; what each means is said on its page."""

    AT_ONCE = "at_once"
    TWICE = "twice"
    LATE = "late"
    FORGED = "forged"
    OTHER_AMOUNT = "other_amount"


@dataclass(frozen=True, slots=True)
class Played:
    """An order at the played bank: whether it is open still, paid (with when) or declined."""

    order: Order
    paid: bool | None
    at: datetime | None


class PlayedBankPage(Protocol):
    """The bank's side, as the demo plays it: it takes an order once and tells of it as often as asked."""

    def look(self, fields: Mapping[str, str]) -> Played | None:
        """The order of a signed link; None when the link is not ours."""
        ...

    def settle(
        self, fields: Mapping[str, str], paid: bool, telling: Telling, late: timedelta
    ) -> Played | None:
        """Pay or decline an order, once; the answers to send are put aside (`late`: from now on)."""
        ...

    def answers(self) -> list[tuple[int, dict[str, str]]]:
        """The answers that are due and were not taken yet, each with its number."""
        ...

    def told(self, number: int) -> None:
        """This answer was taken; it is not sent again."""
        ...

    def forget(self) -> None:
        """Forget everything, when the demo starts over."""
        ...
