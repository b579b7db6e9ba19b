"""A lock between all who work on one PostgreSQL: it waits, and ends with whoever held it."""

import signal
import subprocess
import sys
import threading

import pytest

from madoguchi.store import alone, db
from madoguchi.store.alone import DatabaseLock
from madoguchi.store.db import Store
from tests import people
from tests.support.locks import act, free

pytestmark = pytest.mark.postgres
HOLDER = (
    "import sys; sys.path.insert(0, 'site')\n"
    "from madoguchi.store.alone import DatabaseLock\n"
    "from madoguchi.store.db import Store\n"
    "lock = DatabaseLock(Store(sys.argv[1]), 'round'); lock.__enter__(); print('in', flush=True); input()"
)


def test_whoever_is_in_may_enter_again_and_keeps_others_out_until_the_last_leaving(store, other):
    lock = DatabaseLock(store, "round")
    with lock:
        with lock:
            assert not free(other)
        assert not free(other)
        act(store)
        assert not free(other), "an act that ends gives nothing back"
    assert free(other)


def test_a_fault_inside_lets_the_next_one_in(store, other):
    with pytest.raises(ZeroDivisionError), DatabaseLock(store, "round"):
        _ = 1 / 0
    assert free(other)


def test_each_purpose_has_a_lock_of_its_own(store, other):
    with DatabaseLock(store, "backup"), DatabaseLock(store, "start"):
        assert free(other)
        assert not free(other, "backup")
        assert not free(other, "start")


def test_threads_of_one_process_and_of_two_go_one_by_one(url):
    shared, inside, most = DatabaseLock(Store(url), "round"), [], []

    def work(lock):
        for _ in range(5):
            with lock:
                inside.append(1)
                act(lock._store)
                most.append(len(inside))
                inside.pop()
        lock._store.close()

    locks = [shared, shared, DatabaseLock(Store(url), "round")]
    threads = [threading.Thread(target=work, args=(lock,)) for lock in locks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 15


def test_a_killed_process_leaves_no_lock_behind(url, store, other):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], cwd=people.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout.readline() == b"in\n"
        assert not free(other)
        child.send_signal(signal.SIGKILL)
    with DatabaseLock(store, "round"):  # as soon as the server has seen it
        act(store)


def test_a_machine_that_says_no_goodbye_is_looked_after(store):
    with DatabaseLock(store, "round"):
        asked = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout")
        told = [store.one(f"SHOW {name}") for name in asked]
    assert told == [("30",), ("10",), ("3",), ("60000",)]


def test_it_waits_longer_than_for_a_row_and_longer_than_a_statement_may_take(url, store, other, monkeypatch):
    monkeypatch.setattr(db, "PATIENCE", "SET lock_timeout = '50ms'")
    waiting, rest, waited = threading.Event(), alone.time.sleep, []

    def resting(seconds):
        rest(seconds)
        waited.append(seconds)
        if sum(waited) > 1.2:  # more than both time-outs
            waiting.set()

    monkeypatch.setattr(alone.time, "sleep", resting)
    entered = []

    def second():
        late = Store(url)
        late.hurry(1)
        with DatabaseLock(late, "round"):
            act(late)
            entered.append(waiting.is_set())
        late.close()

    thread = threading.Thread(target=second)
    with DatabaseLock(store, "round"):
        thread.start()
        assert waiting.wait(30)
        assert not entered
    thread.join()
    assert entered == [True]
    assert max(waited) == alone.LATEST


def test_a_lock_that_an_act_would_wait_for_is_refused(store, other):
    with store.transaction(), pytest.raises(RuntimeError, match="the lock comes first"):
        DatabaseLock(store, "round").__enter__()
    assert free(other)


def test_a_pooler_that_keeps_no_sessions_is_told(store, other, caplog):
    with DatabaseLock(store, "round"):
        store.one("SELECT pg_advisory_unlock_all()")  # as if the statement before went by another session
    assert "session mode" in caplog.text
