"""The one door to a contract's state, its pure transitions and what can be asked of it.

Everything on the site that says or posts money (ledger, previews, home, inquiry, verify) imports from here.
"""

from madoguchi.domain.accrual import advance, amount_due, to_next_due
from madoguchi.domain.mercy import move_due
from madoguchi.domain.opening import Balance, balance_faults, open_with_balance
from madoguchi.domain.payment import PaymentPreview, pay, preview_payment, use_deposit_on_due, waive
from madoguchi.domain.payoff import (
    Arriving,
    Payoff,
    damages_days,
    due_by_then,
    due_now,
    due_on_arrival,
    next_due,
    payoff,
    payoff_horizon,
    smallest_payment,
)
from madoguchi.domain.state import (
    Due,
    OutOfOrder,
    Split,
    Standing,
    available,
    days_late,
    free_ahead,
    is_overdue,
    is_remainder,
)
from madoguchi.domain.terms import (
    add_free_period,
    answer_debit,
    change_due_day,
    change_limit,
    change_rate,
    charge_fee,
    draw,
    file_debit,
    return_deposit,
)
from madoguchi.domain.turns import following_due

__all__ = [
    "Arriving",
    "Balance",
    "Due",
    "OutOfOrder",
    "PaymentPreview",
    "Payoff",
    "Split",
    "Standing",
    "add_free_period",
    "advance",
    "amount_due",
    "answer_debit",
    "available",
    "balance_faults",
    "change_due_day",
    "change_limit",
    "change_rate",
    "charge_fee",
    "damages_days",
    "days_late",
    "draw",
    "due_by_then",
    "due_now",
    "due_on_arrival",
    "file_debit",
    "following_due",
    "free_ahead",
    "is_overdue",
    "is_remainder",
    "move_due",
    "next_due",
    "open_with_balance",
    "pay",
    "payoff",
    "payoff_horizon",
    "preview_payment",
    "return_deposit",
    "smallest_payment",
    "to_next_due",
    "use_deposit_on_due",
    "waive",
]
