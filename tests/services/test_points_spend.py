"""Spending points: the effect and the entry in one act, once, and books that agree."""

from datetime import timedelta

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.services import contracts, points, points_spend, posting, rounds, verify
from madoguchi.services.atm_limits import fee_of
from madoguchi.services.points_spend import Spent
from madoguchi.services.posting import NotAllowed
from tests import people
from tests.support.money import pay, sound, standing
from tests.support.points import entries, join, rich, spend
from tests.support.together import at_once, each_at_once

DAY = timedelta(days=1)


@pytest.fixture
def hanako(office):
    """花子, who owes about 230,000 yen and has points for everything."""
    return rich(office, people.hanako(office))


def code(outcome):
    """The reason code of a refusal."""
    assert isinstance(outcome, NotAllowed), outcome
    return outcome.refusal.code


def test_fees_at_atms_are_waived_from_today_to_the_end_of_next_month(office, hanako):
    today = office.business_day()
    assert fee_of(office, hanako.contract_id, 20_000, today) == 220
    bought = spend(office, hanako, "atm").entry
    assert (str(bought.first_day), str(bought.last_day), bought.amount) == ("2026-11-20", "2026-12-31", -40)
    assert fee_of(office, hanako.contract_id, 20_000, today) == 0
    assert fee_of(office, hanako.contract_id, 20_000, bought.last_day) == 0
    assert fee_of(office, hanako.contract_id, 20_000, bought.last_day + DAY) == 220
    assert sound(office)


def test_a_waiver_can_be_prolonged_when_the_next_month_has_come_and_not_before(office, hanako):
    spend(office, hanako, "atm", "first-form-key-1")
    assert code(spend(office, hanako, "atm", "second-form-key-1")) == "P-04"
    pay(office, hanako, 9_000)  # what is due on the 25th
    office.clock.move(timedelta(days=15))
    bought = spend(office, hanako, "atm", "third-form-key-1").entry
    assert str(bought.last_day) == "2027-01-31"


def test_interest_free_days_begin_tomorrow_and_cost_no_interest(office, hanako):
    bought = spend(office, hanako).entry
    assert (str(bought.first_day), str(bought.last_day)) == ("2026-11-21", "2026-11-27")
    assert standing(office, hanako).free[-1] == (bought.first_day, bought.last_day)
    owed = standing(office, hanako)
    later = posting.money.advance(owed, bought.last_day, office.rules.product)
    assert later.interest == owed.interest
    assert sound(office)


def test_a_second_period_waits_for_the_end_of_the_first_and_a_third_is_refused(office, hanako):
    spend(office, hanako, "free-7", "first-form-key-1")
    assert code(spend(office, hanako, "free-7", "second-form-key-1")) == "P-03"
    office.clock.move(DAY)
    second = spend(office, hanako, "free-15", "third-form-key-1").entry
    assert (str(second.first_day), str(second.last_day)) == ("2026-11-28", "2026-12-12")
    assert code(spend(office, hanako, "free-30", "fourth-form-key-1")) == "P-03"
    assert sound(office)


def test_becoming_overdue_ends_what_was_bought_and_gives_no_points_back(office, hanako):
    spend(office, hanako, "free-30")
    left = points.balance(office, hanako.member_id)
    list(rounds.close_days(office))
    office.clock.move(timedelta(days=7))  # the 25th passed unmet
    list(rounds.close_days(office))
    free = standing(office, hanako).free[-1]
    assert str(free[1]) == "2026-11-25"
    assert points.balance(office, hanako.member_id) == left
    assert sound(office)


def test_a_payment_that_is_valued_before_the_purchase_tells_a_life_that_agrees(office, hanako):
    yesterday = office.business_day() - DAY
    spend(office, hanako, "free-15")
    office.clock.move(timedelta(days=2))
    pay(office, hanako, 20_000, on=yesterday)
    assert str(standing(office, hanako).free[-1][1]) == "2026-12-05"
    assert sound(office)


@pytest.mark.parametrize(
    ("who", "reward", "told"),
    [
        ("misaki", "free-7", "A-03"),
        ("ichiro", "free-7", "P-02"),
        ("daisuke", "free-7", "P-02"),
        ("ichiro", "atm", "P-06"),
    ],
)
def test_what_stops_a_purchase_is_told(office, who, reward, told):
    made = getattr(people, who)(office)
    join(office, made)
    if told == "P-06":
        points.leave(office, made.member_id)
        join(office, made)
    assert code(spend(office, made, reward)) == told


def test_who_became_overdue_or_suspended_keeps_points_and_buys_nothing(office, hanako):
    list(rounds.close_days(office))
    office.clock.move(timedelta(days=7))
    assert code(spend(office, hanako, "atm")) == "A-03"
    contracts.suspend(office, hanako.contract_id, "調査中", "窓口")
    assert code(spend(office, hanako, "atm")) == "A-02"


def test_too_few_points_buy_nothing(office):
    hanako = people.hanako(office)
    assert code(spend(office, hanako, "free-15")) == "P-06"
    assert isinstance(spend(office, hanako, "free-7"), Spent)


def test_a_form_that_is_sent_twice_buys_once_even_at_the_same_moment(office, hanako):
    before = points.balance(office, hanako.member_id)
    found = at_once(office, 4, lambda: spend(office, hanako))
    assert sorted(one.repeated for one in found) == [False, True, True, True]
    assert points.balance(office, hanako.member_id) == before - 250
    assert len(standing(office, hanako).free) == 2  # the first of a first contract, and this one
    assert sound(office)


def test_points_that_are_spent_twice_at_once_are_spent_once(office):
    hanako = people.hanako(office)  # 334 points
    keys = [f"a-form-of-its-own-{n}" for n in range(2)]
    found = each_at_once(office, [lambda key=key: spend(office, hanako, "free-7", key) for key in keys])
    assert sum(isinstance(one, Spent) for one in found) == 1
    assert points.balance(office, hanako.member_id) == 84
    assert sound(office)


def test_a_receipt_is_for_its_owner_and_for_what_was_bought(office, hanako):
    bought = spend(office, hanako).entry
    assert points_spend.receipt(office, hanako.member_id, bought.seq) == bought
    assert points_spend.receipt(office, hanako.member_id, 1) is None
    ichiro = people.ichiro(office)
    assert points_spend.receipt(office, ichiro.member_id, bought.seq) is None


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE point_account SET balance = 7", "balance is cached as 7, computed as"),
        ("UPDATE point_account SET last_seq = 99", "last_seq is cached as 99"),
        ("UPDATE point_account SET left_at = 1", "who takes part is not what the entries say"),
        ("DELETE FROM atm_waiver", "bought is not there"),
        ("UPDATE atm_waiver SET last_day = 20991231", "bought is ("),
        ("UPDATE atm_waiver SET cause = 'points:9:9'", "which is no entry"),
    ],
)
def test_verify_names_what_was_changed_behind_the_ledger_of_points(office, hanako, sql, told):
    spend(office, hanako, "atm")
    assert sound(office)
    with office.store.transaction():
        office.store.write(sql)
    assert told in " ".join(verify.differences(office))


def test_a_drawdown_meanwhile_changes_nothing_of_what_was_bought(office, hanako):
    spend(office, hanako, "free-7")
    posting.draw(office, hanako.contract_id, 10_000, Channel.ATM, office.business_day(), "d")
    assert str(standing(office, hanako).free[-1][1]) == "2026-11-27"
    assert [kind for kind, *_ in entries(office, hanako)][-1] == "free_days"
    assert sound(office)
