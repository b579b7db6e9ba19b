"""What every act needs at hand: the books, the lender's rules and the ports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from madoguchi.ports import Clock, Hasher, MovableClock, business_date
from madoguchi.rules import Rules
from madoguchi.store.db import Store


@dataclass(frozen=True, slots=True)
class Office:
    """Handed to each service; made once by adapters/wiring.py."""

    store: Store
    rules: Rules
    clock: Clock
    hasher: Hasher
    secret: bytes  # keys of sessions, CSRF tokens and blind indexes are derived from it
    demo: "Demo | None" = None

    def now(self) -> datetime:
        """The moment now, aware, UTC."""
        return self.clock.now()

    def business_day(self) -> date:
        """The day now in Japan."""
        return business_date(self.clock)


@dataclass(frozen=True, slots=True)
class Demo:
    """What only the demo has: its own clock to move, and clocks for making its past."""

    clock: MovableClock
    past: Callable[[datetime], MovableClock]
