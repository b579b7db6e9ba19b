"""Two machines run `daily` on one PostgreSQL at once: one works, one waits, nothing is done twice."""

import os
import signal
import sys
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from madoguchi.ports import JAPAN
from madoguchi.services import debit_round, reminders, rounds, verify
from madoguchi.store import closed_days
from madoguchi.store.alone import DatabaseLock
from madoguchi.store.db import Store
from tests import people
from tests.support import processes

pytestmark = pytest.mark.postgres
LAST = date(2026, 11, 19)  # the day before people.TODAY is the last that is closed
NOW = datetime(2026, 12, 24, 10, 0, tzinfo=JAPAN)  # over due dates and a month's end, a day before a due date
DAYS = [LAST + n * timedelta(days=1) for n in range(1, 35)]
AT_THE_DOOR = (
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND query LIKE 'SELECT pg_try_advisory_lock%'"
)
LEFT = {
    "days": "SELECT day FROM closed_day ORDER BY day",
    "entries": "SELECT contract_id, seq, kind, value_date, amount FROM entry ORDER BY contract_id, seq",
    "contracts": "SELECT id, last_seq, principal, fees, deposit, states FROM contract ORDER BY id",
    "letters": "SELECT member_id, kind, state FROM letter ORDER BY member_id, kind, state",
    "documents": "SELECT contract_id, key FROM document ORDER BY contract_id, key",
    "points": "SELECT member_id, seq, amount, day FROM point_entry ORDER BY member_id, seq",
    "reminders": "SELECT contract_id, due_on, amount FROM reminder ORDER BY contract_id, due_on",
    "debits": "SELECT due_on, state, n, contract_id, amount FROM debit JOIN debit_file ON file_id = id "
    "ORDER BY due_on, n",
}


def filled(store):
    """Everybody in the books, with five weeks to be closed."""
    office = people.office(store, demo=True)
    people.full_cast(office)
    with store.transaction():
        closed_days.add(store, LAST, office.now())
    return office


@pytest.fixture
def url(postgres_blanks, tmp_path):
    """The address of such books on PostgreSQL."""
    with postgres_blanks.url(tmp_path) as found:
        store = Store(found)
        filled(store)
        store.close()
        yield found


@pytest.fixture
def expected(sqlite_url):
    """What stands in such books after one machine alone did all."""
    store = Store(sqlite_url)
    office = filled(store)
    office.clock.set(NOW)
    assert len(list(rounds.close_days(office))) == len(DAYS)
    assert list(debit_round.run(office))
    assert reminders.run(office)
    yield left_by(store)
    store.close()


def left_by(store):
    """What a round leaves, as far as it does not depend on the second."""
    return {what: store.rows(sql) for what, sql in LEFT.items()}


class Machine:
    """`daily` as the timer of a machine with a data folder of its own starts it."""

    def __init__(self, url, data):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
        told = {"MADOGUCHI_DATA": str(data), "MADOGUCHI_DATABASE": url, "MADOGUCHI_CLOCK": NOW.isoformat()}
        self._log = data.with_suffix(".log")
        command = [sys.executable, "-m", "flask", "--app", "run", "daily"]
        self.child = processes.start(command, self._log, cwd=processes.ROOT, env=kept | told)

    @property
    def words(self):
        """What it has said by now."""
        return self._log.read_text()

    @property
    def closed(self):
        """The days that it said it closed."""
        return [line.split()[1].rstrip(":") for line in self.words.splitlines() if line.startswith("Closed ")]

    def ended_well(self):
        """Whether it says that all is done, and leaves with 0."""
        return self.child.wait(120) == 0 and "All days before today are closed." in self.words


def at_the_door(url, tmp_path):
    """Two machines that both wait for a round, which is over when this returns."""
    store = Store(url)
    with DatabaseLock(store, "round"):
        machines = [Machine(url, tmp_path / name) for name in "ab"]
        while store.one(AT_THE_DOOR) != (2,):
            assert all(one.child.poll() is None for one in machines), [one.words for one in machines]
    store.close()
    return machines


def assert_left(url, expected):
    """The books are as one machine alone would have left them."""
    store = Store(url)
    assert left_by(store) == expected
    assert list(verify.differences(people.office(store, NOW))) == []
    store.close()


def test_two_machines_close_each_day_once(url, tmp_path, expected):
    machines = at_the_door(url, tmp_path)
    assert all(one.ended_well() for one in machines), [one.words for one in machines]
    assert sorted(len(one.closed) for one in machines) == [0, len(DAYS)]
    assert_left(url, expected)


def test_the_other_machine_goes_on_where_one_died(url, tmp_path, expected):
    machines = at_the_door(url, tmp_path)
    while not any(one.closed for one in machines):
        assert all(one.child.poll() is None for one in machines), [one.words for one in machines]
    died, other = sorted(machines, key=lambda one: not one.closed)
    died.child.send_signal(signal.SIGKILL)
    assert died.child.wait() == -signal.SIGKILL
    assert other.ended_well(), other.words
    assert other.closed
    assert max(Counter(died.closed + other.closed).values()) == 1
    assert_left(url, expected)
