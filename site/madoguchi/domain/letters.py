"""The kinds of letters: by which way each goes, what it tells, what in it is secret, and who can get one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Final

from madoguchi.domain.widths import digits_only


class Channel(Enum):
    """The ways a letter can go."""

    MAIL = "mail"
    TEXT = "text"  # SMS


class Kind(Enum):
    """Every letter that is ever sent; its template is templates/mail/<value>.txt."""

    SIGN_IN_NEW_DEVICE = "sign_in_new_device"
    WEB_ID_LINK = "web_id_link"
    PASSWORD_LINK = "password_link"  # noqa: S105 - a name, no secret
    CODE = "code"
    CODE_TEXT = "code_text"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    WEB_ID_CHANGED = "web_id_changed"
    SECOND_STEP_CHANGED = "second_step_changed"
    HOLD_REASON = "hold_reason"
    WAIT_REASON = "wait_reason"
    MAIL_CHANGED_OLD = "mail_changed_old"
    MAIL_CHANGED_NEW = "mail_changed_new"
    MAIL_LINK = "mail_link"
    MAIL_ASKED = "mail_asked"
    ADDRESS_CHANGED = "address_changed"
    PHONE_CHANGED = "phone_changed"
    PHONE_CHANGED_TEXT = "phone_changed_text"
    WORK_CHANGED = "work_changed"
    BANK_ACCOUNT_CHANGED = "bank_account_changed"
    MANDATE_AGREED = "mandate_agreed"
    MANDATE_DECLINED = "mandate_declined"
    MANDATE_ENDED = "mandate_ended"
    DEBIT_PAID = "debit_paid"
    DEBIT_FAILED = "debit_failed"
    PAYMENT_RECEIVED = "payment_received"
    HOLD_LIFTED = "hold_lifted"
    RECOVERY_USED = "recovery_used"
    SIGNED_OUT_ALL = "signed_out_all"
    ALL_STOPPED = "all_stopped"
    TRANSFER_SENT = "transfer_sent"
    TRANSFER_RETURNED = "transfer_returned"
    ATM_DRAWN = "atm_drawn"
    ATM_PAID = "atm_paid"
    ATM_UNDONE = "atm_undone"
    ATM_HELD = "atm_held"
    LATE_1 = "late_1"
    LATE_7 = "late_7"
    LATE_30 = "late_30"
    LATE_61 = "late_61"
    LATE_OVER = "late_over"
    FREE_DAYS_ENDED = "free_days_ended"
    REMINDER = "reminder"
    LETTERS_CHANGED = "letters_changed"
    DESK_DONE = "desk_done"
    DESK_DECIDED = "desk_decided"
    PIN_SET = "pin_set"


@dataclass(frozen=True, slots=True)
class Form:
    """What belongs to a kind.

    `facts` are what its template needs (the member's name is always there); `secrets` those among them that
    are blanked once the letter is sent or given up. Urgent letters overtake the others in the queue.
    `reason` marks letters that tell why a sign-in was refused: REASONS_A_DAY of them a day at most, together.
    `not_me` marks news of an act that may be a stranger's: whoever writes the letter adds a `token` for the
    page 「身に覚えがない」, and the letter is of use without it too. `payment` marks news of a payment that a
    member made, which members may do without; `dated` what should be read before a day; `safety` what
    somebody who stopped everything wants to see at once.
    """

    facts: frozenset[str]
    secrets: frozenset[str] = frozenset()
    channel: Channel = Channel.MAIL
    reason: bool = False
    not_me: bool = False
    payment: bool = False
    dated: bool = False
    safety: bool = False

    @property
    def asked(self) -> frozenset[str]:
        """The facts that an act has to give; the others are added in writing."""
        return self.facts - self.secrets if self.not_me else self.facts

    @property
    def hinges_on_secret(self) -> bool:
        """Whether the letter says nothing once its secrets are gone."""
        return bool(self.secrets) and not self.not_me

    @property
    def urgent(self) -> bool:
        """Whether somebody sits and waits for it."""
        return self.hinges_on_secret

    @property
    def at_night(self) -> bool:
        """Whether it goes out at any hour: codes, links, alarms, and why somebody could not sign in."""
        return self.urgent or self.not_me or self.reason or self.safety


def _form(facts: str, secrets: str = "", channel: Channel = Channel.MAIL, **more: bool) -> Form:
    return Form(frozenset(f"{facts} {secrets}".split()), frozenset(secrets.split()), channel, **more)


def _news(facts: str) -> Form:
    return Form(frozenset(f"{facts} token".split()), frozenset({"token"}), not_me=True)


# `at` and `until` are moments; `left` is a count; `label` a browser in plain words; `reason` of tries.Reason;
# `amount` is yen with commas, `account` its last digits, `what` the money is for;
# `machine` is an ATM's name, `fee` and `balance` are yen with commas;
# `today` is the day on which a letter goes out, `reached` the one on which its stage was, `days` late;
# `card`, `held_why` and `web_id` are of shut.Ways (card, why, web_id);
# `route` card, web_id or passkey; `purpose` and `change` are short Japanese words such as カードの停止の解除;
# `address` is a mail address masked, `opens` the moment from which an account receives money;
# `account` is a bank account of which only the end is named; amounts are such as 9,000;
# of a reminder, `days` is how many are left, `debit` planned, at_bank or "", `late` yes or "".
FORMS: Final[dict[Kind, Form]] = {
    Kind.SIGN_IN_NEW_DEVICE: _news("at route label"),
    Kind.WEB_ID_LINK: _form("until", "token"),
    Kind.PASSWORD_LINK: _form("until", "token"),
    Kind.CODE: _form("until purpose", "code"),
    Kind.CODE_TEXT: _form("until purpose", "code", Channel.TEXT),
    Kind.PASSWORD_CHANGED: _news("at"),
    Kind.WEB_ID_CHANGED: _news("at"),
    Kind.SECOND_STEP_CHANGED: _news("at change"),
    Kind.HOLD_REASON: _form("at reason card held_why web_id", reason=True),
    Kind.WAIT_REASON: _form("at route opens", reason=True),
    Kind.MAIL_CHANGED_OLD: _news("at"),
    Kind.MAIL_CHANGED_NEW: _form("at"),
    Kind.MAIL_LINK: _form("until", "token"),
    Kind.MAIL_ASKED: _news("at address"),
    Kind.ADDRESS_CHANGED: _news("at"),
    Kind.PHONE_CHANGED: _news("at"),
    Kind.PHONE_CHANGED_TEXT: _form("at", channel=Channel.TEXT),
    Kind.WORK_CHANGED: _news("at"),
    Kind.BANK_ACCOUNT_CHANGED: _news("at account opens"),
    Kind.MANDATE_AGREED: _news("at account"),
    Kind.MANDATE_DECLINED: _form("at account"),
    Kind.MANDATE_ENDED: _form("at account"),
    Kind.DEBIT_PAID: _form(
        "on amount fees damages interest principal deposit balance corrected", payment=True
    ),
    Kind.DEBIT_FAILED: _form("on amount told then corrected", dated=True),
    Kind.PAYMENT_RECEIVED: _form("at amount bank balance", payment=True),
    Kind.HOLD_LIFTED: _news("at"),
    Kind.RECOVERY_USED: _news("at left"),
    Kind.SIGNED_OUT_ALL: _news("at label"),
    Kind.ALL_STOPPED: _form("at", safety=True),
    Kind.TRANSFER_SENT: _news("what amount account on reference"),
    Kind.TRANSFER_RETURNED: _form("at what amount account why balance deposit corrected"),
    Kind.ATM_DRAWN: _news("at amount fee machine balance"),
    Kind.ATM_PAID: _form("at amount fee machine balance", payment=True),
    Kind.ATM_UNDONE: _form("at amount machine balance"),
    Kind.ATM_HELD: _news("at machine"),
    **{
        kind: _form("day today reached days amount per_day", dated=True)
        for kind in (Kind.LATE_1, Kind.LATE_7, Kind.LATE_30, Kind.LATE_61)
    },
    Kind.LATE_OVER: _form("at"),
    Kind.FREE_DAYS_ENDED: _form("day balance rate"),
    Kind.REMINDER: _form("day days amount debit late", dated=True),
    Kind.LETTERS_CHANGED: _news("at change"),
    Kind.DESK_DONE: _news("at what means then detail"),
    Kind.DESK_DECIDED: _form("at what means then detail"),
    Kind.PIN_SET: _news("at"),
}
REASONS: Final = tuple(kind for kind, form in FORMS.items() if form.reason)
REASONS_A_DAY: Final = 3  # more would let a stranger fill a member's mailbox by guessing

# After the n-th failed try; a letter that failed once more than there are waits is set aside.
WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)

_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII
)
_MOBILE: Final = re.compile(r"0[789]0[0-9]{8}", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after so many failed tries (1 or more); None when it was the last one."""
    return WAITS[tries - 1] if tries <= len(WAITS) else None


def can_get(channel: Channel, recipient: str) -> bool:
    """Tell whether a letter can go there: one plain mail address, or a Japanese mobile number.

    Whatever could end a header line or name a second recipient is neither.
    """
    if channel is Channel.TEXT:
        return bool(_MOBILE.fullmatch(digits_only(recipient)))
    return len(recipient) <= 254 and bool(_ADDRESS.fullmatch(recipient))


def one_line(text: str) -> str:
    """Return a fact as it may stand in a letter: control characters and line ends become blanks."""
    return _CONTROL.sub(" ", text).strip()


def without(facts: dict[str, str], secrets: Iterable[str]) -> dict[str, str]:
    """Return the facts with the secret ones blanked."""
    return facts | dict.fromkeys(secrets, "")
