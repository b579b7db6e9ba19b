"""Acts on a contract as tests post them, and what the books say afterwards."""

from datetime import timedelta

from madoguchi.domain.channels import Channel
from madoguchi.services import debited, posting, rounds, verify
from madoguchi.store import contracts, entries

DAY = timedelta(days=1)


def draw(office, who, amount, key="d1", on=None):
    """Borrow, valued today or on a later day."""
    return posting.draw(office, who.contract_id, amount, Channel.TRANSFER, on or office.business_day(), key)


def pay(office, who, amount, key="p1", on=None):
    """Repay, valued today or on an earlier day."""
    return posting.receive_payment(
        office, who.contract_id, amount, Channel.BANK_TRANSFER, on or office.business_day(), key
    )


def standing(office, who):
    """The cached figures."""
    return contracts.read(office.store, who.contract_id).standing


def rows(office, who):
    """All entries."""
    return list(entries.stream(office.store, who.contract_id, who.contract_id))


def sound(office):
    """Whether the books agree."""
    return list(verify.differences(office)) == []


def filed(office, who):
    """Send the debit of the running due date."""
    with office.store.transaction():
        return debited.file_within(office, who.contract_id, "file 1")


def answered(office, who, found, paid, key="debit"):
    """Take in the bank's answer."""
    with office.store.transaction():
        if paid:
            return debited.paid_within(office, who.contract_id, found.day, found.amount, key, "0")
        return debited.failed_within(office, who.contract_id, found.day, "1")


def one_at_a_time(monkeypatch):
    """Let the round take up one contract in each of its transactions."""
    monkeypatch.setattr(rounds, "FEWEST", 1)
    monkeypatch.setattr(rounds, "MOST", 1)
