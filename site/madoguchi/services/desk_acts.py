"""Every act at the desk that takes two people, by its word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from madoguchi.services import calling_in, new_contract, person_acts
from madoguchi.services.four_eyes import Act

_ALL: Final[tuple[Act, ...]] = (new_contract.ACT, *person_acts.ACTS, calling_in.ACT)
ACTS: Final[Mapping[str, Act]] = {act.word: act for act in _ALL}
