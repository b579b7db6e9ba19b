"""What a person at the lender can have to look at, and how soon somebody does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from madoguchi.domain.hours import Hours
from madoguchi.domain.working import after_working


class CaseKind(Enum):
    """What a case is about; in brackets the table that its subject is a row of."""

    LOST_CARD = "lost_card"
    MISUSE = "misuse"
    CONTACT = "contact"
    APPLICATION = "application"  # (application)
    MESSAGE = "message"  # (thread)
    DOCUMENT = "document"  # (upload)
    TRANSFER = "transfer"  # (payout)
    DEBIT = "debit"  # (debit_file)
    PAYMENT = "payment"  # (incoming): nobody knows whose it is
    HEIRS = "heirs"  # a member died


# These are answered around the clock, as the phone is for them.
URGENT: Final = frozenset({CaseKind.LOST_CARD, CaseKind.MISUSE})


@dataclass(frozen=True, slots=True)
class DeskRules:
    """How soon somebody looks at each kind of case, in hours of the desk; a transfer without the bank's
    word becomes a case after `unknown_minutes`.
    """

    unknown_minutes: int
    hours: Mapping[CaseKind, int]

    def due(self, kind: CaseKind, read_from: datetime, hours: Hours) -> datetime:
        """By when somebody has looked at a case that is read from a moment on."""
        span = timedelta(hours=self.hours[kind])
        return read_from + span if kind in URGENT else after_working(hours, read_from, span)
