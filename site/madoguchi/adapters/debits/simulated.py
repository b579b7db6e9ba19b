"""The demo's bank for direct debits: it answers wishes and files as testers choose, and forgets nothing.

What it took is on the disk, in a file of its own, before it says so: a site that is killed is no reason for a
bank to forget.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from madoguchi.adapters.own_file import OwnFile
from madoguchi.domain import debit_file, zengin
from madoguchi.domain.days import next_business_day
from madoguchi.domain.debit_file import Result
from madoguchi.domain.zengin import LINE_END
from madoguchi.ports.debit import AtBank, CameBack, Line, MandateWish, Mood, Word

_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS wish (key TEXT PRIMARY KEY, word TEXT NOT NULL) STRICT",
    """CREATE TABLE IF NOT EXISTS file (
        number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, request BLOB NOT NULL, debits_on TEXT NOT NULL,
        back_on TEXT NOT NULL, answer BLOB, put_away INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS chosen (
        name TEXT NOT NULL, customer TEXT NOT NULL, code INTEGER NOT NULL, PRIMARY KEY (name, customer)
    ) STRICT""",
    "CREATE TABLE IF NOT EXISTS mood (one INTEGER PRIMARY KEY CHECK (one = 1), told TEXT NOT NULL) STRICT",
)


class SimulatedDebits:
    """A DebitBank, and the PlayDebits of the demo's pages."""

    def __init__(self, file: Path) -> None:
        self._own = OwnFile(file, _SCHEMA)

    def register(self, wish: MandateWish) -> Word:
        """Its mood's word, kept once it is a yes or a no."""
        with self._own.act():
            rows = self._own.run("SELECT word FROM wish WHERE key = ?", wish.key)
            word = Word(rows[0][0]) if rows else self.mood().word
            if word is not Word.WAITING:
                self._own.run("INSERT OR IGNORE INTO wish (key, word) VALUES (?, ?)", wish.key, word.value)
        return word

    def hand_in(self, name: str, on: date, request: bytes) -> None:
        """Take a request; it comes back on the day of its debits, or some business days after it."""
        with self._own.act():
            back = on
            for _ in range(self.mood().days):
                back = next_business_day(back + timedelta(days=1))
            self._own.run(
                "INSERT OR IGNORE INTO file (name, request, debits_on, back_on) VALUES (?, ?, ?, ?)",
                name, request, on.isoformat(), back.isoformat(),
            )  # fmt: skip

    def results(self, today: date) -> Sequence[CameBack]:
        """What has come back by a day, with the results that were chosen."""
        with self._own.act():
            for (name,) in self._own.run(
                "SELECT name FROM file WHERE answer IS NULL AND back_on <= ? ORDER BY number",
                today.isoformat(),
            ):
                self._answer(name)
            rows = self._own.run(
                "SELECT name, answer FROM file WHERE answer IS NOT NULL AND put_away = 0 AND debits_on <= ? "
                "ORDER BY number",
                today.isoformat(),
            )
        return [CameBack(name, bytes(answer)) for name, answer in rows]

    def put_away(self, name: str) -> None:
        """Not to send a file again."""
        with self._own.act():
            self._own.run("UPDATE file SET put_away = 1 WHERE name = ?", name)

    def mood(self) -> Mood:
        """How it behaves now."""
        rows = self._own.run("SELECT told FROM mood")
        told = json.loads(rows[0][0]) if rows else {}
        return Mood(**told | {"word": Word(told["word"])}) if told else Mood()

    def put_into(self, mood: Mood) -> None:
        """Behave so from now on; ValueError for a code that banks do not have."""
        Result(mood.code)
        told = json.dumps(asdict(mood) | {"word": mood.word.value})
        with self._own.act():
            self._own.run("INSERT OR REPLACE INTO mood (one, told) VALUES (1, ?)", told)

    def files(self, most: int) -> Sequence[AtBank]:
        """The files that came last, the newest first."""
        rows = self._own.run(
            "SELECT name, request, debits_on, answer FROM file ORDER BY number DESC LIMIT ?", most
        )
        return [self._seen(name, bytes(asked), on, answer) for name, asked, on, answer in rows]

    def decide(self, name: str, customer: int, code: int) -> bool:
        """Choose the result of one debit that has not come back."""
        with self._own.act():
            if not self._open(name):
                return False
            self._own.run(
                "INSERT OR REPLACE INTO chosen (name, customer, code) VALUES (?, ?, ?)",
                name, str(customer), Result(code).value,
            )  # fmt: skip
        return True

    def answer_now(self, name: str) -> bool:
        """Send a file back at once, or on the day of its debits if that has not come."""
        with self._own.act():
            if not self._open(name):
                return False
            self._answer(name)
        return True

    def empty(self) -> None:
        """Forget everything."""
        with self._own.act():
            for table in ("wish", "file", "chosen", "mood"):
                self._own.run(f"DELETE FROM {table}")  # noqa: S608 - names of our own

    def _open(self, name: str) -> bool:
        return bool(self._own.run("SELECT 1 FROM file WHERE name = ? AND answer IS NULL", name))

    def _answer(self, name: str) -> None:
        ((asked,),) = self._own.run("SELECT request FROM file WHERE name = ?", name)
        results = [Result(line.code) for line in self._lines(name, bytes(asked))]
        ends = LINE_END if LINE_END in bytes(asked) else b""
        answer = debit_file.answer(bytes(asked), results, ends)
        self._own.run("UPDATE file SET answer = ? WHERE name = ?", answer, name)

    def _lines(self, name: str, asked: bytes) -> tuple[Line, ...]:
        usual = self.mood().code
        rows = self._own.run("SELECT customer, code FROM chosen WHERE name = ?", name)
        chosen = {int(customer): code for customer, code in rows}
        told = [debit_file.read_debit(raw, n) for n, raw in enumerate(zengin.split(asked)[1:-2], 2)]
        return tuple(
            Line(one.customer, one.holder, one.amount, chosen.get(one.customer, usual)) for one in told
        )

    def _seen(self, name: str, asked: bytes, on: str, answer: bytes | None) -> AtBank:
        lines = self._lines(name, asked)
        if answer is not None:
            said = [row.result.value for row in debit_file.read_result(bytes(answer)).rows]
            lines = tuple(
                Line(one.customer, one.holder, one.amount, code)
                for one, code in zip(lines, said, strict=True)
            )
        return AtBank(name, date.fromisoformat(on), answer is not None, lines)
