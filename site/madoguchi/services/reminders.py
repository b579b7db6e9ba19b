"""Reminders of due dates: each told once, at the hour that its member chose, or later if that was missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from madoguchi.domain import standing as money
from madoguchi.domain.letters import Kind
from madoguchi.domain.money import format_yen
from madoguchi.domain.present import counted_to
from madoguchi.domain.reminders import Window, windows
from madoguchi.ports import JAPAN
from madoguchi.services import debit_files, letters
from madoguchi.services.lateness import in_words, midnight
from madoguchi.services.office import Office
from madoguchi.services.pace import Turn
from madoguchi.services.repeating import one_act
from madoguchi.store import arrangements, mandates, reminders
from madoguchi.store.contracts import ContractRow

BATCH: Final = 100  # contracts in one short transaction
AT_BANK, PLANNED, NONE = "at_bank", "planned", ""  # what a letter says of the debit


def run(office: Office) -> int:
    """Write the reminders whose moment has come; returns how many due dates were looked after.

    Any number of processes may run it at once and be stopped anywhere: a due date is noted in the act that
    writes its letter. At night nothing is written, and a due date that has come is not reminded of any more.
    """
    open_now = windows(office.now().astimezone(JAPAN), office.rules.letters.quiet)
    due = [window for window in open_now if reminders.is_due(office.store, window)]
    if not due:
        return 0
    with office.alone:  # nobody tells the demo's lives anew meanwhile
        return sum(_through(office, window) for window in due)


def hours(office: Office) -> list[int]:
    """The hours that members chose, rising."""
    return reminders.hours(office.store)


def _through(office: Office, window: Window) -> int:
    count = 0
    while True:
        turn = Turn()
        found, told = _some(office, window)
        count += told
        if found < BATCH or not told:
            return count
        turn.rest()


@one_act
def _some(office: Office, window: Window) -> tuple[int, int]:
    """Look after some due dates; how many were found, and how many of them nobody else held."""
    found = reminders.hold_due(office.store, window, BATCH)
    # A letter holds its member, and whoever holds that member may wait for a contract of ours.
    free = reminders.hold_members(office.store, [row.member_id for row in found]) if found else set()
    if rows := [row for row in found if row.member_id in free]:
        _tell(office, rows, office.now())
    return len(found), len(rows)


def _tell(office: Office, rows: Sequence[ContractRow], now: datetime) -> None:
    """Note the due dates of some contracts, and write to those that are still asked for something."""
    today = office.business_day()
    asked = [(row, _due_of(row), _asked(office, row, today)) for row in rows]
    fresh = reminders.note(office.store, [(row.id, due, amount) for row, due, amount in asked], now)
    debited, arranged = _debited(office, rows), arrangements.among(office.store, [row.id for row in rows])
    told = [
        (row.member_id, _facts(row, due, amount, today, debited[row.id]), midnight(due))
        for row, due, amount in asked
        if amount and row.id in fresh - arranged
    ]
    if told:
        letters.write_many(office, Kind.REMINDER, told, now)
    reminders.looked_after(office.store, [row.id for row in rows])


def _due_of(row: ContractRow) -> date:
    due = row.standing.running
    assert due is not None, "the index holds contracts with a due date alone"
    return due.day


def _asked(office: Office, row: ContractRow, today: date) -> int:
    """What the running due date still asks for, in yen, less what the deposit will cover; 0 for nothing."""
    product = office.rules.product
    now = counted_to(row.standing, today, product)
    due = money.due_by_then(now, product)
    if (
        row.closed_on
        or due is None
        or due[0] != _due_of(row)
        or due[0] <= today
        or money.is_remainder(now, product.remainder_below)
    ):
        return 0
    return max(0, due[1] - now.deposit)


def _debited(office: Office, rows: Sequence[ContractRow]) -> dict[int, str]:
    """What each letter says of a debit: one at the bank, one that will be asked for, or none."""
    mandated = mandates.with_active(office.store, [row.id for row in rows])
    days = {_due_of(row) for row in rows if row.id in mandated}
    in_time = {day for day in days if not debit_files.too_late(office, day)}
    found = {}
    for row in rows:
        running = row.standing.running
        planned = row.id in mandated and _due_of(row) in in_time
        found[row.id] = AT_BANK if running and running.debited else PLANNED if planned else NONE
    return found


def _facts(row: ContractRow, due: date, amount: int, today: date, debit: str) -> dict[str, letters.Fact]:
    return {
        "day": in_words(due),
        "today": in_words(today),
        "days": (due - today).days,
        "amount": format_yen(amount),
        "debit": debit,
        "late": "yes" if row.standing.late_since else "",
    }
