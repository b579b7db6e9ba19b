"""A lock that went with its connection is not imagined: what follows inside is refused, others enter."""

import threading
from dataclasses import replace

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.services import rounds, verify
from madoguchi.store import closed_days, stamps
from madoguchi.store.alone import DatabaseLock
from tests import people
from tests.support.locks import act, cut, free, soon_free

pytestmark = pytest.mark.postgres


def test_without_its_connection_nothing_goes_on_inside_and_others_may_enter(store, other):
    lock = DatabaseLock(store, "round")
    with lock:
        cut(store, other)
        assert free(other)
        for _ in range(3):
            with pytest.raises(Unavailable):
                act(store)
        with pytest.raises(Unavailable):
            store.one("SELECT 1")
        with pytest.raises(Unavailable), lock:
            pass
        with pytest.raises(Unavailable), DatabaseLock(store, "backup"):
            pass
        assert free(other)
    act(store)
    with lock:
        act(store)
        assert not free(other)
    assert free(other)


def test_the_act_under_way_falls_with_the_lock(store, other):
    def cut_off():
        with DatabaseLock(store, "round"), store.transaction():
            stamps.put(store, "act", people.TODAY)
            cut(store, other)

    with pytest.raises(Unavailable):
        cut_off()
    assert stamps.read(other, "act") is None


def test_leaving_without_the_connection_hides_no_fault_and_makes_none(store, other):
    def cut_off():
        with DatabaseLock(store, "round"):
            cut(store, other)
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        cut_off()
    with DatabaseLock(store, "round"):
        cut(store, other)
    with DatabaseLock(store, "round"):
        act(store)
    assert soon_free(other)


def test_whoever_closes_the_connection_inside_has_given_up_the_lock(store, other):
    with DatabaseLock(store, "round"):
        store.close()
        with pytest.raises(Unavailable):
            act(store)
    act(store)
    assert soon_free(other)


def test_the_other_threads_of_a_process_go_on_when_one_has_lost_its_lock(store, other):
    done = []

    def page():
        act(store)
        done.append(True)
        store.close()

    with DatabaseLock(store, "round"):
        cut(store, other)
        with pytest.raises(Unavailable):
            act(store)
        thread = threading.Thread(target=page)
        thread.start()
        thread.join()
    assert done == [True]


def test_a_round_that_is_alone_no_more_ends_and_another_does_what_is_left(store, other):
    def office_of(books):
        made = people.office(books)
        return replace(made, alone=DatabaseLock(books, "round"))

    one, two = office_of(store), office_of(other)
    people.hanako(one)
    with store.transaction():
        closed_days.add(store, people.TODAY.date() - 9 * rounds._DAY, one.now())
    walk = rounds.close_days(one)
    next(walk)
    cut(store, other)
    with pytest.raises(Unavailable):
        next(walk)
    assert len(list(rounds.close_days(two))) == 7
    assert list(rounds.close_days(one)) == []
    assert list(verify.differences(two)) == []
