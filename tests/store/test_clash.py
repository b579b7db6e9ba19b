"""What PostgreSQL undoes for another's sake is done once more, until it went through, and never twice."""

import threading
import time
from itertools import count

import pytest
from peewee import IntegrityError

from madoguchi.domain.faults import Clash, Unavailable
from madoguchi.services import repeating
from madoguchi.services.repeating import again
from madoguchi.store.db import Store
from tests.support.together import each_at_once

pytestmark = pytest.mark.postgres
DAYS = (20261118, 20261119)


class Office:
    """Just the books."""

    def __init__(self, store):
        self.store = store


def made(blanks, folder):
    with blanks.url(folder) as url:
        store = Store(url)
        with store.transaction():
            for day in DAYS:
                store.write("INSERT INTO closed_day (day, closed_at) VALUES (?, 0)", (day,))
        yield store
        store.close()


@pytest.fixture
def store(postgres_blanks, tmp_path):
    """Books at READ COMMITTED, as shipped, with two rows to hold."""
    yield from made(postgres_blanks, tmp_path)


@pytest.fixture
def strict(strict_blanks, tmp_path):
    """The same on a database that serialises."""
    yield from made(strict_blanks, tmp_path)


def note(store, day, at):
    return store.write("UPDATE closed_day SET closed_at = closed_at + ? WHERE day = ?", (at, day))


def noted(store):
    return [at for (at,) in store.rows("SELECT closed_at FROM closed_day ORDER BY day")]


def test_of_two_acts_that_wait_for_each_other_both_are_done_in_the_end(store):
    both_hold, tries = threading.Barrier(2), []

    def act(first, then, meet):
        with store.transaction():
            tries.append(first)
            note(store, first, 1)
            if meet:
                meet.pop()()  # at the first try alone: the second meets nobody
            note(store, then, 1)

    ways = [(*DAYS, [both_hold.wait]), (*reversed(DAYS), [both_hold.wait])]
    acts = [lambda way=way: act(*way) for way in ways]
    each_at_once(Office(store), acts)
    assert noted(store) == [2, 2]
    assert len(tries) == 3, "one of the two waits was ended, once"


def test_acts_that_read_what_another_changed_are_all_done(strict):
    def add():
        with strict.transaction():
            (at,) = strict.one("SELECT closed_at FROM closed_day WHERE day = ?", DAYS[:1])
            time.sleep(0)  # lets the others read the same
            strict.write("UPDATE closed_day SET closed_at = ? WHERE day = ?", (at + 1, DAYS[0]))

    each_at_once(Office(strict), [lambda: [again(strict, add) for _ in range(10)]] * 6)
    assert noted(strict)[0] == 60


def test_a_row_that_another_made_meanwhile_is_found_by_the_next_try(strict):
    looked, made = threading.Barrier(2), threading.Event()

    def other():
        looked.wait()
        with strict.transaction():
            strict.write("INSERT INTO closed_day (day, closed_at) VALUES (20261120, 7)")
        made.set()

    def mine():
        with strict.transaction():
            if found := strict.one("SELECT closed_at FROM closed_day WHERE day = 20261120"):
                return found[0]
            if not made.is_set():
                looked.wait()
                made.wait()
            strict.write("INSERT INTO closed_day (day, closed_at) VALUES (20261120, 1)")
        return 1

    assert each_at_once(Office(strict), [mine, other])[0] == 7


def test_at_read_committed_a_key_that_is_there_is_a_fault_of_ours(store):
    with pytest.raises(Exception, match="duplicate key"), store.transaction():
        store.write("INSERT INTO closed_day (day, closed_at) VALUES (?, 0)", DAYS[:1])
    assert noted(store) == [0, 0]


def test_what_was_kept_is_not_done_again(strict):
    tried = []

    def two_acts():
        tried.append(1)
        with strict.transaction():
            note(strict, DAYS[0], 1)
        raise Clash("database")

    with pytest.raises(Unavailable):
        again(strict, two_acts)
    assert (noted(strict), tried) == ([1, 0], [1])


def test_it_gives_up_as_soon_as_sqlite_would(strict, monkeypatch):
    clock = count(step=1.0)
    monkeypatch.setattr(repeating.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(repeating.time, "sleep", lambda _seconds: None)
    tried = []

    def clash():
        tried.append(1)
        raise Clash("database")

    with pytest.raises(Clash):
        again(strict, clash)
    assert 4 <= len(tried) <= 6


def test_who_waits_inside_and_outside_waits_once(strict, monkeypatch):
    clock = count(step=1.0)
    monkeypatch.setattr(repeating.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(repeating.time, "sleep", lambda _seconds: None)
    views = []

    def clash():
        raise Clash("database")

    def view():
        views.append(1)
        again(strict, clash)

    with pytest.raises(Clash):
        again(strict, view)
    assert len(views) == 1


def test_a_rule_of_the_books_that_is_broken_is_a_fault_of_ours_even_there(strict):
    with pytest.raises(IntegrityError), strict.transaction():
        strict.write("INSERT INTO closed_day (day, closed_at) VALUES (20261121, NULL)")
