"""One act at the desk as a value: whom it is about, how it looks before, how it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from madoguchi.domain.ladder import LADDER, OPENING, DeskAct, Identity, Rung
from madoguchi.services.four_eyes import Cannot
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import contracts, dossier
from madoguchi.store.contracts import ContractRow
from madoguchi.store.dossier import Contract, Who

CLOSED: Final = "ご契約が終わっているため、できません。"
DEAD: Final = (
    "亡くなられたことが登録されているため、できません。登録が誤りのときは、まずその登録を取り消してください。"
)
DEATH: Final = "death"  # why a card is held, a password locked and a contract suspended for one who died

Facts = Mapping[str, Any]  # plain values that go into JSON


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an act is about: the member and one contract, its row as cached."""

    who: Who
    contract: Contract
    row: ContractRow

    @property
    def closed(self) -> bool:
        """Whether the contract has ended."""
        return self.contract.closed_on is not None


@dataclass(frozen=True, slots=True)
class Seen:
    """How things are before an act, and with `facts` what it would do, as (name, value).

    `why` says that it cannot be done now. `keep` is what a request has to remember of this moment.
    """

    told: Sequence[tuple[str, str]] = ()
    why: str = ""
    keep: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Did:
    """It is done: `detail` for the log, `told` for the member where the letter needs more than its words."""

    detail: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: how it is called, what it looks like before, how it is done inside an act that is open.

    `first` takes the locks that come before the member's; `wish` tells a request's own facts in words;
    `has_letter` is for an act that writes to the member itself.
    """

    act: DeskAct
    name: str
    look: Callable[[Office, Subject, Facts], Seen]
    do: Callable[[Office, Subject, Facts, Colleague, str], Did | Cannot]
    wish: Callable[[Facts], Sequence[tuple[str, str]]] = lambda _facts: ()
    has_letter: bool = False
    first: Callable[[Office, Subject], None] = lambda _office, _subject: None

    @property
    def rung(self) -> Rung:
        """What the ladder asks."""
        return LADDER[self.act]

    def seen(self, office: Office, subject: Subject, facts: Facts) -> Seen:
        """How things are, as `look` has it; what opens something is refused for whoever has died."""
        found = self.look(office, subject, facts)
        gone = subject.who.died_on is not None and self.act in OPENING
        return Seen(found.told, DEAD, found.keep) if gone else found


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants an act and why, what was checked, for which case if for any, and the act's own facts."""

    who: Colleague
    reason: str
    identity: Identity = field(default_factory=Identity)
    case_id: int | None = None
    facts: Facts = field(default_factory=dict)


def find(office: Office, number: str, contract_id: int | None = None) -> Subject | None:
    """Return a member by number with a contract, the newest unless one is named."""
    who = dossier.who(office.store, number)
    held = dossier.contracts_of(office.store, who.id) if who else []
    wished = [one for one in held if contract_id in (None, one.id)]
    if who is None or not wished:
        return None
    row = contracts.read(office.store, wished[0].id)
    assert row is not None, "it was just listed"
    return Subject(who, wished[0], row)
