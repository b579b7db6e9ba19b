"""lender.toml's words on maintenance, and that a demo by the real clock is not shut by them."""

from datetime import time, timedelta

import pytest

import config
from madoguchi.adapters.wiring import make_office
from madoguchi.domain.maintenance import Weekly, Yearly
from madoguchi.lender import load
from madoguchi.sections import RulesError
from tests import people

SHIPPED = (people.ROOT / "lender.toml").read_text(encoding="utf-8")


def test_the_shipped_calendar_is_mondays_until_seven_and_new_years_day():
    found = people.rules().maintenance
    assert found.weekly == (Weekly(0, time(0), timedelta(hours=7)),)
    assert found.yearly == (Yearly(1, 1, time(0), timedelta(hours=24)),)
    assert (found.mercy_hours, found.notice_hours) == (6, 24)


@pytest.mark.parametrize(
    ("line", "to", "told"),
    [
        ('day = "monday"', 'day = "Montag"', "weekly.0..day must be one of monday"),
        ("hours = 7", "hours = 25", "weekly.0..hours must lie between 1 and 24"),
        ('date = "01-01"', 'date = "02-30"', "yearly.0..date must be a day of the year"),
        ('date = "01-01"', 'date = "1.1."', "yearly.0..date must be a day of the year"),
        ("mercy_hours = 6", "mercy_hours = 0", "maintenance.mercy_hours must lie between"),
        ("mercy_hours = 6", "", "maintenance.mercy_hours is missing"),
        ("hour = 5", "hour = 0", "lost_card.hour must lie between"),
    ],
)
def test_what_cannot_be_is_told_with_its_key(tmp_path, line, to, told):
    assert f"\n{line}" in SHIPPED
    file = tmp_path / "lender.toml"
    head, _, tail = SHIPPED.rpartition(f"\n{line}")
    file.write_text(f"{head}\n{to}{tail}", encoding="utf-8")
    with pytest.raises(RulesError, match=told):
        load(file)


def test_a_lender_without_windows_is_never_shut_by_the_calendar(tmp_path):
    file = tmp_path / "lender.toml"
    file.write_text(SHIPPED.partition("[[maintenance.weekly]]")[0], encoding="utf-8")
    assert load(file).maintenance.weekly == load(file).maintenance.yearly == ()


@pytest.mark.parametrize(("clock", "windows"), [("", 0), ("2026-11-20T10:00+09:00", 2)])
def test_a_demo_is_shut_by_the_calendar_only_where_its_clock_was_set(tmp_path, clock, windows):
    settings = config.from_environment({"MADOGUCHI_DATA": str(tmp_path), "MADOGUCHI_CLOCK": clock})
    found = make_office(settings).rules.maintenance
    assert len(found.weekly) + len(found.yearly) == windows
    assert found.mercy_hours == 6
