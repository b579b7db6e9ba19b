"""Whose payments may be: the contracts that come into question, and what of each would fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from madoguchi.domain import standing as money
from madoguchi.domain.incoming import Incoming, member_numbers, name_in
from madoguchi.domain.kana import KanaError, bank_kana, wide_kana
from madoguchi.domain.matching import Candidate, Match, match
from madoguchi.services.office import Office
from madoguchi.store import payers as rows
from madoguchi.store.payers import Payer


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody that a file's payments may be from, read at once."""

    numbered: dict[str, Sequence[Payer]]
    named: dict[str, Sequence[Payer]]


def matches(office: Office, payments: Sequence[Incoming]) -> list[Match]:
    """Find whose each payment is; two statements for a file of any usual length."""
    known = _known(office, payments)
    return [_match(office, known, payment) for payment in payments]


def of_number(office: Office, number: str) -> Payer | None:
    """Return the contract of a member by number: the newest that is open, else the newest."""
    found = _live(rows.by_numbers(office.store, [number]))
    return found[-1] if found else None


def around(office: Office, reference: str, payer: str) -> Sequence[Payer]:
    """Return the contracts of the member numbers and of the name that came with a payment."""
    numbered = rows.by_numbers(office.store, member_numbers(reference, payer))
    named = rows.by_names(office.store, [wide_kana(name_in(payer))])
    return _live_of_each(list({one.row.id: one for one in (*numbered, *named)}.values()))


def of_contracts(office: Office, ids: Iterable[int]) -> dict[int, Payer]:
    """Return contracts with their members, by number of the contract."""
    return {payer.row.id: payer for payer in rows.by_contracts(office.store, set(ids))}


def _known(office: Office, payments: Sequence[Incoming]) -> Known:
    numbers = {one for payment in payments for one in member_numbers(payment.reference, payment.payer)}
    names = {wide_kana(name_in(payment.payer)) for payment in payments}
    numbered: dict[str, list[Payer]] = {}
    named: dict[str, list[Payer]] = {}
    for payer in rows.by_numbers(office.store, numbers):
        numbered.setdefault(payer.number, []).append(payer)
    for payer in rows.by_names(office.store, names):
        named.setdefault(_name(payer), []).append(payer)
    return Known(
        {key: _live(found) for key, found in numbered.items()},
        {key: _live_of_each(found) for key, found in named.items()},
    )


def _match(office: Office, known: Known, payment: Incoming) -> Match:
    name = name_in(payment.payer)
    numbers = member_numbers(payment.reference, payment.payer)
    numbered = [payer for number in numbers for payer in known.numbered.get(number, ())]
    named = known.named.get(name, ())
    told = [[_candidate(office, payer, payment) for payer in found] for found in (numbered, named)]
    return match(name, payment.amount, *told)


def _candidate(office: Office, payer: Payer, payment: Incoming) -> Candidate:
    standing, product = payer.row.standing, office.rules.product
    on = max(payment.booked_on, standing.accrued_to or payment.booked_on)
    then = money.advance(standing, on, product)
    due = money.next_due(then, product)
    asked = {money.due_now(then, on, product), due[1] if due else 0, then.debt} - {0}
    return Candidate(payer.row.id, payer.number, _name(payer), then.debt, frozenset(asked))


def _name(payer: Payer) -> str:
    try:
        return name_in(bank_kana(payer.name_kana))
    except KanaError:
        return ""


def _live(found: Sequence[Payer]) -> Sequence[Payer]:
    """One member's contracts: those that are open, or all where none is."""
    return [payer for payer in found if payer.row.closed_on is None] or found


def _live_of_each(found: Sequence[Payer]) -> Sequence[Payer]:
    members = dict.fromkeys(payer.row.member_id for payer in found)
    return [one for key in members for one in _live([payer for payer in found if payer.row.member_id == key])]
