"""What the people at the desk may do: roles as sets of named rights, shut by default."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final


class Right(Enum):
    """One thing that may be done at the desk; every page and every act there names the one it needs."""

    SEE_MEMBERS = "see_members"  # find members and look at their page
    SEE_AS_MEMBER = "see_as_member"  # the member's own pages, read only, for a case and a reason
    WORK_CASES = "work_cases"  # take, answer, hand over and close cases
    CHECK_IDENTITY = "check_identity"  # acts that ask an identity check: unlock, release, tell the number
    HOLD = "hold"  # stop a card or borrowing at once: asks nothing
    REQUEST = "request"  # ask for an act that a second person has to approve
    APPROVE = "approve"  # approve or refuse what somebody else asked for
    OPEN_CONTRACTS = "open_contracts"
    PUBLISH = "publish"  # notices, coupons, outages
    RAILS = "rails"  # files to and from the bank, incoming payments
    FIGURES = "figures"  # totals of the books
    AUDIT = "audit"  # the audit log and its proof


class Role(Enum):
    """What somebody at the desk is."""

    OPERATOR = "operator"
    APPROVER = "approver"
    AUDITOR = "auditor"


_ALL: Final = frozenset({Right.SEE_MEMBERS, Right.FIGURES})
_WORK: Final = _ALL | {
    Right.SEE_AS_MEMBER, Right.WORK_CASES, Right.CHECK_IDENTITY, Right.HOLD, Right.REQUEST,
    Right.OPEN_CONTRACTS, Right.PUBLISH, Right.RAILS,
}  # fmt: skip

# Approvers do an operator's work too: a small lender has two people. What one of them asked for, that one
# never approves (services/four_eyes.py). Auditors see and change nothing.
RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    Role.OPERATOR: _WORK,
    Role.APPROVER: _WORK | {Right.APPROVE},
    Role.AUDITOR: _ALL | {Right.AUDIT},
}

# After the n-th wrong try in a row the name waits so many seconds; the last repeats.
WAITS: Final[Sequence[int]] = (0, 0, 0, 60, 300, 1800, 7200, 86_400)


def wait_after(fails: int) -> int:
    """Return the seconds to wait after so many wrong tries in a row (1 or more)."""
    return WAITS[min(fails, len(WAITS)) - 1]
