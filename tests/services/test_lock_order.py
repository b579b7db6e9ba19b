"""Whoever holds several contracts takes them in one order: two of them never wait for each other."""

import threading
import time
from datetime import timedelta

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.services import cast, rounds
from madoguchi.store import contracts
from madoguchi.store.db import Store
from tests import people

PATIENCE = 30  # seconds; longer than PostgreSQL takes to see a deadlock


@pytest.fixture
def backwards(office):
    """Three contracts, of which the one with the highest number falls due first."""
    made = [people.newcomer(office, who) for who in (cast.HANAKO, cast.ICHIRO, cast.KEN)]
    today = office.business_day()
    with office.store.transaction():
        for n, who in enumerate(made):
            day = int(f"{today - timedelta(days=n):%Y%m%d}")
            sql = "UPDATE contract SET due_on = ?, coming_on = ? WHERE id = ?"
            office.store.write(sql, (day, day, who.contract_id))
    return [who.contract_id for who in made]


def waiting(store):
    """How many connections of this PostgreSQL database wait for a row."""
    sql = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = ?"
    return store.one(sql, ("Lock",))[0]


def in_an_act(office, hold, told):
    """Hold some contracts in an act of its own and note what came of it."""
    try:
        with office.store.transaction():
            told.append([row.id for row in hold()])
    except Unavailable as fault:
        told.append(fault)
    finally:
        office.store.close()


@pytest.mark.parametrize("some", [contracts.hold_due, contracts.hold_arriving])
def test_the_round_and_verify_take_contracts_in_one_order(office, backwards, some):
    store, first, last = office.store, backwards[0], backwards[-1]
    verifying = lambda: [row for row, _ in contracts.hold_range(store, first, last)]  # noqa: E731
    rounding = lambda: some(store, office.business_day(), rounds.MOST)  # noqa: E731
    told, watch = [], Store(store.url)  # within the act it would see everybody as at its first look
    threads = [
        threading.Thread(target=in_an_act, args=(office, hold, told)) for hold in (verifying, rounding)
    ]
    with store.transaction():
        contracts.hold(store, backwards[1])  # both have taken what they can when they wait for this one
        for thread in threads:
            thread.start()
        until = time.monotonic() + PATIENCE
        while not store.sqlite and waiting(watch) < len(threads) and time.monotonic() < until:
            time.sleep(0.01)  # the loop ends when both wait
    for thread in threads:
        thread.join()
    watch.close()
    assert told == [backwards, backwards]
