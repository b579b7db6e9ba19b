"""When guesses are an attack, at the edges of both bars."""

from datetime import UTC, datetime, timedelta

import pytest

from madoguchi.domain.attack import (
    AttackRules,
    code_first_until,
    hour_of,
    hours_before,
    pin_is_attacked,
    site_is_attacked,
    week_before,
)

RULES = AttackRules(
    pin_cards=20,
    pin_times=5,
    pin_most=200,
    site_failures=60,
    site_times=4,
    site_most=600,
    code_first_hours=6,
    tell_wait_minutes=30,
)
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def test_hours_are_those_of_the_wall_clock():
    hour = hour_of(NOON)
    assert hour_of(NOON + timedelta(minutes=59, seconds=59)) == hour
    assert hour_of(NOON + timedelta(hours=1)) == hour + 1
    assert hours_before(hour) == tuple(hour_of(NOON - timedelta(days=n)) for n in range(1, 8))
    assert week_before(hour) == hour_of(NOON - timedelta(days=7))


@pytest.mark.parametrize(
    ("usual", "bar"), [([], 20), ([28], 20), ([4] * 7, 20), ([8] * 7, 40), ([29], 20), ([90] * 7, 200)]
)
def test_a_pin_is_attacked_above_twenty_cards_or_five_times_what_is_usual(usual, bar):
    assert not pin_is_attacked(RULES, bar, usual)
    assert pin_is_attacked(RULES, bar + 1, usual)


@pytest.mark.parametrize(("week_ago", "bar"), [(0, 60), (15, 60), (16, 64), (100, 400), (5000, 600)])
def test_the_site_is_attacked_above_sixty_failures_or_four_times_last_weeks_hour(week_ago, bar):
    assert not site_is_attacked(RULES, bar, week_ago)
    assert site_is_attacked(RULES, bar + 1, week_ago)


def test_a_teacher_who_raises_the_bar_by_little_each_week_comes_to_an_end():
    failures = RULES.site_failures
    for _week in range(20):
        assert not site_is_attacked(RULES, failures, failures)
        failures = min(failures * RULES.site_times, RULES.site_most)
    assert site_is_attacked(RULES, RULES.site_most + 1, failures)


def test_an_alarm_asks_strangers_for_codes_for_six_hours():
    assert code_first_until(RULES, NOON) == NOON + timedelta(hours=6)
    assert code_first_until(RULES, None) is None
