"""Killed at any moment: what was acknowledged stands, once, the ledger balances and the cache agrees."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from madoguchi.services import verify
from tests import people
from tests.support import processes

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))
WORKERS = 2


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_no_acknowledged_act_is_lost_or_doubled_by_kill_9(database, database_url, round_):
    made = people.office(database)
    contracts = [people.hanako(made).contract_id, people.ichiro(made).contract_id]
    dice = random.Random(round_)
    acknowledged = posted_until_killed(database_url, contracts, dice)
    assert acknowledged, "nothing was posted before the kill: wait longer"
    stored = Counter(key for (key,) in database.rows("SELECT idempotency_key FROM entry"))
    assert set(acknowledged) <= set(stored)
    assert max(stored.values()) == 1
    assert list(verify.differences(made)) == []
    assert debits_minus_credits(database) == 0


def posted_until_killed(url, contracts, dice):
    """Let processes post, kill them all at a random moment, and return the keys they had said."""
    environment = os.environ | {"PYTHONPATH": f"{processes.ROOT}/site:{processes.ROOT}"}
    started = []
    for seed in range(1, WORKERS + 1):
        told = {"POSTING": f"{url}|{','.join(map(str, contracts))}|{seed}"}
        command = [sys.executable, "-m", "tests.support.posting"]
        started.append(
            subprocess.Popen(
                command, env=environment | told, cwd=processes.ROOT, stdout=subprocess.PIPE, text=True
            )
        )
    first = [child.stdout.readline() for child in started]  # each has posted once: the kill meets it at work
    time.sleep(dice.uniform(0, 0.4))  # the moment of the kill, not a wait for anything
    for child in started:
        child.send_signal(signal.SIGKILL)
    said = first + [line for child in started for line in child.communicate()[0].splitlines(keepends=True)]
    return [line.strip() for line in said if line.endswith("\n")]


def debits_minus_credits(store):
    """The sum over all lines."""
    return store.one("SELECT SUM(debit) - SUM(credit) FROM line")[0]
