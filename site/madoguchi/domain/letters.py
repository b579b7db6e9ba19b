"""The kinds of letters: by which way each goes, what it tells, what in it is secret, and who can get one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from madoguchi.domain.letter_kinds import Channel as Channel
from madoguchi.domain.letter_kinds import Kind as Kind
from madoguchi.domain.widths import digits_only


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
# of a reminder, `days` is how many are left on `today`, `debit` planned, at_bank or "", `late` yes or "".
# `number` is that of an inquiry, `reads` from when it is read;
# `month` and `title` name a document; `way` is paper or electronic, `often` yes for a paper a month;
# `account` is a bank account of which only the end is named; amounts are such as 9,000.
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
    Kind.MAIL_CHANGED_TEXT: _form("at", channel=Channel.TEXT),
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
    Kind.TRANSFER_RECEIVED: _form(
        "on amount fees damages interest principal deposit balance corrected", payment=True
    ),
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
    # `on` is "" where it never was, `owes` and `borrow` are yes or "".
    Kind.LATE_OVER: _form("on owes borrow"),
    # `due` was moved `to` a day by what was `shut`; `corrected` are payments with their new parts.
    Kind.RECOUNTED: _form("due to shut corrected over late"),
    Kind.FREE_DAYS_ENDED: _form("day balance rate"),
    Kind.REMINDER: _form("day today days amount debit late", dated=True),
    Kind.LETTERS_CHANGED: _news("at change"),
    Kind.DESK_DONE: _news("at what means then detail"),
    Kind.DESK_DECIDED: _form("at what means then detail"),
    # `what` is applied for, `then` what happens next, `words` are the lender's own, `how` it came to an end.
    Kind.APPLICATION_SENT: _news("at what then"),
    Kind.APPLICATION_ASKED: _form("what words reply_by"),
    Kind.APPLICATION_APPROVED: _news("at what outcome"),
    Kind.APPLICATION_REFUSED: _form("at what words"),
    Kind.APPLICATION_ENDED: _form("at what how"),
    Kind.CONTRACT_CLOSED: _news("on how"),
    Kind.DORMANT_WARNING: _form("day closes"),
    Kind.STOP_BEGAN: _news("at days"),
    Kind.STOP_LONGER: _news("at days"),
    Kind.STOP_LIFT_ASKED: _news("at lifts"),
    Kind.STOP_LIFTED: _news("at"),
    Kind.ANSWERED: _form("at"),
    Kind.DESK_WROTE: _form("at"),
    Kind.CONTACT_RECEIVED: _form("at number reads"),
    Kind.STATEMENT_READY: _form("at month"),
    Kind.DOCUMENT_ISSUED: _form("at title"),
    Kind.DELIVERY_CHANGED: _form("at way often"),
    Kind.CARD_HELD: _news("at"),
    Kind.CARD_LOST: _news("at"),
    Kind.CARD_REPORTED: _form("at"),
    Kind.PIN_SET: _news("at"),
    Kind.WELCOME: _form("at"),
    Kind.NAME_CHANGED: _news("at"),
    # `count` is of points.
    Kind.POINTS_JOINED: _form("at count"),
    Kind.POINTS_LEFT: _news("at count"),
    Kind.CALLED_IN: _form("at amount per_day days"),
}
REASONS: Final = tuple(kind for kind, form in FORMS.items() if form.reason)
BY_DAY: Final = tuple(kind.value for kind, form in FORMS.items() if not form.at_night)  # never in the night
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
