"""The ladder of identity checks: what each act at the desk asks before it is done, and of how many people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from madoguchi.domain.staff import Right


class Check(Enum):
    """What is asked of whoever says to be the member; each asks more than the one before it."""

    NOTHING = "nothing"
    PHONE = "phone"  # facts on file that the caller told by themselves
    DOCUMENTS = "documents"  # papers with a photo, seen at a counter


class Fact(Enum):
    """What a caller can be asked for. Nothing that stands on a card or on this site."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    PHONE = "phone"


class Document(Enum):
    """The papers that count at a counter; their numbers are written down nowhere."""

    LICENCE = "licence"
    MY_NUMBER = "my_number"
    PASSPORT = "passport"
    RESIDENCE = "residence"
    OTHER = "other"  # two papers without a photo together


class DeskAct(Enum):
    """Every act that the desk does for or to a member; the word stands in addresses, requests and the log."""

    TELL_NUMBER = "number"
    UNLOCK = "unlock"
    HOLD = "hold"
    RELEASE = "release"
    LOST = "lost"
    REISSUE = "reissue"
    PIN_RESET = "pin"
    SUSPEND = "suspend"
    RESUME = "resume"
    LIFT_STOP = "lift-stop"
    WAIVE = "waiver"
    ADJUST = "adjustment"
    CLOSE = "closing"
    END = "end"
    ARRANGE = "arrangement"
    ARRANGED = "arrangement-over"


@dataclass(frozen=True, slots=True)
class Rung:
    """What an act asks: the check, whether a second person approves it, and the right of whoever begins it.

    `wished` says that the member asked for it: the letter then asks whether it was really them.
    """

    check: Check
    two: bool
    right: Right
    wished: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """What was checked and where: facts that were told, or a kind of paper and a place. Never a number."""

    check: Check = Check.NOTHING
    facts: frozenset[Fact] = frozenset()
    document: Document | None = None
    place: str = ""


_ALONE: Final = Right.CHECK_IDENTITY
_TWO: Final = Right.REQUEST
# SPEC 11. What makes things safer asks nothing; what opens them asks more the more it opens; what gives away
# money, a secret or the contract itself takes two people.
LADDER: Final[dict[DeskAct, Rung]] = {
    DeskAct.TELL_NUMBER: Rung(Check.PHONE, two=False, right=_ALONE),
    DeskAct.UNLOCK: Rung(Check.PHONE, two=False, right=_ALONE),
    DeskAct.HOLD: Rung(Check.NOTHING, two=False, right=Right.HOLD),
    DeskAct.RELEASE: Rung(Check.PHONE, two=False, right=_ALONE),
    DeskAct.LOST: Rung(Check.NOTHING, two=False, right=Right.HOLD),
    DeskAct.REISSUE: Rung(Check.DOCUMENTS, two=True, right=_TWO),
    DeskAct.PIN_RESET: Rung(Check.DOCUMENTS, two=True, right=_TWO),
    DeskAct.SUSPEND: Rung(Check.NOTHING, two=False, right=Right.HOLD, wished=False),
    DeskAct.RESUME: Rung(Check.PHONE, two=False, right=_ALONE),
    DeskAct.LIFT_STOP: Rung(Check.DOCUMENTS, two=True, right=_TWO),
    DeskAct.WAIVE: Rung(Check.DOCUMENTS, two=True, right=_TWO, wished=False),
    DeskAct.ADJUST: Rung(Check.DOCUMENTS, two=True, right=_TWO, wished=False),
    DeskAct.CLOSE: Rung(Check.PHONE, two=False, right=_ALONE),
    # The lender's own decisions: nobody stands at the counter, and ending a contract cannot be taken back.
    DeskAct.END: Rung(Check.NOTHING, two=True, right=_TWO, wished=False),
    DeskAct.ARRANGE: Rung(Check.NOTHING, two=False, right=Right.HOLD, wished=False),
    DeskAct.ARRANGED: Rung(Check.NOTHING, two=True, right=_TWO, wished=False),
}

# What opens something for whoever asks for it; of a member who has died nobody asks for it.
OPENING: Final = frozenset(
    {
        DeskAct.TELL_NUMBER, DeskAct.UNLOCK, DeskAct.RELEASE, DeskAct.REISSUE, DeskAct.PIN_RESET,
        DeskAct.RESUME, DeskAct.LIFT_STOP,
    }
)  # fmt: skip


def is_enough(check: Check, told: Identity) -> bool:
    """Whether what was checked is what is asked: by phone name, birth date and one thing more.

    Papers at a counter do where the phone would.
    """
    if check is Check.NOTHING:
        return True
    if told.check is Check.DOCUMENTS:
        return told.document is not None and bool(told.place.strip())
    known = {Fact.NAME, Fact.BIRTH_DATE} <= told.facts and bool(told.facts & {Fact.ADDRESS, Fact.PHONE})
    return check is Check.PHONE and told.check is Check.PHONE and known
