"""One member as the desk looks at them: who, which contract, its figures, and all that was going on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from madoguchi.domain.present import counted_to, states_with
from madoguchi.domain.rights import Rights, rights_of
from madoguchi.services import audit, four_eyes, home
from madoguchi.services.audit import Noted
from madoguchi.services.home import Home
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import attempts, cases, contracts, dossier
from madoguchi.store.attempts import Event
from madoguchi.store.audit import Filter, Line
from madoguchi.store.cases import Case
from madoguchi.store.desk_requests import Request
from madoguchi.store.dossier import Account, Contract, Letter, State, Who

FEW: Final = 10
SIGN_INS: Final = timedelta(days=90)
ONCE_IN: Final = timedelta(minutes=10)  # one line in the log for so long a look, however often it is renewed


@dataclass(frozen=True, slots=True)
class Dossier:
    """All of it; the figures are of the newest contract, as of today. `rights` are what the member may do."""

    who: Who
    contract: Contract
    older: Sequence[Contract]
    rights: Rights
    figures: Home
    states: Sequence[State]
    account: Account | None
    cases: Sequence[Case]
    requests: Sequence[Request]
    letters: Sequence[Letter]
    sign_ins: Sequence[Event]
    log: Sequence[Line]


def open_at(office: Office, number: str, colleague: Colleague) -> Dossier | None:
    """Return a member's dossier and note who looked at it; None where nobody has this number."""
    store = office.store
    who = dossier.who(store, number)
    held = dossier.contracts_of(store, who.id) if who else []
    if who is None or not held:
        return None
    contract, *older = held
    row = contracts.read(store, contract.id)
    assert row is not None, "it was just listed"
    now = counted_to(row.standing, office.business_day(), office.rules.product)
    rights = rights_of(states_with(row.states, now), now.debt > 0)
    found = Dossier(
        who=who,
        contract=contract,
        older=older,
        rights=rights,
        figures=home.look(office, row.standing, rights),
        states=dossier.states_of(store, contract.id, FEW),
        account=dossier.account_of(store, who.id),
        cases=cases.of_member(store, who.id, FEW),
        requests=four_eyes.of_contract(office, contract.id)[:FEW],
        letters=dossier.letters_of(store, who.id, FEW),
        sign_ins=[
            line.event for line in attempts.of_member(store, who.id, office.now() - SIGN_INS, None, FEW)
        ],
        log=audit.found(office, Filter(member_id=who.id))[:FEW],
    )
    _note(office, found, colleague)
    return found


def _note(office: Office, found: Dossier, colleague: Colleague) -> None:
    """Write down who looked, once in a while."""
    since = office.now() - ONCE_IN
    word = Noted.LOOKED.word
    if any(line.kind == word and line.by_whom == colleague.name and line.at > since for line in found.log):
        return
    with office.store.transaction():
        audit.note_within(office, Noted.LOOKED, colleague.name, member_id=found.who.id)
