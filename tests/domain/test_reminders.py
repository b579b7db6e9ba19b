"""When a reminder's moment has come: from its hour on while its due date is ahead, and never at night."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.quiet import Quiet
from madoguchi.domain.reminders import MOST_DAYS, moment_of, windows
from madoguchi.ports import JAPAN

QUIET = Quiet()
DUE = date(2026, 11, 25)
MOMENTS = st.datetimes(datetime(2026, 11, 14), datetime(2026, 11, 27)).map(lambda m: m.replace(tzinfo=JAPAN))


def stands_in(windows_, days, hour, due=DUE):
    """How many windows hold a contract of these choices."""
    return sum(w.days == days and w.first <= due <= w.last and hour <= w.hour for w in windows_)


@given(MOMENTS, st.integers(1, MOST_DAYS), st.sampled_from(QUIET.hours))
def test_a_contract_stands_in_one_window_just_while_its_reminder_is_to_be_written(here, days, hour):
    to_write = moment_of(DUE, days, hour, JAPAN) <= here and here.date() < DUE
    by_day = QUIET.ends <= here.time() < QUIET.begins
    assert stands_in(windows(here, QUIET), days, hour) == (to_write and by_day)


def test_an_hour_that_the_lender_offers_no_longer_counts_as_the_last_of_the_day():
    early = Quiet(time(19), time(8))
    the_day = datetime.combine(DUE - timedelta(days=1), time(0), JAPAN)
    assert not stands_in(windows(the_day.replace(hour=17, minute=59), early), 1, 20)
    assert stands_in(windows(the_day.replace(hour=18), early), 1, 20)


def test_nothing_is_asked_of_the_books_at_night():
    assert windows(datetime(2026, 11, 22, 21, 0, tzinfo=JAPAN), QUIET) == ()
