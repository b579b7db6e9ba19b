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
from madoguchi.services.atm_pin import Counted
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import accounts, atm, atm_guard
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
            atm_pin.never_compared(office, asked.transaction, begun.card)
            raise
        if not right:
            return atm_pin.was_wrong(office, asked, begun.card)
    return _decide(office, asked, begun)


@repeated
def _begin(office: Office, asked: Authorise) -> _Begun | Answer | Conflict | Busy:
    """Write the question down and count its PIN, or answer at once; one short transaction."""
    store, counted = office.store, None
    with store.transaction():
        link = atm_guard.link(store, asked.number)
        if link is not None:  # contract, use, count: the order in which _decide holds them
            books.hold(office, link.contract_id)
        known = atm.hold(store, asked.transaction)
        if known is not None and (told := _repeated(office, known, asked)):
            return told
        link = link if link and link.works(office.now()) else None
        card = atm_guard.card(store, link.contract_id) if link and asked.pin else None
        refusal = _refused_unseen(office, asked, link, card)
        if refusal is None and card is not None:
            counted = atm_pin.count(office, card)
            if counted is Counted.WAIT:
                return Busy()
            if counted is Counted.SPENT:
                refusal = now_held(office.rules.locks.pin_tries), Ask.END
        outcome = _write(office, asked, _Begun(link.contract_id, card) if link else None, refusal, known)
        if isinstance(outcome, Busy) and card is not None and counted is Counted.TAKEN:
            atm_guard.give_back(store, card.contract_id)
    if counted is Counted.SPENT and card is not None:
        atm_pin.hold(office, card, asked.machine)  # the try that should have done so was cut off
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


def _refused_unseen(
    office: Office, asked: Authorise, link: Link | None, card: Card | None
) -> tuple[Refusal, Ask] | None:
    """What is refused before any PIN is looked at."""
    if asked.company != office.rules.atm.company:
        return WRONG_COMPANY, Ask.COMPANY
    if link is None or (asked.kind is Kind.WITHDRAWAL and card is None):
        return NOT_LINKED, Ask.END
    if card is not None and card.state in _CARD:
        return TABLE[_CARD[card.state], Action.ATM], Ask.END
    return None


def _write(
    office: Office,
    asked: Authorise,
    begun: _Begun | None,
    refusal: tuple[Refusal, Ask] | None,
    known: Use | None,
) -> _Begun | Answer | Busy:
    store, now, on = office.store, office.now(), office.business_day()
    contract_id = begun.contract_id if begun else None
    use = Use(
        asked.transaction, facts_of(office, asked), Stage.CHECKING, contract_id, asked.number, asked.machine,
        asked.kind, asked.amount, 0, on, now, {}, None,
    )  # fmt: skip
    if known is not None:
        atm.claim(store, asked.transaction, now, on)
    elif not atm.add(store, use):
        return Busy()  # the same question came in the same moment
    if refusal is None:
        assert begun is not None, "what is not linked is refused"
        return begun
    told = refused(*refusal)
    atm.move(store, asked.transaction, Stage.CHECKING, Stage.REFUSED, now, told)
    return Answer(asked.transaction, Stage.REFUSED, told)


@repeated
def _decide(office: Office, asked: Authorise, begun: _Begun) -> Answer | Busy:
    """Promise the money, unless a rule forbids it or the transaction was reversed meanwhile."""
    store, now = office.store, office.now()
    with store.transaction():
        if begun.card is not None:  # two contracts of one member share a third of one income
            accounts.hold_member(store, begun.card.member_id)
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
