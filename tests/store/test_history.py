"""Reads of a contract's entries: pages by keyset under any filter, bounded sums, balances of days."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madoguchi.domain.history import EVERYTHING, Filters, totals
from madoguchi.domain.ledger import EntryKind as Kind
from madoguchi.domain.standing import Standing
from madoguchi.store import history, members
from madoguchi.store.members import NewMember
from madoguchi.store.values import day_in

FIRST = date(2026, 1, 5)
JOINED = datetime(2026, 1, 5, tzinfo=UTC)
COLUMNS = (*history.COLUMNS, "contract_id", "posted_at", "idempotency_key")


@pytest.fixture
def books(database):
    """Two contracts of Hanako: entries on every third day, three at a time."""
    with database.transaction():
        who = NewMember("100000019", "佐藤 花子", "サトウ ハナコ", date(1990, 4, 1))
        member = members.add(database, who, JOINED)
        opened = Standing.opened(500_000, 1780, 25, FIRST)
        first, second = (members.add_contract(database, member, FIRST, opened) for _ in range(2))
        # Their lines are no matter here, so the seal that asks for them is taken off.
        database.write("DROP TRIGGER entry_balanced" + ("" if database.sqlite else " ON entry"))
        rows = [_row(first, seq) for seq in range(1, 61)] + [_row(second, seq) for seq in range(1, 4)]
        database.insert_many("entry", COLUMNS, rows)
    return database, first, second


def _row(contract, seq):
    kind = (Kind.DRAWDOWN, Kind.REPAYMENT, Kind.FEE)[seq % 3]
    day = FIRST + timedelta(days=(seq - 1) // 3 * 3)
    stored = int(day.strftime("%Y%m%d"))
    amounts = (1000 * (seq % 7 + 1), 0, seq % 2, seq, 500, 0, 100_000 + seq)
    return (seq, int(kind), stored, *amounts, "ATM", contract, 0, f"{contract}:{seq}")


def _walk(store, contract, filters, most):
    """All pages after one another, as a member turns them."""
    after = None
    while page := history.page(store, contract, filters, after, most):
        yield from page
        after = (page[-1][2], page[-1][0])


def test_pages_follow_one_another_and_give_each_entry_once_newest_first(books):
    store, first, _ = books
    assert [row[0] for row in _walk(store, first, EVERYTHING, 7)] == list(range(60, 0, -1))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([None, Kind.DRAWDOWN, Kind.REPAYMENT]), st.none() | st.integers(0, 60),
    st.none() | st.integers(0, 60), st.none() | st.integers(0, 8000), st.integers(1, 40),
)  # fmt: skip
def test_under_any_filter_the_pages_are_the_stream_and_the_stream_is_what_was_asked(
    books, kind, since, until, low, most
):
    store, first, _ = books
    filters = Filters(
        None if since is None else FIRST + timedelta(days=since),
        None if until is None else FIRST + timedelta(days=until), kind, low,
    )  # fmt: skip
    told = list(history.stream(store, first, filters))
    asked = [row for row in history.stream(store, first, EVERYTHING) if _matches(row, filters)]
    assert told == asked == list(_walk(store, first, filters, most))
    summed, _ = history.overview(store, first, filters, None, [])
    assert summed == totals((row[1], row[3], row[6], row[5]) for row in asked)


def _matches(row, filters):
    day = day_in(row[2])
    return (
        (filters.since is None or day >= filters.since)
        and (filters.until is None or day <= filters.until)
        and (filters.kind is None or row[1] == filters.kind)
        and (filters.low is None or row[3] >= filters.low)
    )


def test_sums_are_over_the_newest_and_stop_where_they_are_told_to(books):
    store, first, _ = books
    summed, _ = history.overview(store, first, EVERYTHING, 10, [])
    newest = itertools.islice(history.stream(store, first, EVERYTHING), 10)
    assert summed == totals((row[1], row[3], row[6], row[5]) for row in newest)


def test_a_balance_is_the_one_at_the_end_of_its_day_and_none_stands_before_the_first_entry(books):
    store, first, _ = books
    days = [FIRST - timedelta(days=1), FIRST, FIRST + timedelta(days=4), date(2026, 12, 31)]
    _, balances = history.overview(store, first, EVERYTHING, 1, days)
    assert balances == [(days[1], 100_003), (days[2], 100_006), (days[3], 100_060)]


def test_an_entry_of_another_contract_is_none(books):
    store, first, second = books
    assert history.entry(store, first, 4)[0] == 4
    assert history.entry(store, second, 4) is None


def test_what_was_borrowed_after_a_day_is_told_oldest_first(books):
    store, first, _ = books
    found = history.drawn_after(store, first, FIRST, 2)
    assert found == [(FIRST + timedelta(days=3), 7000), (FIRST + timedelta(days=6), 3000)]


def test_a_month_long_ago_is_found_by_the_index_and_not_by_walking_back(books):
    store, first, _ = books
    sql = history._page_sql((True, True, False, False, False), True)
    plan = _plan(store, sql, (first, 20260105, 20260131, 20260120, 9, 31))
    assert "entry_day" in plan
    assert "value_date>" in plan.partition("entry_day")[2], "the index is not entered at the first day"
    assert "value_date<" in plan.partition("entry_day")[2], "the index is not left at the last day"
    assert not [word for word in UNWANTED if word in plan]


def test_the_sums_of_a_month_are_read_from_the_index_alone(books):
    store, first, _ = books
    sql = history._overview_sql((True, True, False, False, False), True, 0)
    plan = _plan(store, sql, (first, 20260105, 20260131, 2000))
    # PostgreSQL weighs how many pages everybody can see, which a table of a few rows has not noted yet.
    assert ("COVERINGINDEXentry_day" if store.sqlite else "entry_day") in plan


UNWANTED = ("Sort", "TEMPB-TREE", "Filter")  # what either database says when the index does not do it all


def _plan(store, sql, asked):
    """How the database looks for rows, without blanks; PostgreSQL is told not to read a small table whole."""
    if store.sqlite:
        lines = [row[-1] for row in store.rows("EXPLAIN QUERY PLAN " + sql, asked)]
    else:
        store.rows("SELECT set_config('enable_seqscan', 'off', false)")
        lines = [row[0] for row in store.rows("EXPLAIN " + sql, asked)]
    return "".join("\n".join(lines).split(" "))
