"""Due dates: first, next, shifted, changed; minimum payments and the product that sets them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.due import (
    changed_nominal,
    first_due,
    next_nominal,
    previous_nominal,
    shift,
    window_opens,
)
from madoguchi.domain.product import (
    Cycle,
    DaysBefore,
    FirstDue,
    FixedDays,
    MinimumTable,
    PercentOfBalance,
    SincePreviousDue,
    minimum_payment,
    rate_for_limit,
    validate,
)
from tests.domain.products import CYCLE, FOUR_DAYS, SHIPPED, TABLE_CYCLE, TEN_DAYS_BEFORE, THREE_BANDS


@pytest.mark.parametrize(
    ("due_day", "drawn", "due"),
    [
        (5, date(2026, 11, 19), date(2026, 12, 5)),
        (5, date(2026, 11, 20), date(2027, 1, 5)),
        (5, date(2026, 11, 1), date(2026, 12, 5)),
        (15, date(2026, 11, 1), date(2026, 12, 15)),
        (15, date(2026, 12, 31), date(2027, 1, 15)),
        (25, date(2026, 11, 9), date(2026, 11, 25)),
        (25, date(2026, 11, 10), date(2026, 12, 25)),
        (31, date(2026, 2, 14), date(2026, 2, 28)),
        (31, date(2026, 2, 15), date(2026, 3, 31)),
        (31, date(2026, 12, 15), date(2027, 1, 31)),
    ],
)
def test_the_first_due_date_follows_the_table(due_day, drawn, due):
    assert first_due(FOUR_DAYS, due_day, drawn) == due


def test_the_series_is_nominal_and_each_date_is_shifted_on_its_own():
    december = date(2026, 12, 31)
    january = next_nominal(FOUR_DAYS, 31, december)
    assert (shift(december), january, shift(january)) == (
        date(2027, 1, 4),
        date(2027, 1, 31),
        date(2027, 2, 1),
    )


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(FOUR_DAYS.days))
def test_due_dates_follow_each_other_month_by_month(drawn, due_day):
    nominal = first_due(FOUR_DAYS, due_day, drawn)
    following = next_nominal(FOUR_DAYS, due_day, nominal)
    assert drawn < nominal < following <= nominal + timedelta(days=31)
    assert shift(nominal) < shift(following)
    assert previous_nominal(FOUR_DAYS, due_day, following) == nominal


def test_a_changed_due_day_leaves_fifteen_days():
    running = date(2026, 12, 5)
    assert [changed_nominal(day, running) for day in (15, 25, 31, 5)] == [
        date(2027, 1, 15),
        date(2026, 12, 25),
        date(2026, 12, 31),
        date(2027, 1, 5),
    ]
    assert changed_nominal(31, date(2026, 11, 15)) == date(2026, 11, 30)


def test_windows_open_after_the_previous_due_date_or_days_before():
    due, previous, drawn = date(2026, 12, 7), date(2026, 11, 5), date(2026, 11, 18)
    assert window_opens(SincePreviousDue(), due, previous) == date(2026, 11, 6)
    assert window_opens(SincePreviousDue(), due, None, drawn) == drawn
    assert window_opens(DaysBefore(10), due, previous) == date(2026, 11, 27)
    with pytest.raises(ValueError, match="drawdown"):
        window_opens(SincePreviousDue(), due, None)


@pytest.mark.parametrize(
    ("balance", "payment"),
    [
        (1, 1000),
        (27_000, 1000),
        (28_000, 2000),
        (300_000, 11_000),
        (300_001, 8_000),
        (1_000_000, 26_000),
        (1_000_001, 20_000),
        (0, 0),
    ],
)
def test_the_shipped_minimum_steps_at_its_bands(balance, payment):
    assert minimum_payment(THREE_BANDS, balance, 500_000) == payment


def test_a_table_steps_on_above_its_last_row():
    above = [
        minimum_payment(TABLE_CYCLE, balance, 0) for balance in (1_000_000, 1_000_001, 1_100_000, 1_100_001)
    ]
    assert above == [30_000, 31_000, 31_000, 32_000]


def test_a_rate_for_a_limit_never_passes_the_legal_cap():
    careless = replace(SHIPPED, rate_bands=((None, 1900),))
    assert [rate_for_limit(careless, limit) for limit in (50_000, 500_000, 1_500_000)] == [1900, 1800, 1500]
    assert [rate_for_limit(SHIPPED, limit) for limit in (999_999, 1_000_000)] == [1780, 1500]


def test_products_that_work_have_no_faults():
    edges = [{"window": DaysBefore(days)} for days in (1, 60)] + [{"due": Cycle(days)} for days in (7, 62)]
    edges += [{"free_days_first": days} for days in (0, 365)]
    products = [SHIPPED, CYCLE, TEN_DAYS_BEFORE, *(replace(SHIPPED, **edge) for edge in edges)]
    assert [fault for product in products for fault in validate(product)] == []


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"minimum": PercentOfBalance(((300_000, 361),))}, "minimum.bands"),
        ({"minimum": PercentOfBalance(())}, "minimum.bands"),
        ({"minimum": PercentOfBalance(((300_000, 361), (200_000, 253), (None, 199)))}, "minimum.bands"),
        ({"minimum": PercentOfBalance(((None, 0),))}, "minimum.bands"),
        ({"minimum": MinimumTable(())}, "minimum.rows"),
        ({"minimum": MinimumTable(((200_000, 8000), (100_000, 4000)))}, "minimum.rows"),
        ({"window": DaysBefore(0)}, "window.days"),
        ({"due": Cycle(3)}, "due.days"),
        ({"due": FixedDays(())}, "due.first_due"),
        ({"due": FixedDays((FirstDue(30, 14, 0, 1),))}, "due.first_due.30"),
        ({"due": FixedDays((FirstDue(5, 19, 0, 1),))}, "due.first_due.5"),
        ({"rate_bands": ((None, 1780),)}, "rates.bands"),
        ({"rate_bands": ((2_000_000, 1800), (None, 1500))}, "rates.bands"),
        ({"damages_rate": 2190}, "rates.damages"),
        ({"smallest_payment": 0}, "units.smallest_payment"),
        ({"drawdown_unit": 500}, "units.drawdown_unit"),
        ({"free_days_first": -1}, "free_days_first"),
    ],
)
def test_what_cannot_be_is_named_by_its_key(change, key):
    assert key in dict(validate(replace(SHIPPED, **change)))
