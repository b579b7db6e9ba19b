"""What a member may do, by the states of the contract: one table that routes, menus and tests read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final

CLOSED_SIGN_IN: Final = timedelta(days=90)  # how long a closed contract can still be signed in to, by Web-ID


class Action(Enum):
    """What is asked for. PROTECT is lost card, hold, borrow stop, contact details, security and messages."""

    SIGN_IN = "sign_in"
    SEE = "see"
    DOCUMENTS = "documents"
    REPAY = "repay"
    BORROW = "borrow"
    ATM = "atm"
    APPLY = "apply"
    PROTECT = "protect"


class State(Enum):
    """A state a contract can be in; active is the absence of all of them. The strictest stands first."""

    CLOSED = "closed"
    SUSPENDED = "suspended"
    LOST = "lost"
    HELD = "held"
    OVERDUE = "overdue"
    STOPPED = "stopped"

    @property
    def bit(self) -> int:
        """Its place in `contract.states`, the cached set of states."""
        return _BITS[self]


_BITS: Final = {
    State.CLOSED: 1,
    State.SUSPENDED: 2,
    State.LOST: 4,
    State.HELD: 8,
    State.OVERDUE: 16,
    State.STOPPED: 32,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is refused: a reason code such as B-03, the rule that stopped it, and the next step."""

    code: str
    rule: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Rights:
    """The states of one contract, and what they leave; `debt` is whether anything is owed."""

    states: frozenset[State] = frozenset()
    debt: bool = False

    def refusal(self, action: Action) -> Refusal | None:
        """Why this action is refused, or None when it is allowed."""
        return refusal(self.states, action, debt=self.debt)

    def may(self, action: Action) -> bool:
        """Whether this action is allowed."""
        return self.refusal(action) is None


def mask_of(states: Iterable[State]) -> int:
    """The set of states as the number kept in `contract.states`."""
    return sum(state.bit for state in frozenset(states))


@lru_cache(maxsize=64)
def states_of(mask: int) -> frozenset[State]:
    """The set of states that `contract.states` holds; ValueError for a bit that means nothing."""
    if mask < 0 or mask >= 64:
        raise ValueError(f"{mask} holds a state that is not known")
    return frozenset(state for state, bit in _BITS.items() if mask & bit)


@lru_cache(maxsize=128)
def rights_of(mask: int, debt: bool) -> Rights:
    """The rights of a contract from its cached states; shared, because few combinations exist."""
    return Rights(states_of(mask), debt)


@lru_cache(maxsize=2048)
def refusal(states: frozenset[State], action: Action, *, debt: bool = False) -> Refusal | None:
    """The first row of the strictest state that forbids the action; None when no state does.

    A closed contract can still be repaid while `debt` is left. Signing in also depends on the way in and on
    how long ago the contract was closed: see `may_enter`.
    """
    for state in State:
        if state in states and (denial := TABLE.get((state, action))):
            if state is State.CLOSED and action is Action.REPAY and debt:
                continue
            return denial
    return None


def may_enter(states: frozenset[State], *, by_card: bool, closed_on: date | None, today: date) -> bool:
    """Whether a right secret signs in: a held or lost card does not; closed by Web-ID for 90 days only."""
    if State.CLOSED in states:
        return not by_card and closed_on is not None and today <= closed_on + CLOSED_SIGN_IN
    return not (by_card and states & {State.HELD, State.LOST})


_LIFT_STOP: Final = (
    "ご自分で始めた借入ストップは、「借入ストップ」のページで解除を申し出てから、"
    "ご自分で選んだ日数がたつと解除されます。"
    "身に覚えのないお知らせから止めたときは、お電話でご本人を確かめて解除します。"
)
_PAY_FIRST: Final = "遅れているご返済を確認できると、すぐにお使いいただけます。"
_CALL: Final = "ご事情を電話でおうかがいします。ご返済と内容の確認は、このままお使いいただけます。"
_NEW_CARD: Final = (
    "見つかっても、元には戻りません。新しいカードは、窓口でお渡しします。"
    "届け出た覚えがないときは、電話でお知らせください。"
)
_FREE_CARD: Final = (
    "暗証番号の間違いで止まったときは、ログインの画面の「メールで届く確認コードで解除する」から、ご自分で再開できます。"
    "ご自分で止めたときは「カードの停止と再開」から再開できます。"
    "そのほかのときは、お電話でご本人を確かめて解除します。"
)
_CLOSED: Final = "ご契約は終了しています。"
_ASK_AGAIN: Final = "新しいご契約や、証明書のことは、電話でおたずねください。"

# The cells that say no, as the lender decided them; every pair that is not here is allowed.
TABLE: Final[dict[tuple[State, Action], Refusal]] = {
    (State.CLOSED, Action.SEE): Refusal(
        "S-01", _CLOSED + "終了したご契約では、書類だけをご覧いただけます。", _ASK_AGAIN
    ),
    (State.CLOSED, Action.REPAY): Refusal(
        "R-01", _CLOSED + "お借り入れも残っていないため、ご返済はいりません。", _ASK_AGAIN
    ),
    (State.CLOSED, Action.BORROW): Refusal(
        "B-01", _CLOSED + "お借り入れは、ご契約があるあいだだけお受けできます。", _ASK_AGAIN
    ),
    (State.CLOSED, Action.ATM): Refusal("T-01", _CLOSED + "ATMのご利用も終わっています。", _ASK_AGAIN),
    (State.CLOSED, Action.APPLY): Refusal("A-01", _CLOSED + "お申し込みはお受けできません。", _ASK_AGAIN),
    (State.SUSPENDED, Action.BORROW): Refusal(
        "B-02", "ご利用を見合わせているあいだは、お借り入れをお受けできません。", _CALL
    ),
    (State.SUSPENDED, Action.ATM): Refusal(
        "T-02", "ご利用を見合わせているあいだは、ATMでのお借り入れをお受けできません。", _CALL
    ),
    (State.SUSPENDED, Action.APPLY): Refusal(
        "A-02", "ご利用を見合わせているあいだは、お申し込みをお受けできません。", _CALL
    ),
    (State.LOST, Action.ATM): Refusal(
        "T-06", "紛失のお届けがあったカードは、ATMではお使いいただけません。", _NEW_CARD
    ),
    (State.HELD, Action.ATM): Refusal(
        "T-05", "カードを止めているあいだは、ATMではお使いいただけません。", _FREE_CARD
    ),
    (State.OVERDUE, Action.BORROW): Refusal(
        "B-03", "返済の遅れがあるあいだは、新しいお借り入れをお受けできません。", _PAY_FIRST
    ),
    (State.OVERDUE, Action.ATM): Refusal(
        "T-03", "返済の遅れがあるあいだは、ATMでのお借り入れをお受けできません。", _PAY_FIRST
    ),
    (State.OVERDUE, Action.APPLY): Refusal(
        "A-03", "返済の遅れがあるあいだは、お申し込みをお受けできません。", _PAY_FIRST
    ),
    (State.STOPPED, Action.BORROW): Refusal(
        "B-04", "借入ストップ中のため、お借り入れをお受けできません。", _LIFT_STOP
    ),
    (State.STOPPED, Action.ATM): Refusal(
        "T-04", "借入ストップ中のため、ATMでのお借り入れをお受けできません。", _LIFT_STOP
    ),
}
