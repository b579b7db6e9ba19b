"""The chart of accounts, and the balanced lines that each act on a contract writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from madoguchi.domain.money import Yen
from madoguchi.domain.state import Split


class Account(IntEnum):
    """Where money stands: below 100 what a contract owes (or is owed), from 100 on the house."""

    PRINCIPAL = 1
    INTEREST_RECEIVABLE = 2
    DAMAGES_RECEIVABLE = 3
    FEES_RECEIVABLE = 4
    DEPOSIT = 5
    BANK = 101
    IN_TRANSIT = 102
    INTEREST_INCOME = 103
    DAMAGES_INCOME = 104
    FEE_INCOME = 105
    OPENING = 106
    WAIVED = 107
    UNKNOWN_PAYMENTS = 108  # came in, and nobody knows yet whose they are


class EntryKind(IntEnum):
    """What an entry is; the numbers are stored."""

    DRAWDOWN = 1
    REPAYMENT = 2
    FEE = 3
    OPENING = 4
    WAIVER = 5
    DEPOSIT_USED = 6
    DEPOSIT_RETURNED = 7
    ADJUSTMENT = 8
    # An entry taken back by its mirror, because its life was told again (corrections never rewrite the past).
    DRAWDOWN_UNDONE = 21
    REPAYMENT_UNDONE = 22
    FEE_UNDONE = 23
    WAIVER_UNDONE = 25
    DEPOSIT_USED_UNDONE = 26
    DEPOSIT_RETURNED_UNDONE = 27


UNDONE: dict[EntryKind, EntryKind] = {
    EntryKind.DRAWDOWN: EntryKind.DRAWDOWN_UNDONE,
    EntryKind.REPAYMENT: EntryKind.REPAYMENT_UNDONE,
    EntryKind.FEE: EntryKind.FEE_UNDONE,
    EntryKind.WAIVER: EntryKind.WAIVER_UNDONE,
    EntryKind.DEPOSIT_USED: EntryKind.DEPOSIT_USED_UNDONE,
    EntryKind.DEPOSIT_RETURNED: EntryKind.DEPOSIT_RETURNED_UNDONE,
}


class HouseKind(IntEnum):
    """What an entry of the house's own journal is; the numbers are stored."""

    TRANSFER_SENT = 1  # money on its way has left the bank account
    CASH_PAID = 11  # notes left a machine: what was on its way is settled with the ATM network
    CASH_BACK = 12  # notes that were said to have left never did
    PAYMENT_KEPT = 21  # money came in that is nobody's yet
    PAYMENT_FOUND = 22  # … whose it is, is known now: a contract takes it in
    PAYMENT_RETURNED = 23  # … it went back to who paid it


KIND_LABELS: dict[EntryKind, str] = {
    EntryKind.DRAWDOWN: "借入",
    EntryKind.REPAYMENT: "返済",
    EntryKind.FEE: "手数料",
    EntryKind.OPENING: "残高の引き継ぎ",
    EntryKind.WAIVER: "免除",
    EntryKind.DEPOSIT_USED: "預り金からの返済",
    EntryKind.DEPOSIT_RETURNED: "預り金の返還",
    EntryKind.ADJUSTMENT: "訂正",
    EntryKind.DRAWDOWN_UNDONE: "借入の取り消し",
    EntryKind.REPAYMENT_UNDONE: "返済の計算し直し（前の記録の取り消し）",
    EntryKind.FEE_UNDONE: "手数料の取り消し",
    EntryKind.WAIVER_UNDONE: "免除の取り消し",
    EntryKind.DEPOSIT_USED_UNDONE: "預り金からの返済の取り消し",
    EntryKind.DEPOSIT_RETURNED_UNDONE: "預り金の返還の取り消し",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One side of an entry in yen: either debit or credit is 0, and neither is negative."""

    account: Account
    debit: Yen
    credit: Yen


def balanced(lines: Iterable[Line]) -> bool:
    """Tell whether debits equal credits over two lines or more, each with exactly one positive side."""
    told = list(lines)
    sound = all(min(line.debit, line.credit) == 0 < max(line.debit, line.credit) for line in told)
    return sound and len(told) >= 2 and sum(line.debit - line.credit for line in told) == 0


def lines_for_drawdown(amount: Yen) -> tuple[Line, ...]:
    """Borrowing: the principal rises, the money is on its way until the bank has answered."""
    return _moved(Account.PRINCIPAL, Account.IN_TRANSIT, amount)


def lines_for_transfer_sent(amount: Yen) -> tuple[Line, ...]:
    """The bank's yes to a drawdown or a return: what was on its way has left the bank account."""
    return _moved(Account.IN_TRANSIT, Account.BANK, amount)


def lines_for_drawdown_rejected(amount: Yen) -> tuple[Line, ...]:
    """The bank's no: the drawdown is posted back."""
    return _moved(Account.IN_TRANSIT, Account.PRINCIPAL, amount)


def lines_for_payment(split: Split) -> tuple[Line, ...]:
    """A payment: what accrued becomes receivable and income, then the money covers claims and principal."""
    return (*_settled(split), *_covered(Account.BANK, split.amount, split))


def lines_for_deposit_used(split: Split) -> tuple[Line, ...]:
    """A deposit posted as a payment: as lines_for_payment, out of the member's deposit."""
    return (*_settled(split), *_covered(Account.DEPOSIT, split.amount, split))


def lines_for_waiver(split: Split) -> tuple[Line, ...]:
    """Damages, interest and fees given up; what had not been receivable becomes so first."""
    return (*_settled(split), *_covered(Account.WAIVED, split.damages + split.interest + split.fees, split))


def lines_for_fee(amount: Yen) -> tuple[Line, ...]:
    """A fee is claimed."""
    return _moved(Account.FEES_RECEIVABLE, Account.FEE_INCOME, amount)


def lines_for_deposit_return(amount: Yen) -> tuple[Line, ...]:
    """A deposit goes back to the member: on its way until the bank has answered."""
    return _moved(Account.DEPOSIT, Account.IN_TRANSIT, amount)


def lines_for_opening(
    principal: Yen, interest: Yen = 0, damages: Yen = 0, fees: Yen = 0, deposit: Yen = 0
) -> tuple[Line, ...]:
    """An imported balance against the opening account; nothing at all gives no lines."""
    owed = principal + interest + damages + fees
    return _kept(
        Line(Account.PRINCIPAL, principal, 0),
        Line(Account.INTEREST_RECEIVABLE, interest, 0),
        Line(Account.DAMAGES_RECEIVABLE, damages, 0),
        Line(Account.FEES_RECEIVABLE, fees, 0),
        Line(Account.OPENING, 0, owed),
        Line(Account.OPENING, deposit, 0),
        Line(Account.DEPOSIT, 0, deposit),
    )


def lines_for_house(kind: HouseKind, amount: Yen) -> tuple[Line, ...]:
    """The lines of an entry of the house's own journal."""
    match kind:
        case HouseKind.TRANSFER_SENT | HouseKind.CASH_PAID:
            return lines_for_transfer_sent(amount)
        case HouseKind.CASH_BACK:
            return reversed_lines(lines_for_transfer_sent(amount))
        case HouseKind.PAYMENT_KEPT:
            return _moved(Account.BANK, Account.UNKNOWN_PAYMENTS, amount)
        case HouseKind.PAYMENT_FOUND | HouseKind.PAYMENT_RETURNED:
            return _moved(Account.UNKNOWN_PAYMENTS, Account.BANK, amount)


def reversed_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same lines with their sides exchanged, as a correction posts them."""
    return tuple(Line(line.account, line.credit, line.debit) for line in lines)


def _settled(split: Split) -> tuple[Line, ...]:
    return _kept(
        Line(Account.DAMAGES_RECEIVABLE, split.settled_damages, 0),
        Line(Account.DAMAGES_INCOME, 0, split.settled_damages),
        Line(Account.INTEREST_RECEIVABLE, split.settled_interest, 0),
        Line(Account.INTEREST_INCOME, 0, split.settled_interest),
    )


def _covered(source: Account, amount: Yen, split: Split) -> tuple[Line, ...]:
    return _kept(
        Line(source, amount, 0),
        Line(Account.FEES_RECEIVABLE, 0, split.fees),
        Line(Account.DAMAGES_RECEIVABLE, 0, split.damages),
        Line(Account.INTEREST_RECEIVABLE, 0, split.interest),
        Line(Account.PRINCIPAL, 0, split.principal),
        Line(Account.DEPOSIT, 0, split.deposit),
    )


def _moved(debit: Account, credit: Account, amount: Yen) -> tuple[Line, ...]:
    return _kept(Line(debit, amount, 0), Line(credit, 0, amount))


def _kept(*lines: Line) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.debit or line.credit)
