"""The limiter's counters in a file of their own."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from madoguchi.adapters import limits_storage
from madoguchi.adapters.limits_storage import SqliteStorage


@pytest.fixture
def moved():
    """A clock in seconds that tests set."""
    return [1_000_000.0]


@pytest.fixture
def storage(tmp_path, moved):
    return SqliteStorage(f"sqlite:///{tmp_path}/limits.db", wrap_exceptions=True, clock=lambda: moved[0])


def test_the_package_finds_it_by_its_address(tmp_path):
    found = storage_from_string(f"sqlite:///{tmp_path}/limits.db")
    assert isinstance(found, SqliteStorage)
    assert found.check()


def test_a_window_fills_and_opens_again_when_it_ends(storage, moved):
    limiter, item = FixedWindowRateLimiter(storage), RateLimitItemPerMinute(3)
    assert [limiter.hit(item, "a") for _ in range(4)] == [True, True, True, False]
    assert limiter.hit(item, "b")
    assert limiter.get_window_stats(item, "a").reset_time == moved[0] + 60
    moved[0] += 60
    assert limiter.hit(item, "a")


def test_a_slot_given_back_is_free_and_never_more_than_was_taken(storage, moved):
    storage.incr("a", 60)
    assert [storage.incr("a", 60, -1), storage.incr("a", 60, -1)] == [0, 0]
    assert storage.incr("never", 60, -1) == 0
    assert storage.get("never") == 0


def test_parallel_hits_through_many_connections_lose_none(tmp_path):
    stores = [SqliteStorage(f"sqlite:///{tmp_path}/limits.db") for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda n: stores[n % 4].incr("a", 60), range(200)))
    assert sorted(counts) == list(range(1, 201))


def test_a_file_that_was_replaced_is_opened_anew(storage, tmp_path):
    storage.incr("a", 60)
    for file in tmp_path.glob("limits.db*"):
        file.unlink()
    assert [storage.incr("a", 60), storage.incr("a", 60)] == [1, 2]


def test_a_file_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "limits.db").mkdir()
    broken = SqliteStorage(f"sqlite:///{tmp_path}/limits.db", wrap_exceptions=True)
    assert not broken.check()
    with pytest.raises(StorageError):
        broken.incr("a", 60)


def test_what_has_run_out_is_swept(storage, moved):
    keys = (f"k{n}" for n in itertools.count())
    for _ in range(limits_storage.SWEEP_EVERY - 1):
        storage.incr(next(keys), 60)
    moved[0] += 61
    storage.incr(next(keys), 60)
    assert storage.reset() == 1
