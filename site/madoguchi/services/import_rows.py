"""An import file read row by row: what each member and contract is to be, or every fault with its place."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from madoguchi.domain.opening import Balance
from madoguchi.rules import Rules
from madoguchi.services.import_checks import Context, balance_of, contradictions
from madoguchi.services.import_columns import COLUMNS, Unreadable
from madoguchi.store.members import NewMember

_NAMES: Final = [column.name for column in COLUMNS]
_REQUIRED: Final = [column.name for column in COLUMNS if column.required]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and where; rows count from 1, which is the header."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Row:
    """One member with one contract, sound in itself."""

    row: int
    member: NewMember
    opened_on: date
    limit: int
    rate: int
    due_day: int
    balance: Balance
    card: str
    pin: str
    pin_hash: str
    web_id: str
    password_hash: str


def read_rows(lines: Iterable[str], rules: Rules, today: date) -> Iterator[Row | Fault]:
    """Yield each row or its faults; a header that cannot be used yields its faults and ends."""
    reader = csv.reader(lines, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if wrong := list(_header_faults(header)):
            yield from wrong
            return
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                yield from _row(number, header, cells, rules, today)
    except csv.Error as fault:
        yield Fault(reader.line_num, "-", f"cannot be read as CSV: {fault}")
    except UnicodeDecodeError:
        yield Fault(reader.line_num + 1, "-", "is not UTF-8")


def _header_faults(header: list[str]) -> Iterator[Fault]:
    for name in _REQUIRED:
        if name not in header:
            yield Fault(1, name, "is missing")
    for name in sorted(set(header)):
        if name not in _NAMES:
            yield Fault(1, name, "is no column that is known here")
        elif header.count(name) > 1:
            yield Fault(1, name, "stands in the header twice")


def _row(
    number: int, header: list[str], cells: list[str], rules: Rules, today: date
) -> Iterator[Row | Fault]:
    if len(cells) != len(header):
        yield Fault(number, "-", f"has {len(cells)} cells, the header {len(header)}")
        return
    given = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    values: dict[str, Any] = {}
    faults = list(_read_cells(number, given, values))
    faults += [Fault(number, *told) for told in contradictions(Context(values, rules, today))]
    if faults:
        yield from faults
    else:
        yield _made(number, values, rules)


def _read_cells(number: int, given: dict[str, str], values: dict[str, Any]) -> Iterator[Fault]:
    for column in COLUMNS:
        cell = given.get(column.name, "")
        if not cell:
            if column.required:
                yield Fault(number, column.name, "must not be empty")
            else:
                values[column.name] = column.empty
            continue
        try:
            values[column.name] = column.read(cell)
        except Unreadable as fault:
            yield Fault(number, column.name, f"{fault}" if column.secret else f"{fault}, not {cell[:60]!r}")


def _made(number: int, values: dict[str, Any], rules: Rules) -> Row:
    personal = (
        "name", "name_kana", "birth_date", "name_romaji", "email", "phone", "postcode", "address", "employer",
        "annual_income", "other_debts",
    )  # fmt: skip
    return Row(
        row=number,
        member=NewMember(values["member_number"], **{name: values[name] for name in personal}),
        opened_on=values["opened_on"],
        limit=values["credit_limit"],
        rate=values["rate"],
        due_day=values["due_day"],
        balance=balance_of(values, rules),
        card=values["card_number"],
        pin=values["pin"],
        pin_hash=values["pin_hash"],
        web_id=values["web_id"],
        password_hash=values["password_hash"],
    )
