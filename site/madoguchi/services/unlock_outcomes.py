"""What can come of a mailed code and a secret together."""

from __future__ import annotations

from dataclasses import dataclass

from madoguchi.services.tries import Locked, SignedIn, Waiting


@dataclass(frozen=True, slots=True)
class WrongCode:
    """The code is not right, or none was sent: nobody is told which."""


@dataclass(frozen=True, slots=True)
class Proved:
    """The code was right and is remembered; nothing else was typed yet."""


@dataclass(frozen=True, slots=True)
class WrongSecret:
    """The code was right and is remembered; what was typed with it is not."""


@dataclass(frozen=True, slots=True)
class ProofMissing:
    """Code and PIN were right, and a card on hold asks for one proof more; `tried` when one was wrong."""

    tried: bool


@dataclass(frozen=True, slots=True)
class UsedCode:
    """The app's code was used before, and nothing else that was typed was wrong: the next one is needed."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """The second proof was right, and its PIN is still to be typed; `did` when that freed the card."""

    did: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such sign-in any more: begin again."""


Refused = WrongCode | WrongSecret | UsedCode | ProofMissing | Waiting | Locked | Gone
Outcome = SignedIn | Proved | Lifted | Refused
