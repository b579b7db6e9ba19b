"""What an operator should look at besides queues: books, machine, mail, backups, keys; as plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from madoguchi.domain.faults import Unavailable
from madoguchi.domain.letters import Channel
from madoguchi.ports import NotSent
from madoguchi.ports.machine import Knocks, Machine
from madoguchi.services import pulse, resealing
from madoguchi.services.office import Office
from madoguchi.services.restoring import DRILL
from madoguchi.store import backups, closed_days, credentials, schema, stamps

LEAST_FREE: Final = 1 << 30  # bytes
LEAST_SHARE: Final = 10  # per cent of the disk
ASTRAY: Final = timedelta(seconds=5)
BACKUP_AFTER: Final = timedelta(hours=26)  # a day, and time to make one
DRILL_AFTER: Final = timedelta(days=35)  # once a month, and some days
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


def complaints(office: Office) -> Iterator[str]:
    """A sentence for everything that is wrong; of a demo, what is wrong for a demo too."""
    if office.machine is None:  # nobody runs this office: it is a test's
        return
    yield from _books(office)
    yield from _room(office.machine)
    if office.demo is None:
        yield from _clock(office, office.machine)
        yield from _mail(office)
        yield from _worker(office)
        yield from _backups(office)
        yield from keys(office)


def _books(office: Office) -> Iterator[str]:
    if waiting := schema.pending(office.store):
        yield f"The database waits for migrations ({', '.join(waiting)}): run `migrate`."
    last, today = closed_days.last(office.store), office.business_day()
    if last is not None and last < today - DAY:
        yield f"The last closed day is {last}, and today is {today}: run `daily` each day after midnight."


def _room(machine: Machine) -> Iterator[str]:
    room = machine.room()
    if room.free < LEAST_FREE or room.free * 100 < room.whole * LEAST_SHARE:
        yield f"The disk of the data folder has {room.free >> 20} MiB left of {room.whole >> 20}: make room."


def _clock(office: Office, machine: Machine) -> Iterator[str]:
    if machine.clock_in_step() is False:
        yield "Nothing keeps this machine's clock in step: apt install systemd-timesyncd (or chrony)."
    told = stamps.database_clock(office.store)
    if told is not None and (off := abs(told - office.now())) > ASTRAY:
        yield f"The database server's clock is {off // timedelta(seconds=1)} seconds off: set both by NTP."


def _mail(office: Office) -> Iterator[str]:
    carrier = office.post.carriers.get(Channel.MAIL) if office.post else None
    if not isinstance(carrier, Knocks):
        return
    try:
        carrier.knock()
    except NotSent as fault:
        yield f"The mail server of MADOGUCHI_SMTP would not take a letter now: {fault.cause}."


def _worker(office: Office) -> Iterator[str]:
    if not pulse.is_beating(office):
        yield "No worker was at work for 5 minutes: start `worker` (systemctl start madoguchi-worker)."


def _backups(office: Office) -> Iterator[str]:
    how = office.backups
    if how is None or how.folder is None:
        yield "No backups are made by themselves: set MADOGUCHI_BACKUP_DIR and MADOGUCHI_BACKUP_KEY."
        return
    last, now = backups.newest(office.store), office.now()
    if last is None:
        yield "No backup was made yet: run `backup`."
        return
    if now - last.at > BACKUP_AFTER:
        yield f"The last backup is {(now - last.at) // HOUR} hours old: is there a worker, and room?"
    try:
        if not any(one.path.name == last.file for one in how.archives.kept(how.folder)):
            yield f"The last backup, {last.file}, is not in {how.folder}: run `backup`."
    except (OSError, Unavailable):
        yield f"{how.folder} cannot be read."
    tried = stamps.read(office.store, DRILL)
    if tried is None or now - tried > DRILL_AFTER:
        file = how.folder / last.file
        yield f"No backup was tried out for {DRILL_AFTER.days} days: run `restore {file} --drill`."


def keys(office: Office) -> Iterator[str]:
    """What is still made with secrets that were replaced, and what was made with one that is gone."""
    marks = office.hasher.marks
    found = credentials.marks_of_pins(office.store, len(marks[0]))
    older = sum(count for mark, count in found.items() if mark in marks[1:] or (not mark and len(marks) > 1))
    if older:
        yield f"{older} PINs are still keyed by an older pepper: keep MADOGUCHI_PEPPER_OLD."
    if strange := sum(count for mark, count in found.items() if mark and mark not in marks):
        yield (
            f"{strange} PINs are keyed by a pepper that is not set, so these cards cannot sign in: put "
            "it into MADOGUCHI_PEPPER_OLD."
        )
    if office.old_secrets and (sealed := resealing.left(office)):
        yield f"{sealed} secrets of apps are sealed by an older MADOGUCHI_SECRET: run `reseal`."
