"""Drawdowns, payments and fees: posted as previewed, once per key, refused by the rule that stops them."""

from datetime import timedelta

import pytest

from madoguchi.domain.channels import Channel, entry_label
from madoguchi.domain.standing import payoff, preview_payment
from madoguchi.services import contracts, posting, verify
from madoguchi.services.books import Backdated, Conflict, Posted
from madoguchi.services.posting import NotAllowed, OverLimit, WrongUnit
from madoguchi.store import contracts as rows
from tests import people


def draw(office, who, amount, key="k1", channel=Channel.TRANSFER):
    """Borrow today."""
    return posting.draw(office, who.contract_id, amount, channel, office.business_day(), key)


def pay(office, who, amount, key="p1", channel=Channel.INTERNET):
    """Repay today."""
    return posting.receive_payment(office, who.contract_id, amount, channel, office.business_day(), key)


def standing(office, who):
    """The cached figures."""
    return rows.read(office.store, who.contract_id).standing


def test_a_drawdown_raises_the_balance_and_starts_a_due_date(office):
    ichiro = people.ichiro(office)
    posted = draw(office, ichiro, 50_000)
    assert posted.standing.principal == 50_000
    assert posted.standing == standing(office, ichiro)
    assert str(posted.standing.running.day) == "2026-12-15"
    assert posted.entry.balance == posted.entry.amount == 50_000


@pytest.mark.parametrize("amount", [200, 5_000, 60_000, 231_844, 300_000])
def test_a_payment_is_posted_as_it_was_previewed(office, amount):
    hanako = people.hanako(office)
    before = standing(office, hanako)
    preview = preview_payment(before, office.business_day(), amount, office.rules.product)
    posted = pay(office, hanako, amount)
    told = {
        name: getattr(preview.split, name) for name in ("fees", "damages", "interest", "principal", "deposit")
    }
    assert {name: getattr(posted.entry, name) for name in told} == told
    assert posted.standing == preview.after


def test_a_repeated_key_answers_the_first_entry_and_posts_nothing(office):
    ichiro = people.ichiro(office)
    first = draw(office, ichiro, 50_000)
    again = draw(office, ichiro, 50_000)
    assert again == Posted(first.entry, first.standing, repeated=True)
    assert standing(office, ichiro).principal == 50_000


def test_a_key_used_for_something_else_is_a_conflict(office):
    ichiro = people.ichiro(office)
    draw(office, ichiro, 50_000)
    assert isinstance(draw(office, ichiro, 60_000), Conflict)
    assert isinstance(pay(office, ichiro, 50_000, key="k1"), Conflict)
    assert standing(office, ichiro).principal == 50_000


def test_the_same_key_of_two_members_never_meets(office):
    ichiro, hanako = people.ichiro(office), people.hanako(office)
    assert not draw(office, ichiro, 50_000).repeated
    assert not draw(office, hanako, 50_000).repeated


def test_nothing_is_drawn_over_the_limit_or_in_odd_amounts(office):
    ichiro = people.ichiro(office)
    assert draw(office, ichiro, 301_000) == OverLimit(300_000)
    assert draw(office, ichiro, 10_500) == WrongUnit(1000)
    assert draw(office, ichiro, 0) == WrongUnit(1000)
    assert isinstance(draw(office, ichiro, 300_000), Posted)
    assert draw(office, ichiro, 1_000, "k2") == OverLimit(0)


def test_each_state_refuses_with_its_own_code(office):
    codes = {
        people.misaki: "B-03",
        people.yui: "B-02",
        people.sho: "B-01",
    }
    for make, code in codes.items():
        refused = draw(office, make(office), 1_000)
        assert isinstance(refused, NotAllowed)
        assert refused.refusal.code == code


def test_a_held_card_draws_by_transfer_but_not_at_the_atm(office):
    sakura = people.sakura(office)
    assert draw(office, sakura, 1_000, channel=Channel.ATM).refusal.code == "T-05"
    assert isinstance(draw(office, sakura, 1_000), Posted)


def test_the_first_day_overdue_stops_borrowing_before_any_round_has_run(office):
    hanako = people.hanako(office)
    office.clock.move(timedelta(days=6))  # 26 November, her due date was the 25th
    assert draw(office, hanako, 1_000).refusal.code == "B-03"


def test_paying_more_than_the_debt_leaves_a_deposit(office):
    daisuke = people.daisuke(office)
    posted = pay(office, daisuke, 1_000)
    assert (posted.entry.principal, posted.entry.deposit, posted.standing.debt) == (640, 360, 0)


def test_paying_the_payoff_leaves_nothing(office):
    hanako = people.hanako(office)
    due = payoff(standing(office, hanako), office.business_day(), office.rules.product)
    assert pay(office, hanako, due.total).standing.debt == 0


def test_a_payment_valued_before_the_contract_is_told_and_not_posted(office):
    ichiro = people.ichiro(office)
    draw(office, ichiro, 50_000)
    opened = office.business_day() - timedelta(days=3)
    early = opened - timedelta(days=1)
    late = posting.receive_payment(office, ichiro.contract_id, 1_000, Channel.BANK_TRANSFER, early, "p2")
    assert late == Backdated(opened)


def test_a_fee_is_taken_first_from_the_next_payment(office):
    hanako = people.hanako(office)
    posting.charge_fee(office, hanako.contract_id, 110, office.business_day(), "f1", "ATM")
    assert pay(office, hanako, 1_000).entry.fees == 110


def test_the_history_can_say_by_which_way_a_payment_came(office):
    ichiro = people.ichiro(office)
    draw(office, ichiro, 50_000, channel=Channel.ATM)
    posted = pay(office, ichiro, 1_000, channel=Channel.DIRECT_DEBIT)
    assert entry_label(posted.entry.kind, posted.entry.cause) == "返済（口座振替）"


def test_a_raise_into_a_lower_band_lowers_the_rate_and_is_agreed_once(office):
    hanako = people.hanako(office)
    agreed = contracts.change_limit(office, hanako.contract_id, 1_000_000, "申し込み")
    assert (agreed.standing.limit, agreed.standing.rate, agreed.changed) == (1_000_000, 1500, True)
    assert not contracts.change_limit(office, hanako.contract_id, 1_000_000, "申し込み").changed
    assert list(verify.differences(office)) == []


def test_no_rate_is_agreed_above_the_legal_cap(office):
    hanako = people.hanako(office)
    assert contracts.change_rate(office, hanako.contract_id, 1810, "見直し") == contracts.AboveCap(1800)
    assert contracts.change_rate(office, hanako.contract_id, 1600, "見直し").standing.rate == 1600
    assert list(verify.differences(office)) == []


def test_a_contract_closes_only_at_exact_zero(office):
    daisuke = people.daisuke(office)
    assert contracts.close_contract(office, daisuke.contract_id, "希望", "窓口") == contracts.StillOwing(
        640, 0
    )
    pay(office, daisuke, 640)
    contracts.close_contract(office, daisuke.contract_id, "希望", "窓口")
    assert draw(office, daisuke, 1_000).refusal.code == "B-01"
    assert list(verify.differences(office)) == []
