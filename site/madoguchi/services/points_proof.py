"""Whether the ledger of points proves itself: its sums, its cached balances, and what points bought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from madoguchi.domain.points import Kind
from madoguchi.services.office import Office
from madoguchi.store import points
from madoguchi.store.points import Account, Entry
from madoguchi.store.values import day_in

CHUNK = 200  # accounts in one short transaction


def differences(office: Office) -> Iterator[str]:
    """Yield one sentence for each figure that is not what the ledger of points says."""
    last = 0
    while True:
        with office.store.transaction():
            accounts = points.accounts_after(office.store, last, CHUNK)
            found = list(_chunk(office, accounts))
        yield from found
        if not accounts:
            break
        last = accounts[-1].member_id
    yield from _effects(office)


def _chunk(office: Office, accounts: Sequence[Account]) -> Iterator[str]:
    if not accounts:
        return
    own = defaultdict(list)
    for entry in points.stream(office.store, accounts[0].member_id, accounts[-1].member_id):
        own[entry.member_id].append(entry)
    for account in accounts:
        for told in _account(account, own[account.member_id]):
            yield f"Points of member {account.member_id}: {told}."


def _account(account: Account, entries: Sequence[Entry]) -> Iterator[str]:
    balance, takes_part = 0, False
    for n, entry in enumerate(entries, start=1):
        if entry.seq != n:
            yield f"entry {n} is missing"
            return
        balance += entry.amount
        if entry.balance != balance:
            yield f"entry {n}: balance is stored as {entry.balance}, computed as {balance}"
        if not takes_part and entry.kind is not Kind.JOINED:
            yield f"entry {n} stands outside of the time in which the member took part"
        takes_part = entry.kind is not Kind.LEFT
    if account.balance != balance:
        yield f"balance is cached as {account.balance}, computed as {balance}"
    if account.last_seq != len(entries):
        yield f"last_seq is cached as {account.last_seq}, computed as {len(entries)}"
    if (account.joined_at is not None and account.left_at is None) != takes_part:
        yield "who takes part is not what the entries say"


def _effects(office: Office) -> Iterator[str]:
    """What points bought stands where it works, and nothing else that says it was bought."""
    paid: dict[str, tuple[int, int, int]] = {}
    made: dict[str, tuple[int, int, int]] = {}
    for where, cause, *facts in points.bought(office.store):
        contract_id, first, last = facts
        if where == "entry":
            paid[cause] = (contract_id, first, last)
        else:
            made[cause] = (contract_id, first, last)
    for cause in sorted(paid.keys() | made.keys()):
        if cause not in made:
            yield f"What {cause} bought is not there."
        elif cause not in paid:
            yield f"Something says it was bought by {cause}, which is no entry."
        elif not _same(paid[cause], made[cause]):
            yield f"What {cause} bought is {paid[cause]}, but there is {made[cause]}."


def _same(paid: tuple[int, int, int], made: tuple[int, int, int]) -> bool:
    """A term of free days knows their number alone, and no first day."""
    if made[1]:
        return paid == made
    days = (day_in(paid[2]) - day_in(paid[1])).days + 1
    return (paid[0], days) == (made[0], made[2])
