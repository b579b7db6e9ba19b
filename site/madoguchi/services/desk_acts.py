"""Every act at the desk by its word, and among them those that take two people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from madoguchi.domain.ladder import DeskAct
from madoguchi.services import deeds
from madoguchi.services.deed import Deed
from madoguchi.services.deeds_card import CARD
from madoguchi.services.deeds_entry import ENTRY
from madoguchi.services.deeds_money import MONEY
from madoguchi.services.deeds_states import STATE
from madoguchi.services.four_eyes import Act
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store.desk_requests import Request

# In the order in which the desk lists them.
DEEDS: Final[Mapping[DeskAct, Deed]] = {deed.act: deed for deed in (*ENTRY, *CARD, *STATE, *MONEY)}


def _told(deed: Deed, office: Office, request: Request) -> list[tuple[str, str]]:
    return deeds.told(office, deed, request)


def _perform(deed: Deed, office: Office, request: Request, who: Colleague) -> str | None:
    return deeds.perform(office, deed, request, who)


_ALL: Final[tuple[Act, ...]] = tuple(
    Act(deed.act.value, deed.name, partial(_told, deed), partial(_perform, deed))
    for deed in DEEDS.values()
    if deed.rung.two
)
ACTS: Final[Mapping[str, Act]] = {act.word: act for act in _ALL}
