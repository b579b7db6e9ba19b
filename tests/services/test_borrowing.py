"""Borrowing: what is offered is what is posted, once for each key, within the limit and the law."""

from datetime import timedelta

import pytest

from madoguchi.domain.standing import next_due
from madoguchi.services import borrowing, cast, verify
from madoguchi.services.borrowing import Borrowed, Changed, Room
from madoguchi.services.offers import Denied, Offer, TooMuch, Used, WrongUnit
from madoguchi.store import contracts
from tests import people
from tests.support.banks import Member
from tests.support.members import told
from tests.support.together import at_once, each_at_once


@pytest.fixture
def hanako(office):
    """Hanako, signed in: 231,844 yen of 500,000, her account drawn to before."""
    return Member(office, people.hanako(office))


def standing(office, member):
    """The cached figures."""
    return contracts.read(office.store, member.who.contract_id).standing


def payouts(office):
    """Every payout: kind, amount, state, value date."""
    return office.store.rows("SELECT kind, amount, state, value_date FROM payout ORDER BY id")


def test_what_is_offered_is_what_is_posted(office, hanako):
    offer = hanako.offer(20_000)
    hanako.take(20_000, offer.key)
    after = standing(office, hanako)
    assert (offer.after.balance, offer.after.minimum) == (after.balance, after.minimum) == (251_844, 10_000)
    assert offer.after.due == next_due(after, office.rules.product)
    assert offer.after.available == 500_000 - after.balance
    assert list(verify.differences(office)) == []


def test_the_cost_is_that_of_paying_the_minimum_by_the_months_convention(hanako):
    cost = hanako.offer(20_000).cost
    assert (cost.principal, cost.payment, cost.convention) == (251_844, 10_000, "month")
    assert cost.total == 251_844 + cost.interest


def test_a_drawdown_is_promised_to_the_bank_in_the_same_act(office, hanako):
    hanako.borrow(20_000)
    assert payouts(office) == [("drawdown", 20_000, "promised", 20261120)]
    assert hanako.visitor.sending == 20_000


def test_a_key_borrows_once_however_often_it_is_pressed(office, hanako):
    offer = hanako.offer(20_000)
    first = hanako.take(20_000, offer.key)
    assert hanako.take(20_000, offer.key) == Borrowed(first.seq, repeated=True)
    assert hanako.take(30_000, offer.key) == Used(first.seq)
    assert len(payouts(office)) == 1


def test_a_key_is_still_known_when_nothing_more_could_be_borrowed(hanako):
    offer = hanako.offer(268_000)
    first = hanako.take(268_000, offer.key)
    assert hanako.take(268_000, offer.key) == Borrowed(first.seq, repeated=True)


def test_a_second_tab_that_shows_old_figures_borrows_nothing(office, hanako):
    one, two = hanako.offer(20_000), hanako.offer(20_000)
    hanako.take(20_000, one.key)
    assert hanako.take(20_000, two.key) == Changed()
    assert len(payouts(office)) == 1
    assert isinstance(hanako.take(20_000, hanako.offer(20_000).key), Borrowed)


@pytest.mark.parametrize("changed", ["amount", "seal", "another session", "another day"])
def test_a_key_takes_its_own_offer_and_no_other(office, hanako, changed):
    amount, key = 20_000, hanako.offer(20_000).key
    if changed == "amount":
        amount = 30_000
    elif changed == "seal":
        key = key[:-1] + ("0" if key[-1] != "0" else "1")
    elif changed == "another session":
        hanako = Member(office, hanako.who)
    else:
        office.clock.move(timedelta(hours=14))
        hanako = Member(office, hanako.who)
    assert hanako.take(amount, key) == Changed()
    assert payouts(office) == []


def test_a_programs_own_key_is_taken_where_no_second_step_came_first(office, hanako):
    assert isinstance(hanako.take(20_000, "made-by-a-program"), Borrowed)
    ichiro = Member(office, people.ichiro(office))
    assert ichiro.take(20_000, "made-by-a-program") == Changed()


def test_an_account_never_drawn_to_is_offered_nothing_before_the_second_step(office):
    ichiro = Member(office, people.ichiro(office))
    assert borrowing.first_use(office, ichiro.visitor)
    assert ichiro.offer(20_000) == Changed()


def test_borrowing_makes_the_account_a_known_one(office, hanako):
    office.store.peewee.execute_sql("UPDATE bank_account SET drawn_to_at = 1")
    hanako.borrow(20_000)
    assert office.store.one("SELECT drawn_to_at FROM bank_account")[0] > 1


@pytest.mark.parametrize("amount", [1, 999, 1_500, 20_001])
def test_amounts_come_in_thousands(hanako, amount):
    assert hanako.offer(amount) == WrongUnit(1_000)


def test_more_than_the_limit_leaves_is_refused_with_its_rule(hanako):
    refused = hanako.offer(269_000)
    assert (refused.most, refused.refusal.code) == (268_000, "B-05")
    assert "268,156円" in refused.refusal.rule


def test_no_more_than_a_third_of_the_income_over_all_lenders(office, hanako):
    act(office, "UPDATE member SET annual_income = 900000, other_debts = 50000")
    refused = hanako.offer(19_000)
    assert isinstance(refused, TooMuch)
    assert (refused.most, refused.refusal.code) == (18_000, "B-06")  # 300,000 - 231,844 - 50,000
    assert isinstance(hanako.offer(18_000), Offer)


def test_what_is_owed_on_another_contract_of_ours_counts_too(office, hanako):
    ken = people.newcomer(office, cast.KEN)
    act(office, f"UPDATE contract SET principal = 400000, member_id = 1 WHERE id = {ken.contract_id}")
    act(office, "UPDATE member SET annual_income = 1950000 WHERE id = 1")
    assert hanako.offer(19_000).refusal.code == "B-06"  # 650,000 - 231,844 - 400,000


def test_without_a_recorded_income_nothing_is_lent(office, hanako):
    act(office, "UPDATE member SET annual_income = 0")
    assert hanako.offer(1_000).refusal.code == "B-07"
    assert isinstance(borrowing.look(office, hanako.visitor), Denied)


def test_a_rate_above_the_laws_cap_lends_nothing(office, hanako):
    act(office, "UPDATE contract SET rates = '[[20250101, 1810]]', rate = 1810")
    assert hanako.offer(1_000).refusal.code == "B-08"


def test_without_an_account_nothing_is_sent(office, hanako):
    act(office, "UPDATE bank_account SET ended_at = since")
    assert hanako.offer(1_000).refusal.code == "B-09"
    assert hanako.take(1_000, "made-by-a-program").refusal.code == "B-09"


def test_a_changed_account_receives_nothing_for_a_day(office, hanako):
    change_account(office, hanako)
    assert hanako.offer(1_000).refusal.code == "B-10"
    assert "24時間" in borrowing.look(office, hanako.visitor).refusal.next_step
    office.clock.move(timedelta(hours=24))
    hanako = Member(office, hanako.who)
    assert hanako.offer(1_000) == Changed()  # it was never drawn to: the second step comes first


@pytest.mark.parametrize(
    ("maker", "code"), [(people.misaki, "B-03"), (people.yui, "B-02")], ids=["overdue", "suspended"]
)
def test_states_that_forbid_it_are_told_inside_the_act_as_well(office, maker, code):
    member = Member(office, maker(office))
    act(office, "UPDATE bank_account SET drawn_to_at = since")
    outcome = member.take(1_000, "made-by-a-program")
    assert isinstance(outcome, Denied)
    assert outcome.refusal.code == code
    assert payouts(office) == []


@pytest.mark.parametrize(
    ("bank", "hour", "arrives", "at_once"),
    [("0000", 0, "2026-11-20", True), ("9900", 0, "2026-11-24", False), ("1234", 0, "2026-11-24", False)],
    ids=["around the clock", "with hours", "not known"],
)
def test_when_money_arrives_depends_on_the_bank(office, hanako, bank, hour, arrives, at_once):
    act(office, f"UPDATE bank_account SET bank_code = '{bank}'")
    room = borrowing.look(office, hanako.visitor)
    assert isinstance(room, Room)
    assert (str(room.arrival.on), room.arrival.at_once) == (arrives, at_once)


def test_money_that_comes_later_counts_against_the_limit_at_once_and_bears_nothing_yet(office, hanako):
    act(office, "UPDATE bank_account SET bank_code = '9900'")
    offer = hanako.offer(20_000)
    hanako.take(20_000, offer.key)
    now = standing(office, hanako)
    assert (now.balance, now.principal) == (251_844, 231_844)
    assert offer.after.balance == 251_844
    assert payouts(office) == [("drawdown", 20_000, "promised", 20261124)]
    assert hanako.offer(249_000).refusal.code == "B-05"
    assert list(verify.differences(office)) == []


def taking(office, who, amount, key):
    return lambda: borrowing.borrow(office, who.visitor, who.token, amount, key)


def test_eight_tabs_at_once_never_borrow_over_the_limit(office, hanako):
    found = each_at_once(office, [taking(office, hanako, 50_000, f"tab-{n}") for n in range(8)])
    assert sum(isinstance(one, Borrowed) for one in found) == 5  # of 268,156 yen
    assert {type(one) for one in found} == {Borrowed, TooMuch}
    assert len(payouts(office)) == 5
    assert list(verify.differences(office)) == []


def test_eight_presses_of_one_button_borrow_once(office, hanako):
    found = at_once(office, 8, taking(office, hanako, 50_000, hanako.offer(50_000).key))
    assert sum(not one.repeated for one in found) == 1
    assert len({one.seq for one in found}) == len(payouts(office)) == 1


def test_of_eight_tabs_with_the_same_figures_one_borrows(office, hanako):
    acts = [taking(office, hanako, 10_000, hanako.offer(10_000).key) for _ in range(8)]
    found = each_at_once(office, acts)
    assert sorted(type(one).__name__ for one in found) == ["Borrowed"] + ["Changed"] * 7


def test_a_receipt_is_there_for_every_drawdown_of_ones_own_and_for_nothing_else(office, hanako):
    seq = hanako.borrow(20_000)
    visitor = hanako.visitor
    assert borrowing.receipt(office, visitor, seq).payout.amount == 20_000
    assert borrowing.receipt(office, visitor, 1).payout is None  # the demo's past knows no payouts
    assert borrowing.receipt(office, visitor, seq + 1) is None
    payment = office.store.one("SELECT seq FROM entry WHERE kind = 2 LIMIT 1")[0]
    assert borrowing.receipt(office, visitor, payment) is None
    other = Member(office, told(office, lambda life: life.open(3), cast.KEN))
    assert borrowing.receipt(office, other.visitor, seq) is None


def act(office, sql):
    """Set up what no page can."""
    with office.store.transaction():
        office.store.write(sql)


def change_account(office, member):
    """Put another account in the place of the present one, now."""
    at = int(office.now().timestamp() * 1_000_000)
    act(office, f"UPDATE bank_account SET ended_at = {at}")
    act(
        office,
        "INSERT INTO bank_account (member_id, bank_code, branch_code, kind, number, holder_kana, since) "
        f"VALUES ({member.who.member_id}, '0000', '001', 1, '7654321', 'サトウ ハナコ', {at})",
    )
