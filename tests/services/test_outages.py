"""Outages as staff publish them: what is refused, what stands, and when what is shut is back."""

from datetime import datetime, timedelta

import pytest

from madoguchi.domain.maintenance import JAPAN, Function
from madoguchi.services import availability, outages
from madoguchi.services.outages import Published, Refused, Why
from tests.support.members import statements

REPAYING, HOUR = {Function.REPAYING}, timedelta(hours=1)


def shut(office, function=Function.REPAYING):
    """Why a function is shut now."""
    return availability.board(office).shut(function, office.now())


def test_one_that_begins_shuts_its_functions_at_once_and_only_those(office):
    made = outages.begin(office, REPAYING, "銀行につながりません", "desk1", expected=office.now() + HOUR)
    found = shut(office)
    assert (found.by.number, found.back, found.sure) == (made.outage_id, office.now() + HOUR, False)
    assert shut(office, Function.BORROWING) is None


def test_what_is_expected_and_has_passed_promises_nothing_more(office):
    outages.begin(office, REPAYING, "銀行につながりません", "desk1", expected=office.now() + HOUR)
    office.clock.move(2 * HOUR)
    assert shut(office).back is None


def test_one_that_ends_is_told_among_the_past_with_what_was_said(office):
    made = outages.begin(office, REPAYING, "銀行につながりません", "desk1")
    outages.tell(office, made.outage_id, "原因を調べています", "desk1")
    office.clock.move(HOUR)
    assert outages.end(office, made.outage_id, "desk2") == Published(made.outage_id)
    (past,) = availability.status(office).past
    assert (past.ends, [note.text for note in past.notes]) == (office.now(), ["原因を調べています"])
    assert shut(office) is None
    assert outages.end(office, made.outage_id, "desk2") == Refused(Why.UNKNOWN)


def test_one_that_is_announced_shuts_in_its_time_and_not_before(office):
    begins = office.now() + HOUR
    outages.announce(office, REPAYING, begins, begins + HOUR, "入れ替えます", "desk1")
    assert shut(office) is None
    assert availability.board(office).shut(Function.REPAYING, begins).back == begins + HOUR
    office.clock.move(2 * HOUR)
    assert shut(office) is None


def test_one_after_the_other_is_back_when_the_last_is_over(office):
    monday = datetime(2026, 11, 23, 6, 30, tzinfo=JAPAN)
    outages.announce(office, REPAYING, monday, monday + HOUR, "入れ替えます", "desk1")
    office.clock.move(monday - office.now())
    assert shut(office).back == monday + HOUR
    assert shut(office, Function.BORROWING).back == datetime(2026, 11, 23, 7, 0, tzinfo=JAPAN)


def test_what_was_published_in_error_is_withdrawn(office):
    made = outages.begin(office, REPAYING, "間違い", "desk1")
    outages.withdraw(office, made.outage_id, "desk1")
    assert shut(office) is None
    assert outages.tell(office, made.outage_id, "まだ", "desk1") == Refused(Why.UNKNOWN)


@pytest.mark.parametrize(
    ("what", "words", "begins", "ends", "why"),
    [
        (set(), "点検", 1, 2, Why.NO_FUNCTION),
        (REPAYING, "  ", 1, 2, Why.NO_WORDS),
        (REPAYING, "あ" * 501, 1, 2, Why.TOO_LONG),
        (REPAYING, "点検", 2, 1, Why.BACKWARDS),
        (REPAYING, "点検", -2, 0, Why.BACKWARDS),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(office, what, words, begins, ends, why):
    now = office.now()
    refused = outages.announce(office, what, now + begins * HOUR, now + ends * HOUR, words, "desk1")
    assert refused == Refused(why)


def test_nothing_begins_or_ends_in_the_future(office):
    ahead = office.now() + HOUR
    assert outages.begin(office, REPAYING, "点検", "desk1", at=ahead) == Refused(Why.AHEAD)
    made = outages.begin(office, REPAYING, "点検", "desk1")
    assert outages.end(office, made.outage_id, "desk1", at=ahead) == Refused(Why.AHEAD)


def test_a_look_asks_one_statement_and_the_page_two(office):
    with statements(office.store) as asked:
        availability.board(office)
    assert len(asked) == 1
    with statements(office.store) as asked:
        availability.status(office)
    assert len(asked) == 2
