"""PINs at the machine: counted as those of a known browser are, three wrong ones in a row hold the card."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from madoguchi.domain.atm import Stage
from madoguchi.domain.atm_message import Authorise
from madoguchi.domain.atm_refusals import Ask, now_held, wrong_pin
from madoguchi.domain.letters import Kind
from madoguchi.services import letters, locks
from madoguchi.services.atm_answers import Answer, answer_of, refused
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.tries import Route
from madoguchi.store import atm, atm_guard, attempts
from madoguchi.store.atm_guard import Card
from madoguchi.store.attempts import Event

WRONG: Final = "atm_wrong"  # words of the log of sign-ins, which a member reads
HELD: Final = "atm_held"
SETTLED: Final = timedelta(seconds=60)


class Counted(Enum):
    """Whether a PIN may be compared: all tries may be under way, or spent."""

    TAKEN = "taken"
    WAIT = "wait"
    SPENT = "spent"


def count(office: Office, card: Card) -> Counted:
    """Count one PIN before it is compared, inside an open act."""
    store, tries, now = office.store, office.rules.locks.pin_tries, office.now()
    if atm_guard.take(store, card.contract_id, tries, card.since, now):
        return Counted.TAKEN
    wrong, last_at = atm_guard.compared(store, card.contract_id)
    if wrong >= tries:
        return Counted.SPENT
    if now - last_at < SETTLED:
        return Counted.WAIT
    atm_guard.give_back_lost(store, card.contract_id)
    atm_guard.take(store, card.contract_id, tries, card.since, now)
    return Counted.TAKEN


@repeated
def never_compared(office: Office, transaction: str, card: Card) -> None:
    """Nothing could be compared: the count is given back, and the question may be asked again at once."""
    with office.store.transaction():
        atm.forget(office.store, transaction)
        atm_guard.give_back(office.store, card.contract_id)


@repeated
def was_wrong(office: Office, asked: Authorise, card: Card) -> Answer:
    """Note a wrong PIN, and hold the card when it was the last one allowed."""
    store, tries, now = office.store, office.rules.locks.pin_tries, office.now()
    with store.transaction():
        use = atm.hold(store, asked.transaction)  # the use before the count, as when a question begins
        left = tries - atm_guard.was_wrong(store, card.contract_id)
        refusal = (wrong_pin(left), Ask.PIN) if left > 0 else (now_held(tries), Ask.END)
        told = refused(*refusal)
        attempts.log(store, _event(card, WRONG, asked.machine, now))
        atm.move(store, asked.transaction, Stage.CHECKING, Stage.REFUSED, now, told)
    if left <= 0:
        hold(office, card, asked.machine)
    if use is not None and use.stage is not Stage.CHECKING:
        return answer_of(use)  # it was reversed meanwhile
    return Answer(asked.transaction, Stage.REFUSED, told)


def hold(office: Office, card: Card, machine: str) -> None:
    """Hold the card, once, and tell its owner by mail; card before contract, as at sign-in."""
    store = office.store
    with store.transaction():
        now = office.now()
        if not locks.holding(store, card.contract_id, now, locks.GUESSING, locks.BY_ITSELF):
            return
        attempts.log(store, _event(card, HELD, machine, now))
        facts: dict[str, letters.Fact] = {"at": now, "machine": machine}
        letters.write(office, Kind.ATM_HELD, facts, member_id=card.member_id, now=now)


def _event(card: Card, outcome: str, machine: str, at: datetime) -> Event:
    """A line of the log; the machine stands where a browser's name stands otherwise."""
    return Event(at, Route.CARD.value, outcome, card.member_id, True, f"ATM {machine}", "")
