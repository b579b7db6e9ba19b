"""The lines of the ledger: balanced for every act, and equal to the standing they tell of."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain import ledger
from madoguchi.domain.ledger import KIND_LABELS, Account, EntryKind, Line, balanced
from madoguchi.domain.standing import charge_fee, draw, pay, use_deposit_on_due, waive
from tests.domain.products import SHIPPED, hanako

SETTLED, DUE = date(2026, 10, 5), date(2026, 11, 5)


def totals(*entries) -> Counter:
    """What each account holds, debit above credit."""
    held: Counter = Counter()
    for line in (line for lines in entries for line in lines):
        held[line.account] += line.debit - line.credit
    return held


@given(st.integers(1_000, 500_000), st.integers(0, 120), st.integers(1, 600_000), st.integers(0, 220))
def test_the_ledger_tells_the_same_as_the_standing_after_a_payment(principal, days, amount, fee):
    owed = hanako(principal, SETTLED, DUE)
    entries = [ledger.lines_for_opening(principal)]
    if fee:
        owed = charge_fee(owed, SETTLED, fee)
        entries.append(ledger.lines_for_fee(fee))
    after, split = pay(owed, SETTLED + timedelta(days=days), amount, SHIPPED)
    entries.append(ledger.lines_for_payment(split))
    assert all(balanced(lines) for lines in entries)
    held = totals(*entries)
    assert held[Account.PRINCIPAL] == after.principal
    assert held[Account.INTEREST_RECEIVABLE] == after.carried_interest
    assert held[Account.DAMAGES_RECEIVABLE] == after.carried_damages
    assert held[Account.FEES_RECEIVABLE] == after.fees
    assert -held[Account.DEPOSIT] == after.deposit


def test_a_drawdown_is_in_transit_until_the_bank_answers():
    drawn = ledger.lines_for_drawdown(50_000)
    sent, refused = ledger.lines_for_transfer_sent(50_000), ledger.lines_for_drawdown_rejected(50_000)
    assert totals(drawn, sent) == {Account.PRINCIPAL: 50_000, Account.IN_TRANSIT: 0, Account.BANK: -50_000}
    assert not any(totals(drawn, refused).values())
    assert all(map(balanced, (drawn, sent, refused)))


def test_a_waiver_claims_what_is_new_before_it_gives_it_up():
    owed = hanako(200_000, SETTLED, DUE)
    _, split = waive(owed, date(2026, 11, 18), 1_424, 23, SHIPPED)
    lines = ledger.lines_for_waiver(split)
    assert balanced(lines)
    held = totals(lines)
    assert (held[Account.WAIVED], held[Account.DAMAGES_INCOME], held[Account.INTEREST_INCOME]) == (
        1_447,
        -1_424,
        -23,
    )
    assert held[Account.DAMAGES_RECEIVABLE] == held[Account.INTEREST_RECEIVABLE] == 0


def test_a_waived_fee_is_given_up_and_nothing_is_claimed_for_it():
    owed = charge_fee(hanako(200_000, SETTLED, DUE), SETTLED, 220)
    lines = ledger.lines_for_waiver(waive(owed, SETTLED, 0, 0, SHIPPED, 220)[1])
    assert balanced(lines)
    assert totals(lines) == {Account.WAIVED: 220, Account.FEES_RECEIVABLE: -220}


def test_a_deposit_moves_to_the_claims_or_back_to_the_member():
    paid, over = pay(hanako(1_000, SETTLED, DUE), SETTLED, 9_000, SHIPPED)
    used, split = use_deposit_on_due(draw(paid, SETTLED, 50_000, SHIPPED), DUE, SHIPPED)
    lines = [ledger.lines_for_payment(over), ledger.lines_for_deposit_used(split)]
    assert all(map(balanced, lines))
    assert totals(*lines)[Account.DEPOSIT] == used.deposit == 0
    assert balanced(ledger.lines_for_deposit_return(8_000))


def test_an_opening_balance_stands_against_the_opening_account():
    lines = ledger.lines_for_opening(150_000, 1_200, 400, 110, 50)
    assert balanced(lines)
    assert totals(lines)[Account.OPENING] == -(150_000 + 1_200 + 400 + 110) + 50
    assert ledger.lines_for_opening(0) == ()


def test_a_reversal_undoes_every_line():
    lines = ledger.lines_for_opening(150_000, 1_200)
    assert not any(totals(lines, ledger.reversed_lines(lines)).values())


def test_lines_that_do_not_balance_are_told():
    bank, fees = Account.BANK, Account.FEES_RECEIVABLE
    assert not balanced([Line(bank, 100, 0), Line(fees, 0, 99)])
    assert not balanced([Line(bank, 0, 0)])
    assert not balanced([Line(bank, 100, 100), Line(fees, 100, 100)])
    assert not balanced([Line(bank, -100, 0), Line(fees, 0, -100)])


def test_every_kind_of_entry_has_its_japanese_word():
    assert set(KIND_LABELS) == set(EntryKind)
    assert KIND_LABELS[EntryKind.DRAWDOWN] == "借入"
    assert len(set(KIND_LABELS.values())) == len(EntryKind)
