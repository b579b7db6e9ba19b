"""What an operator should look at, as plain sentences: letters, money and files that do not move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from madoguchi.domain.letters import Channel
from madoguchi.ports import JAPAN
from madoguchi.services import bank_files, checkup, debit_files, mandates, payouts, post
from madoguchi.services.office import Office

LATE: Final = timedelta(minutes=10)  # longer than a claim lasts: then nobody is at work
SHOWN: Final = 50
UNANSWERED: Final = timedelta(hours=1)  # past the day on which money was to arrive


def complaints(office: Office) -> Iterator[str]:
    """A sentence for everything that is wrong; none when all is well."""
    if office.demo is None and (office.post is None or Channel.MAIL not in office.post.carriers):
        yield "No mail server is set (MADOGUCHI_SMTP): letters wait, and members get no codes and no links."
    yield from checkup.complaints(office)
    if office.demo is None and office.machine is not None and office.transfers is None and office.bank:
        yield "Rails are simulated (a rehearsal): no money moves, and nobody real may sign in."
    if not bank_files.are_here(office):
        yield f"{bank_files.SENTENCE}."
    yield from _late(office)
    yield from _unanswered(office)
    yield from _debits(office)
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
    sending, asked = payouts.waiting(office), mandates.asked(office)
    told = [letters]
    if sending:
        told.append(f"{sending} payouts wait for the bank's answer.")
    if asked:
        told.append(f"{asked} mandates wait for the bank's answer: `mandates` lists them.")
    return "\n".join(told)


def _late(office: Office) -> Iterator[str]:
    count, since = post.waiting(office)
    if since and (late := office.now() - since) > LATE:
        minutes = late // timedelta(minutes=1)
        yield f"The oldest of {count} waiting letters is {minutes} minutes late: is the worker running?"


def _unanswered(office: Office) -> Iterator[str]:
    if office.bank_elsewhere:  # the doctor there tells it
        return
    count = payouts.overdue(office, UNANSWERED)
    if count and office.bank is None:
        yield f"{count} payouts wait, and no bank is set: nobody receives the money that was promised."
        return
    if count and office.transfers is not None:
        today = office.business_day()
        held = office.transfers.held(today)
        if held.unfiled:
            yield f"{held.unfiled} payouts wait for a file: make it with `transfer-file --on {today}`."
        for number in held.overdue:
            yield f"File {number} of transfers has no answer: say it with `transfers-done {number}`."
        count -= held.unfiled + held.filed
    if count > 0:
        yield f"{count} payouts wait for the bank's answer for too long: is the worker running?"


def _debits(office: Office) -> Iterator[str]:
    for file in debit_files.left_behind(office):
        yield f"{debit_files.name_of(file)} was begun but never went to the bank, and its day has come."
    for file in debit_files.overdue(office):
        yield (
            f"{debit_files.name_of(file)} ({file.count} debits, {file.total} yen) has no result, which was "
            f"to come by {debit_files.known_by(office, file.due_on)}: ask the bank. Its due dates wait."
        )
