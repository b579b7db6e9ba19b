"""What a new card that was handed over brings to an end: the wish for it, and the cases about the old one."""

from __future__ import annotations

from typing import Final

from madoguchi.domain.applications import Kind, Stage
from madoguchi.services import cases
from madoguchi.services.applications import move
from madoguchi.services.cases import CaseKind
from madoguchi.services.office import Office
from madoguchi.store import applications, reports

WORDS: Final = "新しいカードをお渡ししました。前のカードは、もうお使いいただけません。"


def handed_within(office: Office, member_id: int, contract_id: int, by_whom: str) -> None:
    """End what waited for a new card, in the act that gives it; the letter of that act tells the member."""
    one = applications.newest(office.store, contract_id, Kind.REISSUE)
    if one is not None and one.stage.is_open:
        move(office, one, Stage.APPROVED, by_whom, WORDS)
        cases.close_about_within(office, CaseKind.APPLICATION, one.id, Stage.APPROVED.value)
    lost = reports.open_case(office.store, CaseKind.LOST_CARD.value, member_id)
    if lost is not None:
        cases.note_within(office, lost, by_whom, WORDS)
        cases.close_within(office, lost, "reissued")
