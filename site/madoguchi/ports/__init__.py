"""What the product needs from outside, as protocols of one or two methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

from madoguchi.domain.letters import Kind
from madoguchi.domain.passwords import Strength

JAPAN = timezone(timedelta(hours=9), "JST")  # a fixed offset since 1951, so no zone table is needed


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The moment now, aware, in UTC."""
        ...


class MovableClock(Clock, Protocol):
    """The demo's clock, which testers move forward."""

    def move(self, by: timedelta) -> None:
        """Go `by` forward (never back: the ledger knows no yesterday) and remember it across restarts."""
        ...

    def restart(self) -> None:
        """Go back to where it started, when everything else starts over too."""
        ...


class Hasher(Protocol):
    """Slow hashing of secrets, in two lanes: one for known devices, one for everyone else."""

    def hash(self, secret: str, *, keyed: bool) -> str:
        """A new hash of `secret`; `keyed` ones (PINs) also need the pepper. Raises Unavailable when full."""
        ...

    def hash_aside(self, secret: str, *, keyed: bool) -> str:
        """The same for jobs, which take no lane from members."""
        ...

    def verify(self, stored: str | None, secret: str, *, keyed: bool, known_device: bool) -> bool:
        """Whether `secret` made `stored`; None compares a dummy in the same time.

        Raises Unavailable when the lane is full: then nothing was compared.
        """
        ...

    def outdated(self, stored: str, *, keyed: bool = False) -> bool:
        """Whether `stored` was made with other parameters, or another pepper, than new hashes are."""
        ...

    @property
    def marks(self) -> tuple[str, ...]:
        """What keyed hashes begin with, one for each pepper that is known, the present one first."""
        ...


class PasswordList(Protocol):
    """A list of common passwords, and with it an estimate of how soon a password is guessed."""

    def strength(self, password: str, words: Sequence[str]) -> Strength:
        """How strong a password is against somebody who also tries `words`, in small letters."""
        ...


class Gate(Protocol):
    """The limit on failed attempts from one place; made for each request."""

    def take(self) -> int:
        """Take one slot; 0 when one was free, else the seconds until then. Unavailable without its store."""
        ...

    def give_back(self) -> None:
        """Return the slot that was taken: the attempt was right, or was never compared."""
        ...


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter in words: plain text, and the same as simple HTML; `sender` is "" for the usual name."""

    subject: str
    text: str
    html: str
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A printed letter with its address; `key` stays at every try, so that a second copy is known as one."""

    key: str
    to: str  # one bare mail address or mobile number
    printed: Printed
    at: datetime


class Press(Protocol):
    """Turns a kind and its facts into words."""

    def compose(self, kind: Kind, facts: Mapping[str, str], discreet: bool = False) -> Printed:
        """The letter; a discreet one tells neither lender nor figures, and keeps its code or link.

        Raises ValueError when the facts do not fill the template.
        """
        ...


class NotSent(Exception):
    """A try that failed. `cause` is short and holds nothing of the letter, so it may be logged and kept."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Later(NotSent):
    """Not this letter and not now; another try may succeed."""


class Unreachable(NotSent):
    """The carrier as a whole does not answer: nothing can be sent now."""


class Never(NotSent):
    """Refused for good; `nobody_there` when that was because the address does not exist."""

    def __init__(self, cause: str, nobody_there: bool = False) -> None:
        super().__init__(cause)
        self.nobody_there = nobody_there


class Carrier(Protocol):
    """Takes letters out of the house: mail, or SMS."""

    def send(self, message: Message) -> None:
        """Hand one letter on, within a bounded time; raises NotSent."""
        ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """A letter as it lies in the demo's mailbox."""

    key: str
    to: str
    subject: str
    text: str
    at: datetime


class Mailbox(Protocol):
    """Where the demo's letters end."""

    def newest(self, most: int) -> list[Delivered]:
        """The letters that came last, the newest first."""
        ...

    def empty(self) -> None:
        """Throw all of them away."""
        ...


class Vault(Protocol):
    """Seals what must be readable again, by a key that is not in the database."""

    def seal(self, text: str, context: str) -> str:
        """The text, sealed for one context such as whose it is."""
        ...

    def open(self, sealed: str, context: str) -> str | None:
        """The text again; None for what was sealed elsewhere, for another context, or changed."""
        ...

    def resealed(self, sealed: str, context: str) -> str | None:
        """The same text sealed by the present key; None where it is that already, or cannot be opened."""
        ...


class Authenticator(Protocol):
    """One-time codes of an authenticator app (TOTP: six digits, 30 seconds, SHA-1, as all apps know)."""

    def new_secret(self) -> str:
        """A fresh secret in base32."""
        ...

    def step_of(self, secret: str, digits: str, now: datetime) -> int | None:
        """The number of the 30 seconds (now's, or one beside it) whose code this is, or None."""
        ...

    def code_at(self, secret: str, now: datetime) -> str:
        """What an app shows at a moment; for the demo, whose clock no phone follows."""
        ...

    def picture(self, secret: str, account: str) -> bytes:
        """The QR code that an app reads, as SVG."""
        ...


@dataclass(frozen=True, slots=True)
class NewKey:
    """A passkey as it was registered: its id and public key in base64url, and its counter."""

    credential: str
    public_key: str
    sign_count: int


class Passkeys(Protocol):
    """Passkeys (WebAuthn) for one host; what browsers send and get is JSON."""

    @property
    def host(self) -> str:
        """The RP ID: the host of the public address; "" where it is an IP address, which has no passkeys."""
        ...

    def registration(self, challenge: bytes, handle: bytes, name: str, known: Sequence[str]) -> str:
        """What a browser needs to make a passkey; `known` are the ids that the member has already."""
        ...

    def registered(self, answer: str, challenge: bytes) -> NewKey | None:
        """The new passkey, or None when the answer does not hold."""
        ...

    def request(self, challenge: bytes, known: Sequence[str], alone: bool) -> str:
        """What a browser needs to use one; `alone`: it stands for both steps, so the person is verified."""
        ...

    def challenge_of(self, answer: str) -> bytes:
        """The challenge that an answer claims to be for; b"" for nonsense."""
        ...

    def credential_of(self, answer: str) -> str:
        """The id of the passkey that an answer claims to be from; "" for nonsense."""
        ...

    def proved(self, answer: str, challenge: bytes, key: NewKey, alone: bool) -> int | None:
        """The passkey's new counter when the answer holds, else None."""
        ...


def business_date(clock: Clock) -> date:
    """Today in Japan: the only door from a moment to a day."""
    return clock.now().astimezone(JAPAN).date()
