"""Pages of banks: the signed way there and back, and the bank that the demo plays, with its own memory."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from madoguchi.domain.bank_page import (
    SIGNATURE,
    BankAnswer,
    Order,
    read_answer,
    read_order,
    sealed_answer,
    sealed_order,
)
from madoguchi.ports import Clock
from madoguchi.ports.bank_page import Played, Telling

TABLES = """
CREATE TABLE IF NOT EXISTS paid (
    key TEXT PRIMARY KEY, outcome INTEGER NOT NULL, at INTEGER NOT NULL, reference TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answer (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, telling TEXT NOT NULL, due INTEGER NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0, bank_code TEXT NOT NULL, amount INTEGER NOT NULL);
"""


class SignedBankPages:
    """The BankPages behind one address: orders go as a signed query, answers come back as signed fields."""

    def __init__(self, address: str, secret: bytes) -> None:
        self._address, self._secret = address, secret

    def address(self, order: Order) -> str:
        """The address with the order in its query."""
        return f"{self._address}?{urlencode(sealed_order(self._secret, order))}"

    def read(self, fields: Mapping[str, str]) -> BankAnswer | None:
        """The answer, if its signature holds."""
        return read_answer(self._secret, fields)


class PlayedPage:
    """The PlayedBankPage: what it did lies in an SQLite file beside the data and survives any death."""

    def __init__(self, file: Path, secret: bytes, clock: Clock) -> None:
        self._file, self._secret, self._clock = file, secret, clock

    def look(self, fields: Mapping[str, str]) -> Played | None:
        """The order of a signed link and what became of it."""
        order = read_order(self._secret, fields)
        if order is None:
            return None
        with self._opened() as books:
            row = books.execute("SELECT outcome, at FROM paid WHERE key = ?", (order.key,)).fetchone()
        return Played(order, bool(row[0]), _moment(row[1])) if row else Played(order, None, None)

    def settle(
        self, fields: Mapping[str, str], paid: bool, telling: Telling, late: timedelta
    ) -> Played | None:
        """Pay or decline once; whoever presses again gets what was done first."""
        order = read_order(self._secret, fields)
        if order is None:
            return None
        now = self._clock.now()
        due = _seconds(now + late) if telling is Telling.LATE else _seconds(now)
        with self._opened() as books:
            taken = books.execute(
                "INSERT OR IGNORE INTO paid VALUES (?, ?, ?, ?)",
                (order.key, int(paid), _seconds(now), f"P{now:%y%m%d}-{secrets.randbelow(10**8):08}"),
            )
            for _ in range(taken.rowcount * (2 if telling is Telling.TWICE else 1)):
                books.execute(
                    "INSERT INTO answer (key, telling, due, bank_code, amount) VALUES (?, ?, ?, ?, ?)",
                    (order.key, telling.value, due, order.bank_code, order.amount),
                )
        return self.look(fields)

    def answers(self) -> list[tuple[int, dict[str, str]]]:
        """The answers that are due, in the order in which they were put aside."""
        if not self._file.exists():
            return []
        with self._opened() as books:
            rows = books.execute(
                "SELECT number, key, telling, bank_code, amount, outcome, at, reference "
                "FROM answer JOIN paid USING (key) WHERE NOT taken AND due <= ? ORDER BY number",
                (_seconds(self._clock.now()),),
            ).fetchall()
        return [(row[0], self._fields(Telling(row[2]), row)) for row in rows]

    def told(self, number: int) -> None:
        """Do not send it again."""
        with self._opened() as books:
            books.execute("UPDATE answer SET taken = 1 WHERE number = ?", (number,))

    def forget(self) -> None:
        """Empty the memory."""
        with self._opened() as books:
            books.execute("DELETE FROM answer")
            books.execute("DELETE FROM paid")

    def _fields(self, telling: Telling, row: tuple[str | int, ...]) -> dict[str, str]:
        _, key, _, bank_code, amount, outcome, at, reference = row
        answer = BankAnswer(
            str(key), str(bank_code), int(amount), bool(outcome), _moment(int(at)), str(reference)
        )
        if telling is Telling.OTHER_AMOUNT:
            answer = replace(answer, amount=answer.amount + 1)
        fields = sealed_answer(self._secret, answer)
        return fields | {SIGNATURE: "0" * 64} if telling is Telling.FORGED else fields

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        books = sqlite3.connect(self._file, timeout=5)
        try:
            with books:  # one act: all of it or nothing
                books.executescript(TABLES)
                books.execute("BEGIN IMMEDIATE")
                yield books
        finally:
            books.close()


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
