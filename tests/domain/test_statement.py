"""The lines of a statement: in the order of value dates, each balance after the one before."""

from dataclasses import replace
from datetime import date

from madoguchi.domain.documents import Line
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.statement import closing, in_order

DRAWN = Line(1, int(EntryKind.DRAWDOWN), date(2026, 10, 5), 30_000, 0, 0, 0, 30_000, 0, 0, "ATM")
PAID = Line(2, int(EntryKind.REPAYMENT), date(2026, 10, 26), 9_000, 0, 0, 3_000, 6_000, 0, 0, "ATM")
UNDONE = replace(PAID, seq=3, kind=int(EntryKind.REPAYMENT_UNDONE))
AGAIN = replace(PAID, seq=4, interest=2_000, principal=7_000)


def test_balances_follow_one_another_by_value_date():
    told = in_order(100_000, [(PAID, None), (DRAWN, None)])
    assert [(line.seq, line.balance) for line in told] == [(1, 130_000), (2, 124_000)]
    assert closing(100_000, told) == 124_000


def test_what_was_undone_on_the_same_statement_never_was():
    told = in_order(100_000, [(PAID, None), (UNDONE, 2), (AGAIN, None)])
    assert [(line.seq, line.balance) for line in told] == [(4, 93_000)]


def test_what_an_earlier_statement_told_is_taken_back_in_the_open():
    told = in_order(94_000, [(UNDONE, 2), (AGAIN, None)])
    assert [(line.seq, line.balance) for line in told] == [(3, 100_000), (4, 93_000)]


def test_a_fee_moves_no_balance_and_no_lines_leave_it():
    fee = replace(PAID, seq=5, kind=int(EntryKind.FEE), fees=110, interest=0, principal=0)
    assert closing(500, in_order(500, [(fee, None)])) == closing(500, ()) == 500
