"""The demo's bank: it pays each key at most once, remembers in a file of its own, and can be in any temper.

What it has said yes to is on the disk before it answers: a `kill -9` of the site is no reason for a bank to
forget. It is as slow, unwilling or hard to reach as its temper says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from madoguchi.adapters.own_file import OwnFile
from madoguchi.ports import Clock, business_date
from madoguchi.ports.bank import (
    Answer,
    Known,
    Pending,
    Received,
    Rejected,
    Settled,
    Temper,
    TransferOrder,
    Trouble,
)

REFUSALS: Final = {
    "no_account": "この番号の口座が見つかりませんでした",
    "wrong_name": "口座の名義が、お届けのお名前と違っていました",
    "account_closed": "口座が解約されていました",
}
UNSEEN: Final = Rejected("unseen", "銀行に、振込の依頼が届いていませんでした")
MISUSED: Final = Rejected("key_used", "同じ番号で、ちがう内容の依頼がありました")

_SCHEMA: Final = (
    """CREATE TABLE IF NOT EXISTS received (
        number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('taken', 'paid', 'refused', 'closed')),
        told TEXT NOT NULL, amount INTEGER NOT NULL, wished TEXT NOT NULL, code TEXT NOT NULL,
        seen_at REAL NOT NULL, ready_at REAL NOT NULL, paid_on TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "CREATE TABLE IF NOT EXISTS temper (one INTEGER PRIMARY KEY CHECK (one = 1), told TEXT NOT NULL) STRICT",
)
_READ: Final = (
    "SELECT number, key, state, told, amount, wished, code, seen_at, ready_at, paid_on FROM received "
)
_INSERT: Final = (
    "INSERT INTO received (key, state, told, amount, wished, code, seen_at, ready_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


class SimulatedBank:
    """A Bank, and the PlayBank of the demo's pages."""

    def __init__(self, file: Path, clock: Clock) -> None:
        self._own, self._clock = OwnFile(file, _SCHEMA), clock

    def send(self, order: TransferOrder) -> Answer:
        """Take an order unless the line fails; one that came before is answered and not taken again."""
        temper = self.temper()
        if temper.sending is Trouble.NOT_REACHED:
            return Pending()
        with self._own.act():
            row = self._row(order.key) or self._taken(order, temper)
            answer = self._answer(row) if row[3] == _told(order) or row[2] == "closed" else MISUSED
        return Pending() if temper.sending is Trouble.ANSWER_LOST else answer

    def ask(self, key: str) -> Answer:
        """What became of a key; one not seen is closed."""
        temper = self.temper()
        if temper.asking is Trouble.NOT_REACHED:
            return Pending()
        with self._own.act():
            answer = self._answer(self._row(key) or self._closed(key))
        return Pending() if temper.asking is Trouble.ANSWER_LOST else answer

    def known(self) -> Iterator[Known]:
        """Every order as it stands; what has become due is done when somebody asks for it, not here."""
        for row in self._own.run(_READ + "ORDER BY key"):
            yield Known(row[1], row[4], _standing(row))

    def temper(self) -> Temper:
        """How it behaves now."""
        rows = self._own.run("SELECT told FROM temper")
        told = json.loads(rows[0][0]) if rows else {}
        troubles = {name: Trouble(told.pop(name)) for name in ("sending", "asking") if name in told}
        return Temper(**told, **troubles)

    def put_into(self, temper: Temper) -> None:
        """Behave so from now on; raises ValueError for a refusal that it does not know."""
        if temper.refusal and temper.refusal not in REFUSALS:
            raise ValueError(f"{temper.refusal} is no refusal of this bank")
        told = asdict(temper) | {"sending": temper.sending.value, "asking": temper.asking.value}
        with self._own.act():
            self._own.run("INSERT OR REPLACE INTO temper (one, told) VALUES (1, ?)", json.dumps(told))

    def refusals(self) -> dict[str, str]:
        """The codes it can refuse with, and what it then says."""
        return dict(REFUSALS)

    def newest(self, most: int) -> list[Received]:
        """The orders that came last, the newest first; what is due by now is done first."""
        with self._own.act():
            for row in self._own.run(_READ + "WHERE state = 'taken'"):
                self._answer(row)
            rows = self._own.run(_READ + "ORDER BY number DESC LIMIT ?", most)
        return [_received(row) for row in rows]

    def empty(self) -> None:
        """Forget every order and the temper."""
        with self._own.act():
            self._own.run("DELETE FROM received")
            self._own.run("DELETE FROM temper")

    def _taken(self, order: TransferOrder, temper: Temper) -> tuple[Any, ...]:
        seen = self._clock.now()
        ready = seen + timedelta(seconds=temper.delay_seconds)
        self._own.run(
            _INSERT,
            order.key,
            "taken",
            _told(order),
            order.amount,
            order.on.isoformat(),
            temper.refusal,
            seen.timestamp(),
            ready.timestamp(),
        )
        return self._known(order.key)

    def _closed(self, key: str) -> tuple[Any, ...]:
        at = self._clock.now().timestamp()
        self._own.run(_INSERT, key, "closed", "", 0, "", UNSEEN.code, at, at)
        return self._known(key)

    def _answer(self, row: tuple[Any, ...]) -> Answer:
        """What it says of an order, doing what has become due: to pay, or to refuse."""
        number, _key, state, _order, _amount, wished, code, _seen, ready_at, paid_on = row
        if state == "taken":
            now, today = self._clock.now(), business_date(self._clock)
            if now.timestamp() < ready_at or (not code and today < date.fromisoformat(wished)):
                return Pending()
            state, paid_on = ("refused", "") if code else ("paid", today.isoformat())
            self._own.run(
                "UPDATE received SET state = ?, paid_on = ? WHERE number = ?", state, paid_on, number
            )
            row = self._own.run(_READ + "WHERE number = ?", number)[0]
        return _standing(row)

    def _row(self, key: str) -> tuple[Any, ...] | None:
        rows = self._own.run(_READ + "WHERE key = ?", key)
        return rows[0] if rows else None

    def _known(self, key: str) -> tuple[Any, ...]:
        return self._own.run(_READ + "WHERE key = ?", key)[0]


def _standing(row: tuple[Any, ...]) -> Answer:
    """What a row says by itself."""
    number, state, code, paid_on = row[0], row[2], row[6], row[9]
    match state:
        case "closed":
            return UNSEEN
        case "taken":
            return Pending()
        case "refused":
            return Rejected(code, REFUSALS[code])
        case _:
            return Settled(f"F{number:08}", date.fromisoformat(paid_on))


def _told(order: TransferOrder) -> str:
    """An order as text, so that a key that is used again can be held against it."""
    return json.dumps(asdict(order) | {"on": order.on.isoformat()}, ensure_ascii=False, sort_keys=True)


def _received(row: tuple[Any, ...]) -> Received:
    _number, key, state, told, amount, wished, code, seen_at, _ready, _paid_on = row
    order = json.loads(told) if told else None
    return Received(
        key=key,
        state=state,
        amount=amount,
        account=f"{order['bank_code']}-{order['branch_code']}-{order['account_number']}" if order else "",
        holder_kana=order["holder_kana"] if order else "",
        on=date.fromisoformat(wished) if wished else None,
        seen_at=datetime.fromtimestamp(seen_at, UTC),
        reason=REFUSALS.get(code, UNSEEN.reason if state == "closed" else ""),
    )
