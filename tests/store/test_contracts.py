"""The cached figures of a contract are the standing, to the last field."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.state import Due, Standing
from madoguchi.store import contracts

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
yen = st.integers(0, 9_999_999)
dues = st.builds(Due, days, days, days, yen, st.booleans())
unmet = st.builds(Due, days, days, days, yen, st.just(False), yen)
standings = st.builds(
    Standing,
    limit=yen,
    due_day=st.sampled_from((0, 5, 15, 25, 31)),
    rates=st.lists(st.tuples(days, st.integers(1, 2000)), min_size=1, max_size=3).map(tuple),
    principal=yen,
    fees=yen,
    carried_damages=yen,
    carried_interest=yen,
    deposit=yen,
    interest_units=st.integers(0, 2**60),
    damages_units=st.integers(0, 2**60),
    accrued_to=st.none() | days,
    since=st.none() | days,
    minimum=yen,
    running=st.none() | dues,
    unmet=st.lists(unmet, max_size=3).map(tuple),
    late_since=st.none() | days,
    free=st.lists(st.tuples(days, days), max_size=2).map(tuple),
    first_drawn=st.none() | days,
    pending_due_day=st.none() | st.just(15),
    first_contract=st.booleans(),
)


@given(standings)
def test_a_standing_comes_back_whole_from_its_columns(standing):
    row = contracts.columns_of(standing)
    assert contracts.standing_of(row) == standing
    assert contracts.standing_of(("before", *row, "after"), at=1) == standing


@given(standings)
def test_the_rate_beside_the_rates_is_the_newest(standing):
    columns = dict(zip(contracts.COLUMNS, contracts.columns_of(standing), strict=True))
    assert columns["rate"] == standing.rate


def test_every_field_of_a_standing_has_its_column():
    row = contracts.columns_of(Standing.opened(100_000, 1800, 5, date(2026, 11, 20)))
    assert len(row) == len(contracts.COLUMNS) == contracts.WIDTH
