"""The end of interest-free days: from the next day on interest runs, and the member is told so once."""

from __future__ import annotations

from datetime import date

from madoguchi.domain.letters import Kind
from madoguchi.services import books, letters
from madoguchi.services.lateness import in_words
from madoguchi.services.office import Office
from madoguchi.store import rounds


def tell_ended(office: Office, day: date, after: int, most: int) -> list[int]:
    """Write to members whose interest-free days ended with `day` and who still owe more than a remainder."""
    least = office.rules.product.remainder_below
    found = rounds.free_ended(office.store, day, least, after, most)
    for contract_id in found:
        row = books.hold(office, contract_id)
        facts = {
            "day": in_words(day),
            "balance": f"{row.standing.principal:,}",
            "rate": _rate(row.standing.rate),
        }
        letters.write(office, Kind.FREE_DAYS_ENDED, facts, member_id=row.member_id)
        rounds.told_free(office.store, contract_id, day)
    return found


def _rate(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
