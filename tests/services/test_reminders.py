"""Reminders: one for each due date, at the chosen hour or later, and to nobody who owes nothing by then."""

import json
from datetime import timedelta

import pytest

from madoguchi.services import choices, post, reminders, rounds
from madoguchi.services.choices import Choice
from tests import people
from tests.support.debits import made, mandated, with_bank
from tests.support.money import DAY, draw, pay, standing
from tests.support.post import Bag, with_carriers

HOUR = timedelta(hours=1)


@pytest.fixture
def hanako(office):
    """佐藤 花子, who owes 9,000 yen by Wednesday 25 November; it is Friday the 20th, 10:00."""
    return after_the_round(office, people.hanako)


def after_the_round(office, make):
    """Somebody of the cast, after the round of the night."""
    who = make(office)
    list(rounds.close_days(office))
    return who


def told(office):
    """What each reminder says, in the order they were written."""
    found = office.store.rows("SELECT facts FROM letter WHERE kind = 'reminder' ORDER BY id")
    return [json.loads(facts) for (facts,) in found]


def choose(office, who, days=None, hour=None):
    """Choose by an act."""
    chosen = {Choice.REMINDER_DAYS: days, Choice.REMINDER_HOUR: hour}
    with office.store.transaction():
        choices.choose_within(
            office, who.member_id, {name: str(value) for name, value in chosen.items() if value}
        )


def test_three_days_before_at_ten_the_member_is_told_once(office, hanako):
    office.clock.move(2 * DAY - HOUR)
    assert reminders.run(office) == 0
    office.clock.move(HOUR)
    assert [reminders.run(office) for _ in range(3)] == [1, 0, 0]
    (letter,) = told(office)
    assert letter == {
        "name": "佐藤 花子", "day": "11月25日（水）", "today": "11月22日（日）",
        "days": "3", "amount": "9,000", "debit": "", "late": "",
    }  # fmt: skip


def test_a_worker_that_comes_on_the_due_date_sends_no_reminder_any_more(office, hanako):
    bag = Bag()
    office = with_carriers(office, bag)
    office.clock.move(2 * DAY)
    assert reminders.run(office) == 1
    office.clock.move(3 * DAY)  # the 25th, 10:00
    while post.deliver(office):
        pass
    assert not [one for one in bag.messages if "ご返済日まで" in one.printed.text]
    assert office.store.rows("SELECT state, last_error FROM letter WHERE kind = 'reminder'") == [
        ("poison", post.TOO_LATE)
    ]


@pytest.mark.parametrize("late", [0, 1, 2])
def test_a_reminder_says_of_which_day_it_counts_however_late_it_goes_out(office, hanako, late):
    bag = Bag()
    office = with_carriers(office, bag)
    office.clock.move(2 * DAY)
    reminders.run(office)
    office.clock.move(late * DAY)
    while post.deliver(office):
        pass
    message = bag.messages[-1]
    assert "11月22日（日）の時点で、ご返済日まであと3日です" in message.printed.text


@pytest.mark.parametrize("days", range(1, 8))
def test_each_number_of_days_counts_back_from_the_shifted_due_date(office, days):
    ichiro = people.newcomer(office, due_day=31)
    draw(office, ichiro, 50_000)
    due = standing(office, ichiro).running
    assert (str(due.nominal), str(due.day)) == ("2026-12-31", "2027-01-04")
    choose(office, ichiro, days=days, hour=20)
    office.clock.move((due.day - office.business_day()) - days * DAY + 10 * HOUR - timedelta(minutes=1))
    assert reminders.run(office) == 0
    office.clock.move(timedelta(minutes=1))
    assert (reminders.run(office), told(office)[0]["days"]) == (1, str(days))


def test_hours_that_were_missed_are_caught_up_while_the_due_date_is_ahead(office, hanako):
    office.clock.move(4 * DAY + 10 * HOUR)  # the 24th, 20:00
    assert reminders.run(office) == 1
    assert told(office)[0]["days"] == "1"


def test_on_the_due_date_itself_it_is_too_late(office, hanako):
    office.clock.move(5 * DAY)
    assert (reminders.run(office), told(office)) == (0, [])


def test_at_night_nothing_is_written_and_in_the_morning_it_is_caught_up(office, hanako):
    office.clock.move(2 * DAY + 11 * HOUR)  # the 22nd, 21:00
    assert reminders.run(office) == 0
    office.clock.move(11 * HOUR)
    assert reminders.run(office) == 1


def test_a_changed_choice_never_brings_a_second_letter(office, hanako):
    office.clock.move(2 * DAY)
    assert reminders.run(office) == 1
    for days, hour in ((1, 8), (2, 20), (7, 12), (1, 10)):
        choose(office, hanako, days=days, hour=hour)
        office.clock.move(12 * HOUR)
        reminders.run(office)
    assert len(told(office)) == 1


def test_a_choice_whose_moment_has_passed_is_caught_up_at_once(office, hanako):
    choose(office, hanako, days=7)
    assert reminders.run(office) == 1
    assert told(office)[0]["days"] == "5"


def test_who_wants_none_gets_none_and_who_wants_them_back_gets_them(office, hanako):
    choose(office, hanako, days="off")
    office.clock.move(3 * DAY)
    assert reminders.run(office) == 0
    choose(office, hanako, days=3)
    assert reminders.run(office) == 1


def test_the_next_due_date_has_a_reminder_of_its_own(office, hanako):
    office.clock.move(2 * DAY)
    reminders.run(office)
    pay(office, hanako, 9_000)
    office.clock.move(30 * DAY)  # 22 December
    list(rounds.close_days(office))
    reminders.run(office)
    assert [letter["day"] for letter in told(office)] == ["11月25日（水）", "12月25日（金）"]


def test_a_due_date_that_is_met_is_not_reminded_of(office, hanako):
    pay(office, hanako, 9_000)
    office.clock.move(2 * DAY)
    assert (reminders.run(office), told(office)) == (1, [])


def test_what_was_paid_in_part_is_taken_off(office, hanako):
    pay(office, hanako, 2_000)
    office.clock.move(2 * DAY)
    reminders.run(office)
    assert told(office)[0]["amount"] == "7,000"


def test_remainders_new_and_closed_contracts_are_left_alone(office):
    for make in (people.daisuke, people.ichiro, people.sho):
        make(office)
    for _ in range(60):
        office.clock.move(DAY)
        reminders.run(office)
    assert told(office) == []


def test_who_is_late_is_reminded_of_what_comes_and_told_that_something_is_left(office):
    misaki = people.misaki(office)
    list(rounds.close_days(office))
    due = standing(office, misaki).running.day
    office.clock.move((due - office.business_day()) - 3 * DAY)
    list(rounds.close_days(office))
    reminders.run(office)
    assert told(office)[0]["late"] == "yes"


def test_a_debit_that_will_be_asked_for_says_that_the_account_is_to_be_filled(office, hanako, tmp_path):
    office = with_bank(office, tmp_path)
    mandated(office, hanako)
    office.clock.move(2 * DAY)
    reminders.run(office)
    assert told(office)[0]["debit"] == "planned"


def test_a_debit_at_the_bank_warns_against_paying_twice(office, hanako, tmp_path):
    office = with_bank(office, tmp_path)
    mandated(office, hanako)
    choose(office, hanako, days=1)
    office.clock.move(3 * DAY)
    made(office, standing(office, hanako).running.day)
    office.clock.move(DAY)
    reminders.run(office)
    assert (told(office)[0]["debit"], told(office)[0]["amount"]) == ("at_bank", "9,000")


def test_a_mandate_that_comes_too_late_for_the_file_does_not_promise_a_debit(office, hanako, tmp_path):
    office = with_bank(office, tmp_path)
    made(office, standing(office, hanako).running.day)
    mandated(office, hanako)
    office.clock.move(2 * DAY)
    reminders.run(office)
    assert told(office)[0]["debit"] == ""


def test_a_deposit_that_covers_the_due_date_needs_no_reminder(office, hanako):
    whole = standing(office, hanako).debt
    pay(office, hanako, whole + 20_000, "all")
    draw(office, hanako, 10_000)
    due = standing(office, hanako).running.day
    assert standing(office, hanako).deposit
    office.clock.move((due - office.business_day()) - 2 * DAY)
    reminders.run(office)
    assert told(office) == []
