"""What a member sends with an application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from madoguchi.domain.applications import Kind


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member sends: of the fields those that belong to the kind; amounts in yen."""

    kind: Kind
    limit: int = 0
    income: int = 0
    other_debts: int = 0
    due_day: int = 0
    reason: str = ""
    session_key: str = ""  # which session goes on when the contract is closed

    def facts(self) -> dict[str, Any]:
        """What is kept of it."""
        names = {
            Kind.LIMIT_UP: ("limit", "income", "other_debts"),
            Kind.LIMIT_DOWN: ("limit",),
            Kind.DUE_DAY: ("due_day",),
            Kind.REISSUE: ("reason",),
            Kind.CLOSING: (),
        }[self.kind]
        return {name: getattr(self, name) for name in names}
