"""Killed while a backup is written: no half file is ever taken for a backup, and the next one clears up."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from madoguchi.services import backups, restoring
from tests import people
from tests.support import processes
from tests.support.backups import KEY, with_backups

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))
WORK = """
import sys
from datetime import timedelta
from pathlib import Path
from madoguchi.services import backups
from madoguchi.store.db import Store
from tests import people
from tests.support.backups import KEY, with_backups
house = with_backups(people.office(Store(sys.argv[1])), Path(sys.argv[2]), KEY)
while True:
    house.clock.move(timedelta(seconds=1))
    backups.make(house)
    print("made", flush=True)
"""


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_kill_9_leaves_only_whole_backups(database, database_url, tmp_path, round_):
    house = with_backups(people.office(database), tmp_path, KEY)
    people.hanako(house)
    (tmp_path / "data" / "shelf").mkdir(parents=True)
    (tmp_path / "data" / "shelf" / "large").write_bytes(random.Random(round_).randbytes(8_000_000))
    killed_at_work(database_url, tmp_path, random.Random(round_))
    for one in house.backups.archives.kept(house.backups.folder):
        assert restoring.drill(house, one.path).faults == ()
    backups.make(house)
    assert all(not one.name.startswith(".") for one in house.backups.folder.iterdir())


def killed_at_work(url, folder, dice):
    """Make backups in another process and kill it at a random moment after its first."""
    environment = os.environ | {"PYTHONPATH": f"{processes.ROOT}/site:{processes.ROOT}"}
    command = [sys.executable, "-c", WORK, url, str(folder)]
    child = subprocess.Popen(command, env=environment, cwd=processes.ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "made\n"
    time.sleep(dice.uniform(0, 0.5))  # the moment of the kill, not a wait for anything
    child.send_signal(signal.SIGKILL)
    child.communicate()
