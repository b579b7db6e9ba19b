"""Handing over a new card at the counter, where its member chooses the PIN; the old card ends with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from madoguchi.domain import pins
from madoguchi.domain.applications import Kind, Stage
from madoguchi.domain.pins import PinFault
from madoguchi.domain.rights import State
from madoguchi.domain.secrets import pin_material
from madoguchi.domain.widths import is_digits
from madoguchi.services import application_letters, books, cases
from madoguchi.services.applications import NothingOpen, move
from madoguchi.services.cases import CaseKind
from madoguchi.services.office import Office
from madoguchi.store import applications, credentials, members, states
from madoguchi.store.applications import Application

REPLACED: Final = "reissue"  # why the old card is out of use
WORDS: Final = "新しいカードをお渡ししました。前のカードは、もうお使いいただけません。"


def end_wish_within(office: Office, contract_id: int, by_whom: str) -> None:
    """End an open wish for another card once one was handed over at the desk, inside that act."""
    one = applications.newest(office.store, contract_id, Kind.REISSUE)
    if one is not None and one.stage.is_open:
        move(office, one, Stage.APPROVED, by_whom, WORDS)
        cases.close_about_within(office, CaseKind.APPLICATION, one.id, Stage.APPROVED.value)


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """No card can have this number: the digits are too few or too many, or another card has it."""

    taken: bool


def hand_over(
    office: Office, application_id: int, by_whom: str, number: str, pin: str
) -> Application | NothingOpen | WrongNumber | PinFault:
    """Give the contract its new card: `number` is digits alone, `pin` what the member typed.

    A card that was held or lost is replaced as well, and what it stopped goes on.
    """
    found = applications.read(office.store, application_id)
    if found is None or found.stage is not Stage.MAKING:
        return NothingOpen()
    if not is_digits(number) or len(number) not in office.rules.sign_in.card_digits:
        return WrongNumber(taken=False)
    if fault := pins.fault_of(pin, *members.birth_and_phone(office.store, found.member_id)):
        return fault
    pin_hash = office.hasher.hash_aside(pin_material(number, pin), keyed=True)
    with office.store.transaction():
        return _handed(office, application_id, by_whom, number, pin_hash)


def _handed(
    office: Office, application_id: int, by_whom: str, number: str, pin_hash: str
) -> Application | NothingOpen | WrongNumber:
    one = applications.read(office.store, application_id)
    assert one is not None, "applications are never deleted"
    books.hold(office, one.contract_id)
    one = applications.read(office.store, application_id)
    if one is None or one.kind is not Kind.REISSUE or one.stage is not Stage.MAKING:
        return NothingOpen()
    if credentials.card_known(office.store, number):
        return WrongNumber(taken=True)
    now = office.now()
    credentials.replace_cards(office.store, one.contract_id, REPLACED, now)
    credentials.add_card(office.store, one.contract_id, number, pin_hash, now)
    for state in (State.LOST, State.HELD):
        states.end(office.store, one.contract_id, state, now)
    move(office, one, Stage.APPROVED, by_whom, WORDS)
    cases.close_about_within(office, CaseKind.APPLICATION, one.id, Stage.APPROVED.value)
    application_letters.approved(office, one, WORDS)
    return one
