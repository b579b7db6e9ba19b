"""When a guess may be made: counters taken before a secret is compared and given back on success.

Two kinds of counter exist. A *known device* (a browser that signed in to this account before) has a few tries
in a row and then locks what it tried. *Everyone else* shares one tally per card number or Web-ID, existing or
not, whose waits grow and which never locks anything but the way in for strangers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class LockRules:
    """How many tries, and how long the waits are; `[sign_in]` of lender.toml."""

    pin_tries: int
    password_tries: int
    waits_seconds: tuple[int, ...]  # after the n-th failure of strangers; the last repeats
    pause_after: int
    pause_hours: int
    stop_after: int
    forget_days: int  # longer than the longest wait, else waiting would itself forget
    strangers_hold_card: bool

    def wait_after(self, fails: int) -> timedelta:
        """How long strangers wait after failure n (from 1); from `pause_after` on at least the pause."""
        wait = timedelta(seconds=self.waits_seconds[min(fails, len(self.waits_seconds)) - 1])
        return max(wait, timedelta(hours=self.pause_hours)) if fails >= self.pause_after else wait


@dataclass(frozen=True, slots=True)
class Tally:
    """The failures of strangers on one identifier; `opens_at` is None until staff lift a stop."""

    fails: int
    last_at: datetime
    opens_at: datetime | None

    @property
    def stopped(self) -> bool:
        """Whether only staff can open this way in again."""
        return self.opens_at is None


@dataclass(frozen=True, slots=True)
class Wait:
    """This guess is not compared; `until` is None when only staff can help."""

    until: datetime | None


def take(rules: LockRules, tally: Tally | None, now: datetime) -> Tally | Wait:
    """Count one guess of a stranger, as if it had failed already; a Wait neither counts nor lengthens."""
    if tally is not None and tally.opens_at is None:
        return Wait(None)
    if tally is None or now - tally.last_at >= timedelta(days=rules.forget_days):
        return _counted(rules, 1, now)
    if tally.opens_at is not None and now < tally.opens_at:
        return Wait(tally.opens_at)
    return _counted(rules, tally.fails + 1, now)


def give_back(rules: LockRules, current: Tally, before: Tally | None, mine: Tally) -> Tally | None:
    """Undo one guess that was counted but never compared; None when nothing is left to remember.

    When nobody else guessed meanwhile all is as before; otherwise one failure is taken off the others'.
    """
    if current == mine:
        return before
    if current.fails <= 1:
        return None
    fails = current.fails - 1
    opens_at = current.last_at + rules.wait_after(fails)
    return replace(current, fails=fails, opens_at=opens_at)


def _counted(rules: LockRules, fails: int, now: datetime) -> Tally:
    if fails >= rules.stop_after:
        return Tally(fails, now, None)
    return Tally(fails, now, now + rules.wait_after(fails))
