"""One round at a time on a machine: a lock between processes that ends with whoever holds it."""

import fcntl
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

import config
from madoguchi.adapters.alone import FileLock
from madoguchi.adapters.wiring import make_office
from madoguchi.domain.faults import Unavailable
from madoguchi.services import demo, rounds
from madoguchi.store.db import Store
from tests import people


def free(file):
    """Whether another process could have the lock now."""
    with open(file, "w") as other:
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def test_whoever_is_in_may_enter_again_and_keeps_others_out_until_the_last_leaving(tmp_path):
    file = tmp_path / "data" / "round.lock"
    lock = FileLock(file)
    with lock:
        with lock:
            assert not free(file)
        assert not free(file)
    assert free(file)


def test_a_fault_inside_lets_the_next_one_in(tmp_path):
    lock = FileLock(tmp_path / "lock")
    with pytest.raises(ZeroDivisionError), lock:
        _ = 1 / 0
    assert free(tmp_path / "lock")


def test_a_killed_process_leaves_no_lock_behind(tmp_path):
    code = (
        "import sys, pathlib; sys.path.insert(0, 'site')\n"
        "from madoguchi.adapters.alone import FileLock\n"
        "lock = FileLock(pathlib.Path(sys.argv[1])); lock.__enter__(); print('in', flush=True); input()"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "lock")]
    with subprocess.Popen(command, cwd=people.ROOT, stdin=-1, stdout=-1) as child:
        assert child.stdout.readline() == b"in\n"
        assert not free(tmp_path / "lock")
        child.kill()
    assert free(tmp_path / "lock")


def test_a_folder_that_cannot_be_used_is_told_as_unavailable(tmp_path):
    (tmp_path / "file").touch()
    lock = FileLock(tmp_path / "file" / "lock")
    for _ in range(2):
        with pytest.raises(Unavailable):
            lock.__enter__()


@pytest.fixture
def office(sqlite_url, tmp_path):
    """A demo's office whose lock is a file."""
    made = people.office(Store(sqlite_url), demo=True)
    return replace(made, alone=FileLock(tmp_path / "lock"))


def test_a_round_keeps_the_others_out_until_it_is_over_or_stopped(office, tmp_path):
    walk = rounds.close_days(office)
    next(walk)
    assert not free(tmp_path / "lock")
    walk.close()
    assert free(tmp_path / "lock")


def test_the_demo_is_made_and_its_clock_moved_alone(office, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(
        demo, "STORIES", [(people.cast.YUI, lambda _life: seen.append(free(tmp_path / "lock")))]
    )
    demo.start_over(office, str)
    monkeypatch.setattr(office.clock, "move", lambda _by: seen.append(free(tmp_path / "lock")))
    demo.move_clock(office, timedelta(days=1))
    assert seen == [False, False, False], "made, moved to midnight and on to the same hour"


def test_all_processes_of_a_data_folder_share_one_lock(tmp_path):
    made = make_office(config.from_environment({"MADOGUCHI_DATA": str(tmp_path)}))
    with made.alone, made.backups.alone:
        assert not free(tmp_path / "round.lock")
        assert not free(tmp_path / "backup.lock")


def test_all_machines_on_a_server_share_one_in_its_database(tmp_path):
    told = {"MADOGUCHI_DATA": str(tmp_path), "MADOGUCHI_DATABASE": "postgresql://127.0.0.1:1/none"}
    made = make_office(config.from_environment(told))
    for lock in (made.alone, made.backups.alone):
        with pytest.raises(Unavailable):  # the server is asked, and this one does not answer
            lock.__enter__()
    assert not list(tmp_path.glob("*.lock"))
