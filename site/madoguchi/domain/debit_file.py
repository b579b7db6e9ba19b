"""The file of 預金口座振替 (code 91): what is to be debited, and the same file with the bank's results."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from madoguchi.domain import bank_file, zengin
from madoguchi.domain.bank_file import END, MOST, Account, Owner
from madoguchi.domain.money import Yen
from madoguchi.domain.zengin import LINE_END, Malformed, fixed, number, spaces, text

HEADER: Final = bank_file.header("91")
DATA: Final = zengin.record(
    fixed("record", "2"), number("bank", 4), text("bank_name", 15), number("branch", 3),
    text("branch_name", 15), spaces(4), number("kind", 1), number("number", 7), text("holder", 30),
    number("amount", 10), number("new", 1), number("customer", 20), number("result", 1), spaces(8),
)  # fmt: skip
TRAILER: Final = zengin.record(
    fixed("record", "8"), number("count", 6), number("total", 12), number("paid_count", 6),
    number("paid_total", 12), number("failed_count", 6), number("failed_total", 12), spaces(65),
)  # fmt: skip

# How the trailer's figures are told.
_FIGURES: Final = {
    "count": "debits",
    "total": "yen in all",
    "paid_count": "paid debits",
    "paid_total": "yen paid",
    "failed_count": "failed debits",
    "failed_total": "yen failed",
}


class Result(Enum):
    """What became of a debit; the numbers are the banks'."""

    PAID = 0
    NO_FUNDS = 1
    NO_ACCOUNT = 2
    STOPPED_BY_DEPOSITOR = 3
    NO_MANDATE = 4
    STOPPED_BY_LENDER = 8
    OTHER = 9


@dataclass(frozen=True, slots=True)
class Debit:
    """One debit in yen; `customer` is our number for it, `first` marks a mandate's first debit."""

    account: Account
    holder: str
    amount: Yen
    customer: int
    first: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A debit as it came back; `line` is where it stands in the file."""

    line: int
    debit: Debit
    result: Result


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A whole result file whose figures agree; the year of the debit day stands in no file."""

    collector: str
    month: int
    day: int
    rows: tuple[Answered, ...]


def request(collector: Owner, on: date, debits: Sequence[Debit], line_end: bytes = LINE_END) -> bytes:
    """Return the file that asks the bank for debits on a day; ValueError for more than a file holds."""
    rows = [_row(debit, Result.PAID) for debit in debits]
    trailer = _totals([(debit.amount, Result.PAID) for debit in debits]) | dict.fromkeys(_OUTCOMES, 0)
    return _file(bank_file.header_line(HEADER, collector, on), rows, trailer, line_end)


def answer(asked: bytes, results: Sequence[Result], line_end: bytes = LINE_END) -> bytes:
    """Return a request with the bank's results filled in, as the bank sends it back."""
    lines = zengin.split(asked)
    told = [zengin.read(DATA, raw, n) for n, raw in enumerate(lines[1:-2], 2)]
    rows = [zengin.write(DATA, row | {"result": one.value}) for row, one in zip(told, results, strict=True)]
    figures = [(int(row["amount"]), one) for row, one in zip(told, results, strict=True)]
    return _file(lines[0], rows, _totals(figures), line_end)


def read_result(data: bytes) -> ResultFile:
    """Return what a result file says; raises Malformed, with line and column, unless it is whole."""
    lines = zengin.split(data)
    header = zengin.read(HEADER, lines[0], 1)
    month, day = _month_day(header["month_day"])
    end = _end_of_rows(lines)
    rows = tuple(_answered(raw, n) for n, raw in enumerate(lines[1:end], 2))
    _agree(rows, lines[end] if end < len(lines) else b"", end + 1)
    if end + 1 >= len(lines):
        raise Malformed(len(lines) + 1, 1, "the file breaks off before its end record")
    zengin.read(END, lines[end + 1], end + 2)
    if end + 2 < len(lines):
        raise Malformed(end + 3, 1, "nothing may follow the end record")
    return ResultFile(header["owner"], month, day, rows)


def read_debit(raw: bytes, line: int) -> Debit:
    """Return what one line asks; raises Malformed."""
    row = zengin.read(DATA, raw, line)
    account = Account(
        row["bank"], row["branch"], int(row["kind"]), row["number"], row["bank_name"], row["branch_name"]
    )
    return Debit(account, row["holder"], int(row["amount"]), int(row["customer"]), row["new"] == "1")


def column(name: str) -> int:
    """Return where a field of a debit's line begins, from 1."""
    return DATA.place(name)


_OUTCOMES: Final = ("paid_count", "paid_total", "failed_count", "failed_total")


def _row(debit: Debit, result: Result) -> bytes:
    values = bank_file.account_values(debit.account) | {"holder": debit.holder, "amount": debit.amount}
    more = {"new": int(debit.first), "customer": debit.customer, "result": result.value}
    return zengin.write(DATA, values | more)


def _file(header: bytes, rows: Sequence[bytes], trailer: dict[str, int], line_end: bytes) -> bytes:
    if len(rows) > MOST:
        raise ValueError(f"a file holds {MOST} debits, not {len(rows)}")
    return zengin.join((header, *rows, zengin.write(TRAILER, trailer), zengin.write(END, {})), line_end)


def _totals(figures: Iterable[tuple[Yen, Result]]) -> dict[str, int]:
    told = list(figures)
    paid = [amount for amount, result in told if result is Result.PAID]
    count, total = len(told), sum(amount for amount, _ in told)
    done = (len(paid), sum(paid), count - len(paid), total - sum(paid))
    return {"count": count, "total": total} | dict(zip(_OUTCOMES, done, strict=True))


def _month_day(digits: str) -> tuple[int, int]:
    month, day = int(digits[:2]), int(digits[2:])
    try:
        date(2000, month, day)  # a leap year: whether 29 February was one is for the file's owner to know
    except ValueError:
        raise Malformed(1, HEADER.place("month_day"), f"{digits} is no month and day") from None
    return month, day


def _end_of_rows(lines: Sequence[bytes]) -> int:
    """The index of the first line after the header that is no debit."""
    for at, raw in enumerate(lines[1:], 1):
        if zengin.kind_of(raw, at + 1) != "2":
            return at
    return len(lines)


def _answered(raw: bytes, line: int) -> Answered:
    code = zengin.read(DATA, raw, line)["result"]
    try:
        return Answered(line, read_debit(raw, line), Result(int(code)))
    except ValueError:
        raise Malformed(line, column("result"), f"{code} is no result code") from None


def _agree(rows: Sequence[Answered], raw: bytes, line: int) -> None:
    """Refuse a trailer whose figures are not those of the lines before it."""
    if not raw:
        raise Malformed(line, 1, "the file breaks off before its trailer")
    told = zengin.read(TRAILER, raw, line)
    counted = _totals((row.debit.amount, row.result) for row in rows)
    for name, words in _FIGURES.items():
        if int(told[name]) != counted[name]:
            sentence = f"the trailer says {int(told[name])} {words}, the lines give {counted[name]}"
            raise Malformed(line, TRAILER.place(name), sentence)
