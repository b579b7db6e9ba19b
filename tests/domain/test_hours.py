"""When the phone is answered and when a question is read."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from madoguchi.domain.hours import Closed, Hours, Open, phone_state, read_from

JAPAN = timezone(timedelta(hours=9))
HOURS = Hours()


def at(text: str) -> datetime:
    """A moment in Japan."""
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-11-20T09:00", Open(at("2026-11-20T18:00"))),
        ("2026-11-20T17:59:59", Open(at("2026-11-20T18:00"))),
        ("2026-11-20T08:59", Closed(at("2026-11-20T09:00"))),
        ("2026-11-20T18:00", Closed(at("2026-11-24T09:00"))),
        ("2026-11-23T10:00", Closed(at("2026-11-24T09:00"))),
        ("2026-12-30T18:00", Closed(at("2027-01-04T09:00"))),
    ],
)
def test_the_phone_is_answered_on_business_days_in_its_hours(moment, state):
    assert phone_state(HOURS, at(moment)) == state


def test_loss_theft_and_misuse_are_answered_around_the_clock():
    night = at("2027-01-01T03:00")
    assert phone_state(HOURS, night, "theft") == Open(None)
    assert isinstance(phone_state(HOURS, night, "payment"), Closed)


def test_a_moment_elsewhere_is_seen_as_japans():
    morning = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    assert phone_state(HOURS, morning) == Open(at("2026-11-20T18:00"))
    with pytest.raises(ValueError, match="time zone"):
        phone_state(HOURS, datetime(2026, 11, 20, 9, 30))


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("2026-11-20T12:00", "2026-11-20T12:00"),
        ("2026-11-20T20:59", "2026-11-20T20:59"),
        ("2026-11-20T21:00", "2026-11-24T09:00"),
        ("2026-11-19T22:00", "2026-11-20T09:00"),
        ("2026-11-20T03:00", "2026-11-20T09:00"),
        ("2026-11-22T12:00", "2026-11-24T09:00"),
    ],
)
def test_a_question_by_night_or_on_a_closed_day_is_read_the_next_morning(sent, read):
    assert read_from(HOURS, at(sent)) == at(read)


def test_hours_that_close_before_they_open_are_refused():
    with pytest.raises(ValueError, match="before they close"):
        Hours(opens=Hours().closes, closes=Hours().opens)
