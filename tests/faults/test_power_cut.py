"""Power is cut while payments are posted: what was acknowledged is durable, as it would not be by chance."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from madoguchi.services import verify
from madoguchi.store.db import Store
from madoguchi.store.engines import PRAGMAS
from tests import people
from tests.support import power, processes

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))


def test_every_act_waits_until_it_is_on_the_disk():
    assert PRAGMAS["synchronous"] == "full"


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_nothing_that_was_acknowledged_is_lost_with_the_power(sqlite_url, tmp_path, round_):
    said, left = cut_off(sqlite_url, tmp_path, random.Random(round_))
    store = Store(f"sqlite:///{left}")
    stored = Counter(key for (key,) in store.rows("SELECT idempotency_key FROM entry"))
    assert said, "nothing was acknowledged before the cut: wait longer"
    assert set(said) <= set(stored)
    assert max(stored.values()) == 1
    assert list(verify.differences(people.office(store))) == []
    store.close()


def test_this_disk_loses_acts_of_a_site_that_does_not_wait(sqlite_blanks, tmp_path):
    for seed in range(6):  # a cut right behind a checkpoint loses nothing, whatever was set
        folder = tmp_path / str(seed)
        folder.mkdir()
        with sqlite_blanks.url(folder) as url:
            said, left = cut_off(url, folder, random.Random(seed), LAZY="normal")
        store = Store(f"sqlite:///{left}")
        stored = {key for (key,) in store.rows("SELECT idempotency_key FROM entry")}
        store.close()
        if set(said) - stored:
            return
    pytest.fail("the disk kept what nobody had synced: it proves nothing")


def cut_off(url, folder, dice, **environment):
    """Post on that disk, pull the plug at a random moment; what was said, and the database that is left."""
    store = Store(url)
    office = people.office(store)
    contracts = [people.hanako(office).contract_id, people.ichiro(office).contract_id]
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    path = Path(url.removeprefix("sqlite:///"))
    path.with_name(path.name + power.DURABLE).write_bytes(path.read_bytes())  # it lay there long before
    told = {"POSTING": f"{url}|{','.join(map(str, contracts))}|1", **environment}
    told |= {"PYTHONPATH": f"{processes.ROOT}/site:{processes.ROOT}"}
    command = [sys.executable, "-m", "tests.support.power", "tests.support.posting"]
    child = subprocess.Popen(
        command, env=os.environ | told, cwd=processes.ROOT, stdout=subprocess.PIPE, text=True
    )
    first = child.stdout.readline()
    time.sleep(dice.uniform(0, 0.4))  # the moment of the cut, not a wait for anything
    child.send_signal(signal.SIGKILL)
    said = [first, *child.communicate()[0].splitlines(keepends=True)]
    return [line.strip() for line in said if line.endswith("\n")], power.after_the_cut(path, folder / "left")
