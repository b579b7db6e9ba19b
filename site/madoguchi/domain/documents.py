"""Documents that are issued under a number: their kinds, what they tell, their numbers and their codes.

A number has a check digit, so that a slip of the finger is told before anybody is asked; a code is random and
stands on the paper alone, so that only who holds the paper can ask whether it is genuine.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from madoguchi.domain.money import Yen
from madoguchi.domain.rates import Rate
from madoguchi.domain.widths import digits_only, is_digits


class DocumentKind(Enum):
    """What a document is."""

    STATEMENT = "statement"  # of a month
    BALANCE = "balance"  # what was owed on a day
    PAYOFF = "payoff"  # what ends the debt on a day to come
    PAID = "paid"  # that nothing is owed
    CONTRACT = "contract"  # the terms that were agreed
    ENTRY = "entry"  # the receipt or the loan paper of one entry, with a number and a code


TITLES: Final[dict[DocumentKind, str]] = {
    DocumentKind.STATEMENT: "ご利用明細書",
    DocumentKind.BALANCE: "残高証明書",
    DocumentKind.PAYOFF: "一括返済額の証明書",
    DocumentKind.PAID: "完済証明書",
    DocumentKind.CONTRACT: "ご契約内容の書面",
    DocumentKind.ENTRY: "取引の書面",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One drawdown or payment of a statement; amounts in yen, `balance` what is borrowed after it."""

    seq: int
    kind: int
    day: date
    amount: Yen
    fees: Yen
    damages: Yen
    interest: Yen
    principal: Yen
    deposit: Yen
    balance: Yen
    cause: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document tells, as it was when it was issued; yen, rates in hundredths of a percent.

    `on` is the day that it tells of, `first` the first day of a statement, whose balance before is `opening`;
    what its kind does not tell is 0 or None. `due_day` is the nominal day of the month, 0 for a cycle;
    `rule` the rule of the least payment as (shape, numbers), `free_days` those of a first contract;
    `unmet` are due dates that passed with what is left of each, `arrears` what ends the lateness with them;
    `last_paid_on` the day of the last payment; `seq` the entry that is told.
    """

    member_number: str
    name: str
    name_kana: str
    contract_on: date
    on: date
    first: date | None = None
    limit: Yen = 0
    rate: Rate = 0
    damages_rate: Rate = 0
    minimum: Yen = 0
    due_day: int = 0
    due_on: date | None = None
    due_amount: Yen = 0
    unmet: tuple[tuple[date, Yen], ...] = ()
    arrears: Yen = 0
    opening: Yen = 0
    principal: Yen = 0
    interest: Yen = 0
    damages: Yen = 0
    fees: Yen = 0
    deposit: Yen = 0
    coming: Yen = 0
    per_day: Yen = 0
    closed_on: date | None = None
    last_paid_on: date | None = None
    seq: int = 0
    free_days: int = 0
    smallest_payment: Yen = 0
    remainder_below: Yen = 0
    rule: tuple[str, tuple[tuple[int | None, int], ...]] = ("", ())
    term: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def owed(self) -> Yen:
        """Everything owed."""
        return self.principal + self.interest + self.damages + self.fees


_NUMBERS: Final = 10**10
_STEP: Final = 7_310_982_437  # has no factor in common with 10**10, so each id has a number of its own
_BACK: Final = pow(_STEP, -1, _NUMBERS)
_START: Final = 4_158_290_667
NUMBER_DIGITS: Final = 11
CODE_BYTES: Final = 10
CODE_LETTERS: Final = 16
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which people take for others
_MEANT: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})

# The table of H. M. Damm, "Totally anti-symmetric quasigroups" (2004): it finds every wrong digit and every
# two neighbours exchanged.
_DAMM: Final = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def number_of(document_id: int) -> str:
    """Return the eleven digits by which a document goes; they do not tell how many were issued."""
    if not 0 < document_id < _NUMBERS:
        raise ValueError(f"there is no document {document_id}")
    body = f"{(document_id * _STEP + _START) % _NUMBERS:010}"
    return body + _check(body)


def id_of(text: str) -> int | None:
    """Return the document that a typed number names, in any width and grouping; None where it is none."""
    digits = digits_only(text)
    if not is_digits(digits) or len(digits) != NUMBER_DIGITS or _check(digits) != "0":
        return None
    return (int(digits[:-1]) - _START) * _BACK % _NUMBERS or None


def grouped_number(number: str) -> str:
    """Return a number as it is printed, such as 1234-5678-903."""
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def code_of(chance: bytes) -> str:
    """Return sixteen letters for ten random bytes: 80 bits."""
    if len(chance) != CODE_BYTES:
        raise ValueError(f"a code is made of {CODE_BYTES} bytes")
    left = int.from_bytes(chance)
    return "".join(_ALPHABET[left >> 5 * place & 31] for place in reversed(range(CODE_LETTERS)))


def read_code(text: str) -> str | None:
    """Return the code that was typed, in any width, case and grouping; None for what can be none."""
    code = digits_only(text).upper().translate(_MEANT)
    return code if len(code) == CODE_LETTERS and set(code) <= set(_ALPHABET) else None


def grouped_code(code: str) -> str:
    """Return a code as it is printed, such as 9QX2-1M4A-77BC-0DEF."""
    return "-".join(code[at : at + 4] for at in range(0, CODE_LETTERS, 4))


def masked(name: str) -> str:
    """Return a name of which only who holds the paper knows the rest: 佐＊ 花＊."""
    return " ".join(part[:1] + "＊" * (len(part) - 1) for part in name.split())


def _check(digits: str) -> str:
    """The digit that makes a number whole; 0 for a whole one."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)
