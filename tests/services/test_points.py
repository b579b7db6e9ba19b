"""Taking part in points, and earning them: each thing once, whatever is pressed or run again."""

from datetime import timedelta

import pytest

from madoguchi.services import choices, login, points, rounds
from madoguchi.services.choices import ELECTRONIC, NO, OFF, YES, Choice
from madoguchi.services.points import Joined, Left, NotIn
from madoguchi.services.posting import NotAllowed
from madoguchi.services.tries import SignedIn
from tests import people
from tests.support.guessing import place
from tests.support.mailbox import letters
from tests.support.money import one_at_a_time, sound
from tests.support.points import earn, entries, join
from tests.support.together import at_once

DAY = timedelta(days=1)


@pytest.fixture
def hanako(office):
    """花子 in her first days, who takes no part."""
    return people.newcomer(office, people.cast.HANAKO)


def sign_in(office):
    """Hanako signs in by card."""
    return login.by_card(office, people.cast.HANAKO.card, people.cast.HANAKO.pin, place())


def choose(office, who, **chosen):
    """Choose what is written in the names of Choice."""
    with office.store.transaction():
        choices.choose_within(office, who.member_id, {Choice[name]: value for name, value in chosen.items()})


def test_joining_and_leaving_are_told_by_letter_once_each(office, hanako):
    join(office, hanako)
    join(office, hanako)
    for _ in range(2):
        points.leave(office, hanako.member_id)
    (joined,), (left,) = (letters(office, kind) for kind in ("points_joined", "points_left"))
    assert (joined["count"], left["count"]) == ("100", "100")


def test_who_joins_gets_the_points_for_it_once_however_often_the_button_is_pressed(office, hanako):
    assert points.balance(office, hanako.member_id) is None
    assert join(office, hanako) == Joined(100, 100)
    assert join(office, hanako) == Joined(100, 0)
    assert points.balance(office, hanako.member_id) == 100
    assert sound(office)


def test_many_at_once_join_once(office, hanako):
    found = at_once(office, 4, lambda: join(office, hanako))
    assert sorted(one.earned for one in found) == [0, 0, 0, 100]
    assert entries(office, hanako) == [("joined", 100, 100)]


@pytest.mark.parametrize(("who", "code"), [("misaki", "A-03"), ("yui", "A-02"), ("sho", "A-01")])
def test_who_may_not_apply_cannot_join(office, who, code):
    refused = join(office, getattr(people, who)(office))
    assert isinstance(refused, NotAllowed)
    assert refused.refusal.code == code


def test_who_leaves_loses_the_points_and_returns_without_a_second_welcome(office, hanako):
    join(office, hanako)
    assert points.leave(office, hanako.member_id) == Left(100)
    assert points.leave(office, hanako.member_id) == NotIn()
    assert points.balance(office, hanako.member_id) is None
    assert sound(office)
    assert join(office, hanako) == Joined(0, 0)
    assert entries(office, hanako) == [("joined", 100, 100), ("left", -100, 0), ("joined", 0, 0)]
    assert sound(office)


def test_the_first_sign_in_of_a_month_earns_and_a_second_one_does_not(office, hanako):
    join(office, hanako)
    assert isinstance(sign_in(office), SignedIn)
    sign_in(office)
    assert points.balance(office, hanako.member_id) == 110
    office.clock.move(timedelta(days=11))  # 1 December
    sign_in(office)
    assert points.balance(office, hanako.member_id) == 120


def test_the_month_of_a_sign_in_is_the_one_in_japan(office, hanako):
    join(office, hanako)
    office.clock.move(timedelta(days=10, hours=13, minutes=59))  # 30 November, 23:59
    sign_in(office)
    office.clock.move(timedelta(minutes=1))
    sign_in(office)
    assert points.balance(office, hanako.member_id) == 120


def test_sign_ins_at_the_same_moment_earn_once(office, hanako):
    join(office, hanako)
    found = at_once(office, 2, lambda: sign_in(office))
    assert all(isinstance(one, SignedIn) for one in found)
    assert entries(office, hanako) == [("joined", 100, 100), ("sign_in", 10, 110)]


def test_who_takes_no_part_earns_nothing(office, hanako):
    sign_in(office)
    assert earn(office, hanako, 160) is None
    assert entries(office, hanako) == []


def test_an_income_document_earns_once_a_year(office, hanako):
    join(office, hanako)
    for year in (2026, 2026, 2027):
        with office.store.transaction():
            points.earn_income_document_within(office, hanako.member_id, year)
    assert points.balance(office, hanako.member_id) == 100 + 2 * 160


def close(office):
    """Run the round; returns how many members each day gave month-end points to."""
    return {str(closed.day): closed.done["points at month end"] for closed in rounds.close_days(office)}


def test_a_month_ends_with_points_for_what_was_chosen(office, hanako):
    join(office, hanako)
    choose(office, hanako, DELIVERY=ELECTRONIC, TRANSACTION_MAIL=NO)
    close(office)
    office.clock.move(timedelta(days=11))
    assert close(office)["2026-11-30"] == 1
    told = [kind for kind, amount, _ in entries(office, hanako)[1:] if amount == 1]
    assert told == ["reminder_mail", "electronic"]
    assert sound(office)


def test_who_has_everything_off_gets_nothing_at_the_end(office, hanako):
    join(office, hanako)
    choose(office, hanako, REMINDER_DAYS=OFF, TRANSACTION_MAIL=NO)
    close(office)
    office.clock.move(timedelta(days=11))
    close(office)
    assert points.balance(office, hanako.member_id) == 100


def test_a_late_round_gives_what_was_chosen_then_and_for_each_month_once(office, hanako):
    join(office, hanako)
    close(office)
    office.clock.move(timedelta(days=12))  # 2 December, no round since
    choose(office, hanako, TRANSACTION_MAIL=NO)
    office.clock.move(timedelta(days=31))
    close(office)
    close(office)
    ends = office.store.rows("SELECT day, kind FROM point_entry WHERE amount = 1 ORDER BY seq")
    assert ends == [
        (20261130, "reminder_mail"),
        (20261130, "transaction_mail"),
        (20261231, "reminder_mail"),
    ]


def test_who_joined_after_the_month_gets_nothing_for_it(office, hanako):
    close(office)
    office.clock.move(timedelta(days=12))
    join(office, hanako)
    close(office)
    assert points.balance(office, hanako.member_id) == 100


def test_a_step_that_was_stopped_goes_on_and_gives_each_member_its_points_once(office, hanako, monkeypatch):
    one_at_a_time(monkeypatch)
    ichiro = people.ichiro(office)
    for who in (hanako, ichiro):
        join(office, who)
    end = office.business_day() + timedelta(days=10)
    office.clock.move(timedelta(days=11))
    with office.store.transaction():
        assert points.earn_at_month_end(office, end, 0, 1) == [hanako.member_id]
    close(office)
    assert [points.balance(office, who.member_id) for who in (hanako, ichiro)] == [102, 102]


def test_a_choice_made_back_and_forth_counts_as_it_stood_when_the_day_ended(office, hanako):
    join(office, hanako)
    choose(office, hanako, TRANSACTION_MAIL=NO)
    choose(office, hanako, TRANSACTION_MAIL=YES)
    close(office)
    office.clock.move(timedelta(days=11))
    close(office)
    assert points.balance(office, hanako.member_id) == 102


def test_the_database_takes_no_entry_that_does_not_follow_and_changes_none(office, hanako):
    join(office, hanako)
    bad = (
        "INSERT INTO point_entry (member_id, seq, kind, amount, balance, day, at, cause) "
        "VALUES (?, 2, 'sign_in', 10, 999, 20261120, 1, 'x')",
        "INSERT INTO point_entry (member_id, seq, kind, amount, balance, day, at, cause) "
        "VALUES (?, 3, 'sign_in', 10, 110, 20261120, 1, 'x')",
        "UPDATE point_entry SET amount = 5 WHERE member_id = ?",
        "DELETE FROM point_entry WHERE member_id = ?",
    )
    for sql in bad:
        with pytest.raises(Exception, match=r"follows|append-only"), office.store.transaction():
            office.store.write(sql, (hanako.member_id,))
