"""Direct debits as tests play them: mandates, files, and a bank that answers as it is told."""

from dataclasses import replace
from datetime import date, timedelta

from madoguchi.adapters.debits.simulated import SimulatedDebits
from madoguchi.domain import debit_file
from madoguchi.domain.debit_file import Result
from madoguchi.ports.debit import Word
from madoguchi.services import debit_files, mandates, rounds
from madoguchi.store.mandates import Account
from tests import people

DUE = date(2026, 11, 25)
ACCOUNT = Account("0001", "240", 1, "0000019", "ｻﾄｳ ﾊﾅｺ")


def with_bank(office, folder):
    """The office with the demo's bank for debits."""
    return replace(office, debits=SimulatedDebits(folder / "debits.db"))


def mandated(office, *who, account=ACCOUNT):
    """Give people mandates that the bank has agreed to; returns them."""
    found = []
    for one in who:
        made = mandates.ask_for(office, one.contract_id, replace(account, number=f"{one.contract_id:07}"))
        found.append(mandates.answer(office, made.mandate.id, Word.AGREED))
    return found


def three_due_on_the_25th(office):
    """Three people with mandates whose next due date is 25 November."""
    sho = people.live(office, people.cast.SHO, _borrowed)
    found = [people.hanako(office), people.yui(office), sho]
    mandated(office, *found)
    return found


def _borrowed(life):
    life.open(90)
    life.draw(88, 100_000)
    life.meet_dues(life.today)


def made(office, on):
    """The file for a due date, made after the round of the night."""
    list(rounds.close_days(office))
    return debit_files.make(office, on)


def filed(office, on=DUE):
    """Make the file, and let its day come."""
    file = made(office, on).file
    office.clock.move((on - office.business_day()) + timedelta(hours=2))
    list(rounds.close_days(office))
    return file


def later(office, days):
    """Let days pass, with their rounds."""
    office.clock.move(timedelta(days=days))
    list(rounds.close_days(office))


def result_of(office, file, *codes):
    """The result file for a request, with these codes in its order."""
    return debit_file.answer(debit_files.request(office, file), [Result(code) for code in codes])


def kinds_of_letters(office):
    """The kinds of all letters in the order they were written."""
    return [kind for (kind,) in office.store.rows("SELECT kind FROM letter ORDER BY id")]


def facts_of_letters(office, kind):
    """The facts of every letter of a kind, as stored."""
    return [
        facts
        for (facts,) in office.store.rows("SELECT facts FROM letter WHERE kind = ? ORDER BY id", (kind,))
    ]
