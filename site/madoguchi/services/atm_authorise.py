"""May this be done at the machine? The PIN is counted, compared, then the money is promised, or refused.

As at sign-in, a PIN is counted and committed before it is compared, so that parallel tries cannot outrun it,
and the comparison stands outside every transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from madoguchi.domain.atm import Kind, Stage
from madoguchi.domain.atm_message import Authorise
from madoguchi.domain.atm_refusals import NOT_LINKED, REVERSED, WRONG_COMPANY, Ask, now_held
from madoguchi.domain.faults import Unavailable
from madoguchi.domain.rights import TABLE, Action, Refusal, State
from madoguchi.domain.secrets import pin_material
from madoguchi.services import atm_limits, atm_pin, books
from madoguchi.services.atm_answers import Answer, Busy, Conflict, answer_of, facts_of, figures, refused
from madoguchi.services.atm_limits import Allowed
from madoguchi.services.office import Office
from madoguchi.store import atm, atm_guard
from madoguchi.store.atm import Use
from madoguchi.store.atm_guard import Card, Link

SETTLED: Final = timedelta(seconds=60)  # a check that took longer never came to an end

_CARD: Final = {"held": State.HELD, "lost": State.LOST}


@dataclass(frozen=True, slots=True)
class _Begun:
    """A check that this request carries out; a deposit has no card to look at."""

    contract_id: int
    card: Card | None


def authorise(office: Office, asked: Authorise) -> Answer | Conflict | Busy:
    """Answer a machine's question once; whoever repeats it gets the same answer and counts nothing.

    Raises Unavailable when nothing could be compared or written; then the question may be repeated.
    """
    begun = _begin(office, asked)
    if not isinstance(begun, _Begun):
        return begun
    if begun.card is not None:
        try:
            material = pin_material(begun.card.number, asked.pin)
            right = office.hasher.verify(begun.card.pin_hash, material, keyed=True, known_device=True)
        except Unavailable:
            atm_pin.never_compared(office, asked.transaction, begun.contract_id)
            raise
        if not right:
            return atm_pin.was_wrong(office, asked, begun.contract_id, begun.card)
    return _decide(office, asked, begun)


def _begin(office: Office, asked: Authorise) -> _Begun | Answer | Conflict | Busy:
    """Write the question down and count its PIN, or answer at once; one short transaction."""
    store, now = office.store, office.now()
    held: Card | None = None
    with store.transaction():
        known = atm.hold(store, asked.transaction)
        if known is not None and (told := _repeated(office, known, asked)):
            return told
        link = atm_guard.link(store, asked.number)
        linked = link is not None and link.works(now)
        card = atm_guard.card(store, link.contract_id) if linked and link and asked.pin else None
        refusal = _refusal_before(office, asked, card, linked)
        contract_id = link.contract_id if linked and link else None
        if refusal is None and card is not None and contract_id is not None:
            counted = atm_pin.count(office, contract_id, card, now)
            if counted is atm_pin.Counted.WAIT:
                return Busy()
            if counted is atm_pin.Counted.SPENT:
                held, refusal = card, (now_held(office.rules.locks.pin_tries), Ask.END)
        outcome = _write(office, asked, contract_id, card, refusal, known)
    if held is not None and contract_id is not None:
        atm_pin.hold(office, contract_id, held, asked.machine)  # the try that should have done so was cut off
    return outcome


def _repeated(office: Office, known: Use, asked: Authorise) -> Answer | Conflict | Busy | None:
    """What a question is told that was asked before; None when its check was cut off and is done anew."""
    if known.stage is Stage.REVERSED and not known.facts:
        return Answer(asked.transaction, Stage.REFUSED, refused(REVERSED, Ask.END))
    if known.facts != facts_of(office, asked):
        return Conflict()
    if known.stage is not Stage.CHECKING:
        return answer_of(known)
    return Busy() if office.now() - known.asked_at < SETTLED else None


def _refusal_before(
    office: Office, asked: Authorise, card: Card | None, linked: bool
) -> tuple[Refusal, Ask] | None:
    """What is refused before any PIN is looked at."""
    if asked.company != office.rules.atm.company:
        return WRONG_COMPANY, Ask.COMPANY
    if not linked or (asked.kind is Kind.WITHDRAWAL and card is None):
        return NOT_LINKED, Ask.END
    if card is not None and card.state in _CARD:
        return TABLE[_CARD[card.state], Action.ATM], Ask.END
    return None


def _write(
    office: Office,
    asked: Authorise,
    contract_id: int | None,
    card: Card | None,
    refusal: tuple[Refusal, Ask] | None,
    known: Use | None,
) -> _Begun | Answer | Busy:
    store, now = office.store, office.now()
    use = Use(
        asked.transaction, facts_of(office, asked), Stage.CHECKING, contract_id, asked.number, asked.machine,
        asked.kind, asked.amount, 0, office.business_day(), now, {}, None,
    )  # fmt: skip
    if known is not None:
        atm.claim(store, asked.transaction, now, use.business_day)
    elif not atm.add(store, use):
        return Busy()
    if refusal is None:
        assert contract_id is not None, "what is not linked is refused"
        return _Begun(contract_id, card)
    told = refused(*refusal)
    atm.move(store, asked.transaction, Stage.CHECKING, Stage.REFUSED, now, told)
    return Answer(asked.transaction, Stage.REFUSED, told)


def _decide(office: Office, asked: Authorise, begun: _Begun) -> Answer | Busy:
    """Promise the money, unless a rule forbids it or the transaction was reversed meanwhile."""
    store, now = office.store, office.now()
    with store.transaction():
        books.hold(office, begun.contract_id)
        use, link = atm.hold(store, asked.transaction), atm_guard.hold_link(store, asked.number)
        if use is None:
            return Busy()  # somebody who took this check over could not carry it out
        if use.stage is not Stage.CHECKING:
            return answer_of(use)
        if begun.card is not None:
            atm_guard.forgive(store, begun.contract_id)
        outcome = _promised(office, asked, begun, use, link)
        if not isinstance(outcome, Allowed):
            told = refused(*outcome)
            atm.move(store, use.transaction, Stage.CHECKING, Stage.REFUSED, now, told)
            return Answer(use.transaction, Stage.REFUSED, told)
        atm_guard.use_link(store, asked.number, use.transaction, now)
        told = figures(asked.kind, asked.amount, outcome.fee)
        atm.move(store, use.transaction, Stage.CHECKING, Stage.APPROVED, now, told, outcome.fee, outcome.seq)
    return Answer(use.transaction, Stage.APPROVED, told)


def _promised(
    office: Office, asked: Authorise, begun: _Begun, use: Use, link: Link | None
) -> Allowed | tuple[Refusal, Ask]:
    """The last look, now that the contract is held: the link and the card may have changed meanwhile."""
    if link is None or not link.works(office.now()):
        return NOT_LINKED, Ask.END
    fresh = atm_guard.card(office.store, begun.contract_id)
    if begun.card is not None and (fresh is None or fresh.pin_hash != begun.card.pin_hash):
        return NOT_LINKED, Ask.END
    if asked.kind is Kind.DEPOSIT:
        return atm_limits.deposit(office, use, begun.contract_id)
    return atm_limits.withdrawal(office, use, begun.contract_id)
