"""The demo's people are what testers are told, at any date, on both databases."""

import threading
from datetime import datetime, timedelta

import pytest

from madoguchi.domain.maintenance import shut_at
from madoguchi.domain.rights import State
from madoguchi.jobs.scheduler import Scheduler
from madoguchi.ports import JAPAN
from madoguchi.services import demo, demo_books, demo_lives, demo_news, verify
from madoguchi.store import contracts
from madoguchi.store.db import Store
from tests import people

AT = (
    datetime(2026, 11, 20, 10, tzinfo=JAPAN),
    datetime(2027, 1, 4, 0, 1, tzinfo=JAPAN),  # the first business day, right after midnight
    datetime(2028, 2, 29, 23, 59, tzinfo=JAPAN),
    datetime(2027, 5, 6, 9, tzinfo=JAPAN),  # after the holidays that shift the 5th
)


@pytest.fixture(params=AT, ids=lambda at: at.strftime("%Y-%m-%d"))
def office(database, request, monkeypatch):
    """A demo made at different moments, Ken's story cut short."""
    monkeypatch.setattr(demo, "STORIES", [s for s in demo.STORIES if s[1] is not demo_lives.ken])
    made = people.office(database, at=request.param, demo=True)
    demo.make(made, str)
    return made


def row(office, who):
    """The contract of a persona."""
    sql = "SELECT c.id FROM contract c JOIN member m ON m.id = c.member_id WHERE m.email = ?"
    return contracts.read(office.store, office.store.one(sql, (f"{who}@example.jp",))[0])


def test_each_is_in_the_state_that_testers_are_told(office):
    told = {
        "hanako": 0, "ichiro": 0, "misaki": State.OVERDUE.bit, "sakura": State.HELD.bit,
        "sho": State.CLOSED.bit, "yui": State.SUSPENDED.bit, "daisuke": 0,
    }  # fmt: skip
    assert {who: row(office, who).states for who in told} == told
    assert list(verify.differences(office)) == []


def test_balances_are_those_of_the_story(office):
    assert 225_000 <= row(office, "hanako").standing.principal <= 240_000
    assert row(office, "ichiro").standing.debt == 0
    assert row(office, "daisuke").standing.debt == 640
    assert row(office, "sho").closed_on == office.business_day() - timedelta(days=30)


def test_misaki_missed_her_latest_due_date_at_least_five_days_back_and_none_before(office):
    misaki = row(office, "misaki").standing
    first, five_back = misaki.unmet[0].day, office.business_day() - timedelta(days=5)
    assert five_back - timedelta(days=36) < first <= five_back
    assert {due.nominal.day for due in misaki.unmet} == {5}


def test_nothing_happened_in_the_future(office):
    (latest,) = office.store.one("SELECT MAX(posted_at) FROM entry")
    assert latest <= office.now().timestamp() * 1_000_000


def test_starting_over_makes_the_same_people_again(office):
    before = office.store.rows("SELECT id, principal, states, last_seq FROM contract ORDER BY id")
    office.clock.move(timedelta(days=45))
    assert demo_books.age(office) == demo_books.Age(45, old=True)
    demo.start_over(office, str)
    assert office.store.rows("SELECT id, principal, states, last_seq FROM contract ORDER BY id") == before
    assert demo_books.age(office) == demo_books.Age(0, old=False)


def test_ken_has_exactly_as_many_entries_as_told_and_met_every_due_date(sqlite_url):
    from madoguchi.store.db import Store

    office = people.office(Store(sqlite_url))
    ken = contracts.read(office.store, people.ken(office, entries=300, years=2).contract_id)
    assert (ken.last_seq, ken.states, ken.standing.unmet) == (300, 0, ())


def test_no_round_is_run_while_the_people_are_being_made(sqlite_url, monkeypatch):
    monkeypatch.setattr(demo, "STORIES", [s for s in demo.STORIES if s[1] is demo_lives.hanako])
    made = people.office(Store(sqlite_url), demo=True)
    rounds_run = []

    def look(_said):
        if not rounds_run:
            rounds_run.append(threading.Thread(target=Scheduler(made).look, args=(None,)))
            rounds_run[0].start()
            rounds_run[0].join(0.5)
            assert not demo_books.is_made(made)

    demo.start_over(made, look)
    rounds_run[0].join()
    assert demo_books.is_made(made)


def test_only_who_had_a_mandate_by_then_was_debited(office):
    people.ken(office)
    debited = office.store.rows(
        "SELECT e.contract_id, MIN(e.posted_at) FROM entry e WHERE e.cause LIKE '口座振替%' "
        "GROUP BY e.contract_id"
    )
    mandates = dict(office.store.rows("SELECT contract_id, answered_at FROM mandate WHERE state = 'active'"))
    assert len(debited) == 1, "Ken"
    assert all(mandates[contract] <= first for contract, first in debited)


def test_the_notice_about_the_new_year_agrees_with_the_calendar():
    begins = datetime(2027, 1, 1, tzinfo=JAPAN)
    shut = shut_at(people.rules().maintenance, begins)
    assert (shut.begins, shut.ends) == (begins, begins + timedelta(days=1))
    assert "1月1日は終日、会員ログインとお取引をお休みします" in demo_news.WINTER[1]
