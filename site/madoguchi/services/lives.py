"""A contract's rows read back as the events of its life, and the life lived again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from madoguchi.domain import replay
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.mercy import DueMoved
from madoguchi.domain.opening import Balance
from madoguchi.domain.product import Product
from madoguchi.domain.replay import Event, Imported, Opened
from madoguchi.domain.standing import Split, Standing, advance, to_next_due
from madoguchi.ports import JAPAN
from madoguchi.store import terms
from madoguchi.store.entries import Entry
from madoguchi.store.terms import Term
from madoguchi.store.values import day_in

_PLACES: Final = 1000  # terms agreed after one entry and before the next
LAST: Final = 10**15  # a deposit is used at the end of its day, and a due date moved, whenever it was noted


@dataclass(frozen=True, slots=True)
class Lived:
    """One event, the standing it led to and its split; `entry` is its row unless it was a term."""

    entry: Entry | None
    after: Standing
    split: Split


def live(agreed: Sequence[Term], posted: Sequence[Entry], product: Product) -> Iterator[Lived]:
    """Yield the opening and then each event that stands, in the order it happened.

    Entries that were undone and those that undo are no events. ValueError for rows without a life.
    """
    by_order = {order_of(entry, root): entry for entry, root in standing_entries(posted)}
    events = replay.in_order(events_of(agreed, posted))
    if not events or not isinstance(first := events[0], Opened | Imported):
        raise ValueError("a contract's life begins with its opening")
    standing = replay.begin(first, product)
    entered = posted[0] if posted and posted[0].kind is EntryKind.OPENING else None
    yield Lived(entered, standing, brought(standing))
    for event in events[1:]:
        standing = advance(standing, event.on, product)
        standing, split = replay.apply(standing, event, product)
        yield Lived(by_order.get(event.order), standing, split or plain(event))


def standing_entries(posted: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Return the entries that stand, each with the one it was first posted as."""
    by_seq = {entry.seq: entry for entry in posted}
    gone = {entry.undoes for entry in posted}
    standing = [entry for entry in posted if entry.undoes is None and entry.seq not in gone]
    return [(entry, _root(entry, by_seq)) for entry in standing]


def order_of(entry: Entry, root: Entry) -> int:
    """Return the place of an entry within its day: that of the one it was first posted as."""
    return root.seq * _PLACES + (LAST if entry.kind is EntryKind.DEPOSIT_USED else 0)


def close_days(standing: Standing, closed_to: date | None, product: Product) -> Standing:
    """Return the standing after the daily round closed every day up to and with one."""
    if closed_to is None:
        return standing
    after = closed_to + timedelta(days=1)
    while True:
        standing = to_next_due(standing, after, product)
        if standing.running is None or standing.running.day > closed_to:
            return standing
        standing = advance(standing, standing.running.day + timedelta(days=1), product)


def events_of(agreed: Sequence[Term], posted: Sequence[Entry]) -> list[Event]:
    """Return the events that a contract's terms and entries tell; ValueError where something is missing."""
    opening = [term for term in agreed if term.after_seq == 0 and term.cause in ("opened", "imported")]
    later = [term for term in agreed if term not in opening]
    brought = next((entry for entry in posted if entry.kind is EntryKind.OPENING), None)
    events = [_opening(opening, brought), *_agreed(later)]
    return events + [
        posted_event(entry, root) for entry, root in standing_entries(posted) if entry is not brought
    ]


def _root(entry: Entry, by_seq: dict[int, Entry]) -> Entry:
    while entry.replaces is not None:
        entry = by_seq[entry.replaces]
    return entry


def _opening(opening: Iterable[Term], brought: Entry | None) -> Event:
    facts = {term.kind: term for term in opening}
    try:
        limit, rate, due_day = (facts[kind].value for kind in (terms.LIMIT, terms.RATE, terms.DUE_DAY))
        on = facts[terms.LIMIT].agreed_on
        if terms.SETTLED_TO not in facts:
            first = bool(facts[terms.FIRST_CONTRACT].value)
            return Opened(on, 0, limit, rate, due_day, first)
    except KeyError as missing:
        raise ValueError(f"its opening has no {missing.args[0]}") from None
    balance = _balance({kind: term.value for kind, term in facts.items()}, opening, brought)
    return Imported(balance.settled_to, 0, limit, rate, due_day, balance)


def _balance(facts: dict[str, int], opening: Iterable[Term], brought: Entry | None) -> Balance:
    figures = {}
    if brought is not None:
        figures = {
            "carried_interest": brought.interest,
            "carried_damages": brought.damages,
            "fees": brought.fees,
            "deposit": brought.deposit,
        }
    return Balance(
        settled_to=day_in(facts[terms.SETTLED_TO]),
        principal=brought.principal if brought else 0,
        minimum=facts.get(terms.MINIMUM),
        next_due=day_in(facts.get(terms.NEXT_DUE)),
        filled=facts.get(terms.FILLED, 0),
        unmet=tuple((term.agreed_on, term.value) for term in opening if term.kind == terms.UNMET),
        free_until=day_in(facts.get(terms.FREE_UNTIL)),
        **figures,
    )


def _agreed(later: Sequence[Term]) -> Iterator[Event]:
    n = 0
    while n < len(later):
        term = later[n]
        on, order = term.agreed_on, term.after_seq * _PLACES + 1 + n
        match term.kind:
            case terms.LIMIT:  # its rate is the next row
                n += 1
                yield replay.LimitChanged(on, order, term.value, later[n].value)
            case terms.RATE:
                yield replay.RateChanged(on, order, term.value)
            case terms.DUE_DAY:
                yield replay.DueDayChanged(on, order, term.value)
            case terms.FREE_DAYS:
                yield replay.FreeGranted(on, order, term.value)
            case terms.DEBIT_FILED:
                yield replay.DebitFiled(on, order, day_in(term.value))
            case terms.DEBIT_ANSWERED:
                yield replay.DebitAnswered(on, order)
            case terms.DUE_MOVED:
                yield DueMoved(on, LAST + order, day_in(term.value))
            case _:
                raise ValueError(f"a term of the kind {term.kind} is not known")
        n += 1


def posted_event(entry: Entry, root: Entry) -> Event:
    """Return the event that an entry tells; ValueError for a kind that tells none yet."""
    on, order = entry.value_date, order_of(entry, root)
    match entry.kind:
        case EntryKind.DRAWDOWN:
            asked = min(on, root.posted_at.astimezone(JAPAN).date())
            return replay.Drawn(asked, order, entry.amount, on if on > asked else None)
        case EntryKind.REPAYMENT:
            return replay.Paid(on, order, entry.amount)
        case EntryKind.FEE:
            return replay.FeeCharged(on, order, entry.amount)
        case EntryKind.DEPOSIT_USED:
            return replay.DepositUsed(on, order)
        case EntryKind.DEPOSIT_RETURNED:
            return replay.DepositReturned(on, order, entry.amount)
        case EntryKind.WAIVER:
            return replay.Waived(on, order, entry.damages, entry.interest, entry.fees)
        case _:
            raise ValueError(f"an entry of the kind {entry.kind.name} cannot be read back yet")


def brought(standing: Standing) -> Split:
    """What an opening entry says of the standing an imported contract begins with."""
    return Split(
        amount=standing.debt,
        fees=standing.fees,
        damages=standing.carried_damages,
        interest=standing.carried_interest,
        principal=standing.principal,
        deposit=standing.deposit,
    )


def plain(event: Event) -> Split:
    """The split of an event that covers nothing."""
    match event:
        case replay.Drawn(_, _, amount):
            return Split(amount, principal=amount)
        case replay.FeeCharged(_, _, amount):
            return Split(amount, fees=amount)
        case replay.DepositReturned(_, _, amount):
            return Split(amount, deposit=amount)
        case _:
            return Split(0)
