"""Codes of the second step: how they are read, and when the next may be sent."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from madoguchi.domain import codes
from madoguchi.domain.codes import CodeRules, Level, SentCode, Typed
from madoguchi.ports import JAPAN

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=JAPAN)
RULES = CodeRules(minutes=10, tries=5, apart_seconds=60, hour=3, day=10, networks=3)


def sent(*minutes_ago, used=False):
    """Codes sent so many minutes ago."""
    return [SentCode(NOW - timedelta(minutes=ago), used) for ago in minutes_ago]


@pytest.mark.parametrize(
    "typed", ["123456", "１２３４５６", "123 456", "123-456", " １２３ー４５６ ", "12　34　56"]
)
def test_six_digits_are_read_in_any_width_and_grouping(typed):
    assert codes.read(typed) == Typed(digits="123456")


@pytest.mark.parametrize("typed", ["ab2de-fg3hk", "AB2DE FG3HK", "ａｂ２ｄｅーｆｇ３ｈｋ", "ab2defg3hk"])
def test_a_recovery_code_is_read_in_any_case_and_width(typed):
    assert codes.read(typed) == Typed(recovery="ab2defg3hk")


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "²23456", "12345a", "ab0de-fg1hk", "١٢٣٤٥٦"])
def test_anything_else_is_no_code(typed):
    assert codes.read(typed) is None


@given(some.lists(some.integers(0, 30), min_size=10, max_size=10))
def test_every_recovery_code_that_is_made_is_read_back(picks):
    made = codes.recovery_of(picks)
    assert codes.read(made).recovery == made.replace("-", "")


@given(some.integers(0, codes.CODES - 1))
def test_every_code_that_is_sent_is_read_back(number):
    assert codes.read(codes.code_of(number)) == Typed(digits=codes.code_of(number))


@pytest.mark.parametrize(
    ("before", "minutes"),
    [
        (sent(), None),
        (sent(0.5), 0.5),
        (sent(1), None),
        (sent(2, 30, 59), 1),
        (sent(2, 30, 61), None),
        (sent(0.5, 30, 59), 1),
        (sent(*range(100, 200, 10)), 24 * 60 - 190),
        (sent(0.5, used=True), None),
        (sent(*range(100, 200, 10), used=True), 24 * 60 - 190),
    ],
)
def test_the_next_code_waits_for_the_minute_the_hour_and_the_day(before, minutes):
    expected = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert codes.next_at(RULES, before, codes.NOBODY, NOW) == expected


@pytest.mark.parametrize(
    ("asker", "minutes"), [("a", 30), ("b", None), (codes.KNOWN, None), (codes.NOBODY, None)]
)
def test_one_network_uses_up_its_own_budget_and_no_others(asker, minutes):
    before = [SentCode(NOW - timedelta(minutes=ago), False, "a") for ago in (10, 20, 30)]
    expected = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert codes.next_at(RULES, before, asker, NOW) == expected


@pytest.mark.parametrize(("asker", "minutes"), [("d", 20), (codes.KNOWN, None), (codes.NOBODY, None)])
def test_all_networks_together_use_up_three_budgets_but_not_the_members_own(asker, minutes):
    before = [
        SentCode(NOW - timedelta(minutes=ago), False, network)
        for network in ("a", "b", "c") for ago in (10, 20, 40)
    ]  # fmt: skip
    expected = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert codes.next_at(RULES, before, asker, NOW) == expected


def test_an_address_is_told_to_its_owner_alone():
    assert codes.masked("hanako@example.jp") == "h…@example.jp"
    assert codes.masked("090-1234-5678") == "末尾 5678 の携帯電話"


def test_the_stricter_level_wins():
    assert codes.stricter(Level.NEW_DEVICE, Level.OFF) is Level.NEW_DEVICE
    assert codes.stricter(Level.NEW_DEVICE, Level.ALWAYS) is Level.ALWAYS
