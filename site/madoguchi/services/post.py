"""Sending letters: claim one, send it outside of any act, settle it; what fails is tried again later.

A claim runs out after CLAIM. A worker that died between sending and settling leaves a claim whose outcome
nobody knows: such a letter is sent once more, and never a third time. Only one letter is claimed at a time,
so that a death makes one outcome unknown and no neighbour's.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from madoguchi.domain.letters import BY_DAY, FORMS, Channel, Kind, wait_after, without
from madoguchi.ports import JAPAN, Later, Message, Never, NotSent, Unreachable
from madoguchi.services import choices
from madoguchi.services.choices import YES, Choice
from madoguchi.services.office import Office, Post
from madoguchi.services.repeating import one_act, repeated
from madoguchi.store import letters, letters_aside
from madoguchi.store.letters import Letter
from madoguchi.store.letters_aside import SetAside

CLAIM: Final = timedelta(minutes=5)
FEW: Final = 20  # letters in one call
KEEP_SENT: Final = timedelta(days=90)
KEEP_VOID: Final = timedelta(days=1)
TRIM: Final = 500
PAUSE: Final = 0.02

UNKNOWN_TWICE: Final = "stopped twice while it was sent; whether it arrived is not known"
TOO_LATE: Final = "its code, link or day was over before it could be sent"

log = logging.getLogger("madoguchi.letters")


@dataclass(frozen=True, slots=True)
class Dropped:
    """The letter is gone."""


@dataclass(frozen=True, slots=True)
class Requeued:
    """The letter will be tried again."""


@dataclass(frozen=True, slots=True)
class NotAside:
    """No letter of this number is set aside."""


@dataclass(frozen=True, slots=True)
class SecretGone:
    """The letter cannot be sent again: the code or link in it was blanked when it was set aside."""


def deliver(office: Office) -> int:
    """Try a few of the letters that are due; returns how many were tried, FEW when there may be more."""
    post, tried = office.post, 0
    channels = [channel.value for channel in post.carriers] if post else []
    while post and channels and tried < FEW:
        now = office.now()
        but = _resting(office, now)
        if not letters.is_due(office.store, channels, now, but):
            break
        letter, discreet = _claim(office, channels, now, but)
        if letter is None:
            continue
        failure = _try(post, letter, now, discreet)
        _settle(office, letter, failure)
        tried += 1
        if isinstance(failure, Unreachable):
            break  # the others can wait until the next call
    return tried


@one_act
def _claim(
    office: Office, channels: list[str], now: datetime, but: tuple[str, ...]
) -> tuple[Letter | None, bool]:
    letter = letters.claim(office.store, channels, now, now + CLAIM, but)
    return letter, letter is not None and _discreet(office, letter.member_id)


def aside(office: Office, most: int = 100) -> list[SetAside]:
    """The letters that were set aside, the oldest first."""
    return letters_aside.aside(office.store, most)


def waiting(office: Office) -> tuple[int, datetime | None]:
    """How many letters wait, and since when the oldest of them has been due."""
    return letters.waiting(office.store)


def again(office: Office, letter_id: int) -> Requeued | NotAside | SecretGone:
    """Put a letter that was set aside back into the queue, unless its secret is gone."""
    with office.store.transaction():
        found = letters_aside.facts_aside(office.store, letter_id)
        if found is None:
            return NotAside()
        if FORMS[Kind(found[0])].hinges_on_secret:
            return SecretGone()
        letters_aside.again(office.store, letter_id, office.now())
        return Requeued()


def drop(office: Office, letter_id: int) -> Dropped | NotAside:
    """Delete a letter that was set aside."""
    with office.store.transaction():
        return Dropped() if letters_aside.drop(office.store, letter_id) else NotAside()


def trim(office: Office) -> int:
    """Forget letters sent KEEP_SENT ago, and void ones after KEEP_VOID; returns how many."""
    gone, now = 0, office.now()
    while True:
        with office.store.transaction():
            some = letters.trim(office.store, now - KEEP_SENT, now - KEEP_VOID, TRIM)
        gone += some
        if some < TRIM:
            return gone
        time.sleep(PAUSE)  # pages get their turn


def _resting(office: Office, now: datetime) -> tuple[str, ...]:
    """The kinds that no letter of goes out now: at night those that can wait for the morning.

    Asked when a letter is sent and not only when it is written: a worker may have been away since the day.
    """
    here = now.astimezone(JAPAN)
    return () if office.rules.letters.quiet.over_at(here) == here else BY_DAY


def _discreet(office: Office, member_id: int | None) -> bool:
    """Whether a letter goes out without saying what it is about: as its member wishes when it is sent."""
    return member_id is not None and choices.of(office, member_id)[Choice.DISCREET] == YES


def _try(post: Post, letter: Letter, now: datetime, discreet: bool) -> NotSent | None:
    """Send one letter; returns what went wrong."""
    if letter.lost > 1:
        return Never(UNKNOWN_TWICE)
    if letter.useful_until and letter.useful_until <= now:
        return Never(TOO_LATE)
    try:
        printed = post.press.compose(Kind(letter.kind), letter.facts, discreet)
    except ValueError:
        return Never("it cannot be printed")
    key = f"{letter.id}.{int(letter.created_at.timestamp())}"
    try:
        post.carriers[Channel(letter.channel)].send(Message(key, letter.recipient, printed, now))
    except NotSent as failure:
        return failure
    except Exception as fault:  # noqa: BLE001 - one letter's fault must not stop the others
        return Later(f"unforeseen: {type(fault).__name__}")
    return None


@repeated
def _settle(office: Office, letter: Letter, failure: NotSent | None) -> None:
    store, now = office.store, office.now()
    blanked = without(letter.facts, FORMS[Kind(letter.kind)].secrets)
    wait = None if isinstance(failure, Never) else wait_after(letter.tries)
    with store.transaction():
        if failure is None:
            letters.sent(store, letter, blanked, now)
        elif wait:
            letters.postpone(store, letter, failure.cause, now + wait)
        else:
            letters.set_aside(store, letter, blanked, failure.cause, now)
        if isinstance(failure, Never) and failure.nobody_there:
            letters.bounced(store, letter.recipient, now)
    if failure:
        then = f"again in {wait}" if wait else "set aside"
        log.warning(
            "letter %d (%s), try %d: %s; %s", letter.id, letter.kind, letter.tries, failure.cause, then
        )
