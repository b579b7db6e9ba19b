"""What an operator should look at, as plain sentences: letters and money that do not go out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from madoguchi.domain.letters import Channel
from madoguchi.ports import JAPAN
from madoguchi.services import payouts, post
from madoguchi.services.office import Office

LATE: Final = timedelta(minutes=10)  # longer than a claim lasts: then nobody is at work
SHOWN: Final = 50
UNANSWERED: Final = timedelta(hours=1)  # past the day on which money was to arrive


def complaints(office: Office) -> Iterator[str]:
    """A sentence for everything that is wrong; none when all is well."""
    if office.demo is None and (office.post is None or Channel.MAIL not in office.post.carriers):
        yield "No mail server is set (MADOGUCHI_SMTP): letters wait, and members get no codes and no links."
    yield from _late(office)
    yield from _unanswered(office)
    for letter in post.aside(office, SHOWN):
        when = letter.created_at.astimezone(JAPAN)
        yield (
            f"Letter {letter.id} ({letter.kind}, written {when:%Y-%m-%d %H:%M}) was set aside after "
            f"{letter.tries} tries: {letter.last_error}."
        )


def queue(office: Office) -> str:
    """How many letters wait, as a sentence."""
    count, _since = post.waiting(office)
    letters = f"{count} letters wait to be sent." if count else "No letter waits to be sent."
    sending = payouts.waiting(office)
    return letters + (f"\n{sending} payouts wait for the bank's answer." if sending else "")


def _late(office: Office) -> Iterator[str]:
    count, since = post.waiting(office)
    if since and (late := office.now() - since) > LATE:
        minutes = late // timedelta(minutes=1)
        yield f"The oldest of {count} waiting letters is {minutes} minutes late: is the worker running?"


def _unanswered(office: Office) -> Iterator[str]:
    count = payouts.overdue(office, UNANSWERED)
    if count and office.bank is None:
        yield f"{count} payouts wait, and no bank is set: nobody receives the money that was promised."
    elif count:
        yield f"{count} payouts wait for the bank's answer for too long: is the worker running?"
