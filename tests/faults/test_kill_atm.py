"""Killed while machines ask: what was said stands, what nobody confirmed is taken back, nothing doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from madoguchi.domain.ledger import EntryKind
from madoguchi.services import atm_settle, verify
from madoguchi.store import atm
from tests import people
from tests.support import processes

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_no_withdrawal_is_lost_doubled_or_left_open_by_kill_9(database, database_url, round_):
    made = people.office(database)
    people.hanako(made)
    people.ken(made)
    said = said_until_killed(database_url, random.Random(round_))
    assert said, "nothing was said before the kill: wait longer"
    for transaction, result in said.items():
        assert stage_of(database, transaction) in FOLLOWS[result], (transaction, result)
    made.clock.move(timedelta(minutes=10))
    while atm_settle.reverse_unconfirmed(made):
        pass
    stages = dict(database.rows("SELECT stage, COUNT(*) FROM atm_use GROUP BY stage"))
    assert "approved" not in stages
    assert posted(database, EntryKind.DRAWDOWN) == confirmed(database, "kind = 'withdrawal'")
    assert posted(database, EntryKind.REPAYMENT) == confirmed(database, "kind = 'deposit'")
    assert posted(database, EntryKind.FEE) == confirmed(database, "fee > 0")
    assert list(verify.differences(made)) == []


# What may stand after the kill when this was said last: the word after it may have been done, unheard.
FOLLOWS = {
    "approved": ("approved", "confirmed", "reversed"),
    "confirmed": ("confirmed", "reversed"),
    "reversed": ("reversed",),
    "refused": ("refused",),
}


def stage_of(store, transaction):
    """The stage of a use."""
    return atm.read(store, transaction).stage.value


def confirmed(store, which):
    """How many uses of a sort are confirmed."""
    return store.one(f"SELECT COUNT(*) FROM atm_use WHERE stage = 'confirmed' AND {which}")[0]


def posted(store, kind):
    """How many entries of a kind by machines stand; one whose split a reversal changed was posted anew."""
    return store.one(
        "SELECT COUNT(*) FROM entry e WHERE e.kind = ? "
        "AND (e.idempotency_key LIKE '%:atm:kill-%' OR e.replaces IS NOT NULL) "
        "AND NOT EXISTS (SELECT 1 FROM entry u WHERE u.contract_id = e.contract_id AND u.undoes = e.seq)",
        (int(kind),),
    )[0]


def said_until_killed(url, dice):
    """Let processes play machines, kill them at a random moment, and return each transaction's last word."""
    environment = os.environ | {"PYTHONPATH": f"{processes.ROOT}/site:{processes.ROOT}"}
    command = [sys.executable, "-m", "tests.support.atm_without_end"]
    started = [
        subprocess.Popen(
            command, env=environment | {"MACHINES": f"{url}|{seed}"}, cwd=processes.ROOT,
            stdout=subprocess.PIPE, text=True,
        )
        for seed in (1, 2)
    ]  # fmt: skip
    lines = [child.stdout.readline() for child in started]  # each is at work when the kill comes
    time.sleep(dice.uniform(0.1, 1.0))  # the moment of the kill, not a wait for anything
    for child in started:
        child.send_signal(signal.SIGKILL)
    lines += [line for child in started for line in child.communicate()[0].splitlines(keepends=True)]
    return dict(line.split() for line in lines if line.endswith("\n"))
