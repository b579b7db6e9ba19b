"""The file of payments that came into the lender's bank account: read strictly, whole or not at all.

CSV in UTF-8 or as Shift_JIS: the head `date,amount,payer,reference`, then a line for each payment
(docs/desk-books.md). Banks' own exports are brought into this form by the operator.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from madoguchi.domain.dates import DayError, parse_day
from madoguchi.domain.kana import KanaError, bank_kana
from madoguchi.domain.money import MoneyError, Yen, parse_yen
from madoguchi.domain.widths import narrow
from madoguchi.domain.zengin import Malformed

HEAD: Final = ("date", "amount", "payer", "reference")
MOST_LINES: Final = 500
OLDEST: Final = timedelta(days=366)
LONGEST_PAYER: Final = 48  # cells, as banks carry them
LONGEST_REFERENCE: Final = 60
_NUMBER: Final = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A payment as the bank booked it; `payer` in bank kana, `key` the same for the same payment again.

    `line` is where it stands in the file, counted from 1 with the head.
    """

    line: int
    booked_on: date
    amount: Yen
    payer: str
    reference: str
    key: str


def read_payments(data: bytes, today: date) -> tuple[Incoming, ...]:
    """Return the payments of a file; raises Malformed with line and column (the field's place) unless whole.

    Two equal lines of a file are two payments; a line that another file had as well is the same payment.
    """
    rows = list(_rows(_text(data)))
    if not rows or tuple(cell.strip() for cell in rows[0][1]) != HEAD:
        raise Malformed(1, 1, f"1行目は {','.join(HEAD)} にしてください")
    if len(rows) == 1:
        raise Malformed(2, 1, "入金の行がありません")
    if len(rows) - 1 > MOST_LINES:
        raise Malformed(MOST_LINES + 2, 1, f"1つのファイルは{MOST_LINES}行までです。分けてください")
    seen: Counter[str] = Counter()
    return tuple(_payment(line, cells, today, seen) for line, cells in rows[1:])


def member_numbers(reference: str, payer: str) -> tuple[str, ...]:
    """Return what may be member numbers: nine digits by themselves, the reference's before the payer's."""
    found = (*_NUMBER.findall(narrow(reference)), *_NUMBER.findall(payer))
    return tuple(dict.fromkeys(found))


def name_in(payer: str) -> str:
    """Return the name of a payer without blanks and without a number that was typed beside it."""
    return _NUMBER.sub("", payer).replace(" ", "")


def _text(data: bytes) -> str:
    for codec in ("utf-8-sig", "cp932"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise Malformed(1, 1, "文字コードがUTF-8でもShift_JISでもありません")


def _rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(_lines(text), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        raise Malformed(reader.line_num, 1, "引用符の閉じ方が正しくありません") from None


def _lines(text: str) -> Iterator[str]:
    """Each line with its end; a file's last end begins no further line."""
    return (line for line in re.split(r"(?<=\n)", text) if line)


def _payment(line: int, cells: Sequence[str], today: date, seen: Counter[str]) -> Incoming:
    if len(cells) != len(HEAD):
        raise Malformed(
            line, min(len(cells), len(HEAD)) + 1, f"項目は{len(HEAD)}つです（{len(cells)}つあります）"
        )
    booked, amount = _day(line, cells[0], today), _amount(line, cells[1])
    payer, reference = _payer(line, cells[2]), _reference(line, cells[3])
    said = f"{booked.isoformat()}|{amount}|{payer}|{reference}"
    seen[said] += 1
    key = hashlib.sha256(f"{said}|{seen[said]}".encode()).hexdigest()
    return Incoming(line, booked, amount, payer, reference, key)


def _day(line: int, text: str, today: date) -> date:
    try:
        day = parse_day(text)
    except DayError:
        raise Malformed(line, 1, "日付は 2026-11-20 のように書いてください") from None
    if day > today:
        raise Malformed(line, 1, f"{day} は、まだ来ていない日です")
    if day < today - OLDEST:
        raise Malformed(line, 1, f"{day} は、1年より前の日です")
    return day


def _amount(line: int, text: str) -> Yen:
    try:
        return parse_yen(text, 1)
    except MoneyError:
        raise Malformed(line, 2, "金額は1円以上の整数で書いてください") from None


def _payer(line: int, text: str) -> str:
    try:
        payer = bank_kana(text)
    except KanaError as fault:
        said = f"「{fault.letter}」は使えません" if fault.letter.isprintable() and fault.letter else "空です"
        raise Malformed(line, 3, f"振込人はカナで書いてください（{said}）") from None
    if len(payer) > LONGEST_PAYER:
        raise Malformed(line, 3, f"振込人は{LONGEST_PAYER}文字までです")
    return payer


def _reference(line: int, text: str) -> str:
    reference = text.strip()
    if len(reference) > LONGEST_REFERENCE or not all(c.isprintable() or c == "\u3000" for c in reference):
        raise Malformed(line, 4, f"摘要は、表示できる文字で{LONGEST_REFERENCE}文字までです")
    return reference
