"""Argon2id with a pepper, in two lanes."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from madoguchi.adapters.hashing import Lane, Lanes
from madoguchi.domain.faults import Unavailable

CHEAP = {"memory_kib": 8, "passes": 1}


def test_a_password_is_right_or_wrong_and_case_counts():
    lanes = Lanes(b"p" * 32, **CHEAP)
    stored = lanes.hash("Sakura7788", keyed=False)
    assert lanes.verify(stored, "Sakura7788", keyed=False, known_device=True)
    assert not lanes.verify(stored, "sakura7788", keyed=False, known_device=True)


def test_a_pin_is_worth_nothing_without_the_pepper():
    stored = Lanes(b"p" * 32, **CHEAP).hash("9990110003:6152", keyed=True)
    assert not Lanes(b"q" * 32, **CHEAP).verify(stored, "9990110003:6152", keyed=True, known_device=False)


def test_nobodys_secret_is_never_right_and_a_broken_hash_is_no_fault():
    lanes = Lanes(b"p" * 32, **CHEAP)
    for stored in (None, "", "no hash at all"):
        assert not lanes.verify(stored, "", keyed=False, known_device=False)


def test_the_dummy_costs_what_a_real_hash_costs():
    lanes = Lanes(b"p" * 32)
    real = lanes.hash("Sakura7788", keyed=False)
    assert lanes._dummy.split("$")[1:4] == real.split("$")[1:4] == ["argon2id", "v=19", "m=19456,t=2,p=1"]
    assert len(lanes._dummy) == len(real)


def test_a_third_in_a_lane_is_sent_away_at_once_and_the_lane_recovers():
    lane, gate = Lane("test", niceness=0), threading.Event()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(lane.run, gate.wait)
        while not lane._pool._threads:  # until the first one holds the thread
            pass
        second = pool.submit(lane.run, lambda: "second")
        while lane._places._value:
            pass
        with pytest.raises(Unavailable):
            lane.run(lambda: "third")
        gate.set()
        assert (first.result(), second.result()) == (True, "second")
    assert lane.run(lambda: "fourth") == "fourth"


def test_a_new_secret_waits_with_the_known_browsers_and_a_jobs_does_not():
    lanes = Lanes(b"p" * 32, **CHEAP)
    for _ in range(2):
        lanes._known._places.acquire()
    with pytest.raises(Unavailable):
        lanes.hash("Sakura7788", keyed=False)
    assert lanes.hash_aside("Sakura7788", keyed=False).startswith("$argon2id$")


def test_strangers_do_not_fill_the_lane_of_known_browsers():
    lanes = Lanes(b"p" * 32, **CHEAP)
    stored = lanes.hash("Sakura7788", keyed=False)
    for _ in range(2):
        lanes._strangers._places.acquire()
    with pytest.raises(Unavailable):
        lanes.verify(stored, "Sakura7788", keyed=False, known_device=False)
    assert lanes.verify(stored, "Sakura7788", keyed=False, known_device=True)
