"""Killed while money is handed to a moody bank: nothing acknowledged is lost, nothing is paid twice."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from madoguchi.domain.ledger import Account
from madoguchi.ports.bank import Temper
from madoguchi.services import payouts, verify
from madoguchi.store import house
from tests import people
from tests.support import processes
from tests.support.banks import with_bank

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))
WORKERS = 2


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_no_kill_9_pays_twice_or_loses_what_was_said(database, database_url, tmp_path, round_):
    people.hanako(people.office(database))
    acknowledged = killed_at_work(database_url, tmp_path, random.Random(round_))
    office = with_bank(people.office(database, people.TODAY + timedelta(hours=13)), tmp_path)
    settle_all(office)
    rows = database.rows("SELECT entry_key, bank_key, state FROM payout")
    assert set(acknowledged) <= {entry for entry, _, _ in rows}
    paid = [one.key for one in office.bank.newest(100_000) if one.state == "paid"]
    assert sorted(paid) == sorted(bank for _, bank, state in rows if state == "settled")
    assert {state for _, _, state in rows} <= {"settled", "returned"}
    assert house.balance(database, Account.IN_TRANSIT) == 0
    assert list(verify.differences(office)) == []


def killed_at_work(url, folder, dice):
    """Let processes work, kill them all at a random moment, and return the keys they had said."""
    environment = os.environ | {"PYTHONPATH": f"{processes.ROOT}/site:{processes.ROOT}"}
    started = []
    for seed in range(1, WORKERS + 1):
        command = [sys.executable, "-m", "tests.support.paying"]
        started.append(
            subprocess.Popen(
                command,
                env=environment | {"PAYING": f"{url}|{folder}|{seed}"},
                cwd=processes.ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
    first = [
        child.stdout.readline() for child in started
    ]  # each has borrowed once: the kill meets it at work
    time.sleep(dice.uniform(0, 0.6))  # the moment of the kill, not a wait for anything
    for child in started:
        child.send_signal(signal.SIGKILL)
    said = first + [line for child in started for line in child.communicate()[0].splitlines(keepends=True)]
    assert all(first), "a process ended before it was killed"
    return [line.strip() for line in said if line.endswith("\n")]


def settle_all(office):
    """With a bank that is well again, look until nothing waits for an answer."""
    office.bank.put_into(Temper())
    while payouts.waiting(office):
        if payouts.deliver(office) < payouts.FEW:
            office.clock.move(timedelta(minutes=15))
