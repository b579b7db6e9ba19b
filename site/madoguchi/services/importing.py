"""Take members with their contracts from a file: all of them in one act, or none."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from datetime import time as hour

from madoguchi.domain.channels import Channel, cause_of
from madoguchi.domain.ledger import EntryKind, Line
from madoguchi.domain.opening import open_with_balance
from madoguchi.domain.present import states_with
from madoguchi.domain.secrets import pin_material
from madoguchi.domain.standing import Standing
from madoguchi.ports import JAPAN
from madoguchi.services import rounds
from madoguchi.services.books import lines_of
from madoguchi.services.import_rows import Fault, Row, read_rows
from madoguchi.services.lives import brought
from madoguchi.services.office import Office
from madoguchi.store import bulk, closed_days, terms
from madoguchi.store.credentials import fold
from madoguchi.store.entries import Entry
from madoguchi.store.terms import Term
from madoguchi.store.values import day_out

MOST_FAULTS = 100  # told at once; a file with more needs another look as a whole
HASHING_THREADS = 4


@dataclass(frozen=True, slots=True)
class Faulty:
    """The file cannot be taken; `more` when there are further faults than those listed."""

    faults: tuple[Fault, ...]
    more: bool

    @property
    def told(self) -> str:
        """How many faults were found."""
        return f"More than {len(self.faults)} faults" if self.more else f"{len(self.faults)} faults"


@dataclass(frozen=True, slots=True)
class Imported:
    """So many members were taken (or would be), in so many seconds."""

    members: int
    seconds: int
    dry_run: bool

    def __str__(self) -> str:
        did = "would be imported" if self.dry_run else "imported"
        pace = self.members // max(1, self.seconds)
        return f"{self.members} members {did} in {self.seconds} s ({pace} a second)."


def import_members(
    office: Office, lines: Iterable[str], *, dry_run: bool, say: Callable[[str], None]
) -> Imported | Faulty:
    """Read, check against the file itself and the books, hash the PINs, then write everything in one act."""
    started = time.monotonic()
    rows: list[Row] = []
    faults: list[Fault] = []
    for found in read_rows(lines, office.rules, office.business_day()):
        rows.append(found) if isinstance(found, Row) else faults.append(found)
        if len(faults) > MOST_FAULTS:
            break
    else:
        faults += _doubles(rows)
        faults += _taken(office, rows)
    if faults:
        return Faulty(tuple(sorted(faults, key=lambda f: f.row)[:MOST_FAULTS]), len(faults) > MOST_FAULTS)
    if not dry_run:
        say(f"{len(rows)} rows read; hashing {sum(1 for row in rows if row.pin)} PINs")
        rows = _hashed(office, rows)
        say("writing")
        with office.store.transaction():
            _write(office, rows)
            _catch_up(office)
    return Imported(len(rows), round(time.monotonic() - started), dry_run)


def _doubles(rows: Sequence[Row]) -> Iterator[Fault]:
    """Numbers that stand in the file twice; Web-IDs also when they only look alike."""
    for column, of in _UNIQUE.items():
        first: dict[str, int] = {}
        for row in rows:
            value = of(row)
            if value and (earlier := first.setdefault(value, row.row)) != row.row:
                yield Fault(row.row, column, f"stands in row {earlier} already")


def _taken(office: Office, rows: Sequence[Row]) -> Iterator[Fault]:
    """Numbers that stand in the books already."""
    for column, of in _UNIQUE.items():
        at = {of(row): row.row for row in rows if of(row)}
        for value in bulk.taken(office.store, column, list(at)):
            yield Fault(at[value], column, "is in the database already")


_UNIQUE: dict[str, Callable[[Row], str]] = {
    "member_number": lambda row: row.member.number,
    "card_number": lambda row: row.card,
    "web_id": lambda row: fold(row.web_id),
}


def _hashed(office: Office, rows: Sequence[Row]) -> list[Row]:
    """Outside the act, since each hash takes its time on purpose."""

    def with_hash(row: Row) -> Row:
        if not row.pin:
            return row
        material = pin_material(row.card, row.pin)
        return replace(row, pin="", pin_hash=office.hasher.hash_aside(material, keyed=True))

    with ThreadPoolExecutor(HASHING_THREADS) as pool:
        return list(pool.map(with_hash, rows))


def _write(office: Office, rows: Sequence[Row]) -> None:
    """Everything in rows of one kind after the other: single statements take ten times as long."""
    store, now, product = office.store, office.now(), office.rules.product
    joined = [(row.member, datetime.combine(row.opened_on, hour(0), JAPAN)) for row in rows]
    member_ids = bulk.add_members(store, joined)
    figures = [open_with_balance(r.limit, r.rate, r.due_day, r.balance, product) for r in rows]
    opened = [
        (member_ids[row.member.number], row.opened_on, after, int(_owes(after)), states_with(0, after))
        for row, after in zip(rows, figures, strict=True)
    ]
    contract_ids = bulk.add_contracts(store, opened)
    placed = [
        (contract_ids[member_ids[row.member.number]], row, after)
        for row, after in zip(rows, figures, strict=True)
    ]
    bulk.add_cards(store, [(key, row.card, row.pin_hash) for key, row, _after in placed], now)
    web_ids = [(member_ids[r.member.number], r.web_id, r.password_hash) for r in rows if r.web_id]
    bulk.add_web_ids(store, web_ids, now)
    bulk.add_terms(store, (term for key, row, _after in placed for term in _terms(key, row)), now)
    bulk.add_entries(store, [_opening(key, row, after, now) for key, row, after in placed if _owes(after)])


def _catch_up(office: Office) -> None:
    """Pass the due dates of days that are closed: their rounds do not come again."""
    last = closed_days.last(office.store)
    while last and rounds.pass_due_dates(office, last, 0, rounds.MOST):
        pass


def _owes(standing: Standing) -> bool:
    """Whether there is anything to enter; an opening of nothing has no lines."""
    return bool(standing.debt or standing.deposit)


def _terms(contract_id: int, row: Row) -> Iterator[Term]:
    on, balance = row.balance.settled_to, row.balance
    facts = (
        (terms.LIMIT, row.limit),
        (terms.RATE, row.rate),
        (terms.DUE_DAY, row.due_day),
        (terms.SETTLED_TO, day_out(on)),
        (terms.MINIMUM, balance.minimum),
        (terms.NEXT_DUE, day_out(balance.next_due)),
        (terms.FILLED, balance.filled),
        (terms.FREE_UNTIL, day_out(balance.free_until)),
    )
    for kind, value in facts:
        if value is not None:
            yield Term(contract_id, 0, kind, on, value, "imported")
    for due, left in balance.unmet:
        yield Term(contract_id, 0, terms.UNMET, due, left, "imported")


def _opening(contract_id: int, row: Row, after: Standing, now: datetime) -> tuple[Entry, Sequence[Line]]:
    split = brought(after)
    entry = Entry(
        contract_id=contract_id,
        seq=1,
        kind=EntryKind.OPENING,
        value_date=row.balance.settled_to,
        posted_at=now,
        amount=split.amount,
        fees=split.fees,
        damages=split.damages,
        interest=split.interest,
        principal=split.principal,
        deposit=split.deposit,
        balance=after.principal,
        cause=cause_of(Channel.HOUSE, "imported"),
        key=f"{contract_id}:opening",
    )
    return entry, lines_of(EntryKind.OPENING, split)
