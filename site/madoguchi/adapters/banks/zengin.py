"""A bank that is reached by files of 総合振込: orders wait until an operator has a file made of them.

What was taken is on the disk, in a file of its own, before it is said. Whether an order was paid is known
when the operator says that the bank carried out its file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from madoguchi.adapters.own_file import OwnFile
from madoguchi.domain import transfer_file
from madoguchi.domain.bank_file import Account
from madoguchi.domain.kana import KanaError, bank_kana
from madoguchi.domain.transfer_file import Transfer
from madoguchi.ports.bank import Answer, Known, Pending, Rejected, Settled, TransferOrder
from madoguchi.ports.banks import BankDirectory
from madoguchi.ports.transfer_files import Held, Line, Made, TransferFile
from madoguchi.rules import BankFiles

UNSEEN: Final = Rejected("unseen", "銀行に、振込の依頼が届いていませんでした")
MISUSED: Final = Rejected("key_used", "同じ番号で、ちがう内容の依頼がありました")
UNWRITABLE: Final = Rejected("holder", "口座の名義に、銀行の手続きで使えない文字があります")

_SCHEMA: Final = (
    """CREATE TABLE IF NOT EXISTS file (
        number INTEGER PRIMARY KEY, made_for TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS transfer (
        number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('taken', 'filed', 'paid', 'returned', 'closed')),
        told TEXT NOT NULL, wished TEXT NOT NULL, account TEXT NOT NULL, first INTEGER NOT NULL,
        file INTEGER REFERENCES file, paid_on TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "CREATE INDEX IF NOT EXISTS transfer_waiting ON transfer (wished) WHERE state = 'taken'",
    "CREATE INDEX IF NOT EXISTS transfer_account ON transfer (account)",
    "CREATE INDEX IF NOT EXISTS transfer_file ON transfer (file) WHERE file IS NOT NULL",
    "CREATE TABLE IF NOT EXISTS begun (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT",
)
_INSERT: Final = (
    "INSERT INTO transfer (key, state, told, wished, account, first) VALUES (?, ?, ?, ?, ?, "
    "NOT EXISTS (SELECT 1 FROM transfer WHERE account = ? AND state <> 'closed'))"
)


class ZenginBank:
    """A Bank, and the TransferFiles of the operator's commands."""

    def __init__(self, file: Path, files: BankFiles, directory: BankDirectory) -> None:
        self._own = OwnFile(file, _SCHEMA)
        self._files, self._directory = files, directory

    def send(self, order: TransferOrder) -> Answer:
        """Take an order for the next file; one that no file can carry is refused at once."""
        try:
            bank_kana(order.holder_kana)
        except KanaError:
            return self._closed(order.key, UNWRITABLE)
        told = _told(order)
        account = f"{order.bank_code}-{order.branch_code}-{order.account_kind}-{order.account_number}"
        with self._own.act():
            if not self._row(order.key):
                self._own.run(_INSERT, order.key, "taken", told, order.on.isoformat(), account, account)
            row = self._row(order.key)
        return _answer(row) if row[2] == told or row[1] == "closed" else MISUSED

    def ask(self, key: str) -> Answer:
        """What became of a key; one not seen is closed."""
        return self._closed(key, UNSEEN)

    def known(self) -> Iterator[Known]:
        """Every order as it stands."""
        rows = self._own.run("SELECT number, state, told, paid_on, reason, key FROM transfer ORDER BY key")
        for row in rows:
            told = json.loads(row[2]) if row[1] != "closed" else {}
            yield Known(row[5], told.get("amount", 0), _answer(row[:5]))

    def begun_at(self) -> datetime:
        """When somebody first asked for it; the last digits are drawn, so that no two are the same."""
        if not (rows := self._own.run("SELECT at FROM begun")):
            with self._own.act():
                self._own.run(
                    "INSERT OR IGNORE INTO begun "
                    "VALUES (1, CAST(unixepoch('subsec') * 1000 AS INTEGER) * 1000 + abs(random() % 1000))"
                )
                rows = self._own.run("SELECT at FROM begun")
        return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=rows[0][0])

    def make(self, on: date) -> TransferFile | None:
        """A new file of every order that waits for this day or an earlier one."""
        with self._own.act():
            waiting = "state = 'taken' AND wished <= ?"
            any_waiting = f"SELECT 1 FROM transfer WHERE {waiting} LIMIT 1"  # noqa: S608
            if not self._own.run(any_waiting, on.isoformat()):
                return None
            self._own.run("INSERT INTO file (made_for) VALUES (?)", on.isoformat())
            ((number,),) = self._own.run("SELECT MAX(number) FROM file")
            self._own.run(
                f"UPDATE transfer SET state = 'filed', file = ? WHERE {waiting}",  # noqa: S608
                number, on.isoformat(),
            )  # fmt: skip
        return self.again(number)

    def again(self, number: int) -> TransferFile | None:
        """The very same file once more."""
        rows = self._own.run("SELECT made_for FROM file WHERE number = ?", number)
        if not rows:
            return None
        on = date.fromisoformat(rows[0][0])
        told = self._own.run(
            "SELECT number, told, first FROM transfer WHERE file = ? ORDER BY number", number
        )
        transfers = [self._transfer(*row) for row in told]
        data = transfer_file.request(self._files.transfers, on, transfers, self._files.line_end)
        return TransferFile(number, on, len(transfers), sum(one.amount for one in transfers), data)

    def files(self, most: int) -> Sequence[Made]:
        """The files that were made last, the newest first."""
        sql = (
            "SELECT f.number, f.made_for, f.done, COUNT(t.number), SUM(json_extract(t.told, '$.amount')) "
            "FROM file f JOIN transfer t ON t.file = f.number GROUP BY f.number ORDER BY f.number DESC "
            "LIMIT ?"
        )
        rows = self._own.run(sql, most)
        return [Made(number, date.fromisoformat(on), bool(done), *sums) for number, on, done, *sums in rows]

    def lines(self, number: int) -> Sequence[Line]:
        """The transfers of a file in their order."""
        sql = "SELECT number, key, account, told, state, reason FROM transfer WHERE file = ? ORDER BY number"
        return [_line(*row) for row in self._own.run(sql, number)]

    def held(self, today: date) -> Held:
        """What waits for the operator."""
        count = "SELECT COUNT(*) FROM transfer WHERE state = ? AND wished <= ?"
        ((unfiled,),) = self._own.run(count, "taken", today.isoformat())
        ((filed,),) = self._own.run(count, "filed", today.isoformat())
        sql = "SELECT number FROM file WHERE done = 0 AND made_for < ? ORDER BY number"
        rows = self._own.run(sql, today.isoformat())
        return Held(unfiled, filed, tuple(number for (number,) in rows))

    def done(self, number: int, returned: Mapping[int, str]) -> int | None:
        """Say that the bank carried a file out, but for what it returned; said again, it changes nothing."""
        with self._own.act():
            rows = self._own.run("SELECT made_for FROM file WHERE number = ?", number)
            if not rows:
                return None
            inside = {n for (n,) in self._own.run("SELECT number FROM transfer WHERE file = ?", number)}
            if strange := sorted(set(returned) - inside):
                raise ValueError(f"reference {strange[0]} does not stand in file {number}")
            for reference, reason in returned.items():
                sql = (
                    "UPDATE transfer SET state = 'returned', reason = ? WHERE number = ? AND state = 'filed'"
                )
                self._own.run(sql, reason, reference)
            ((settled,),) = self._own.run(
                "SELECT COUNT(*) FROM transfer WHERE file = ? AND state = 'filed'", number
            )
            self._own.run(
                "UPDATE transfer SET state = 'paid', paid_on = ? WHERE file = ? AND state = 'filed'",
                rows[0][0], number,
            )  # fmt: skip
            self._own.run("UPDATE file SET done = 1 WHERE number = ?", number)
            return int(settled)

    def _closed(self, key: str, why: Rejected) -> Answer:
        """What is known of a key, which is closed with a reason when nothing is."""
        with self._own.act():
            if not self._row(key):
                self._own.run(_INSERT, key, "closed", why.code, "", "", "")
            return _answer(self._row(key))

    def _transfer(self, number: int, told: str, first: int) -> Transfer:
        order = json.loads(told)
        bank = self._directory.bank(order["bank_code"])
        branch = self._directory.branch(order["bank_code"], order["branch_code"])
        account = Account(
            order["bank_code"], order["branch_code"], order["account_kind"], order["account_number"],
            bank.kana if bank else "", branch.kana if branch else "",
        )  # fmt: skip
        receiver = bank_kana(order["holder_kana"])
        return Transfer(account, receiver, order["amount"], reference=number, new=int(first))

    def _row(self, key: str) -> tuple[Any, ...]:
        rows = self._own.run("SELECT number, state, told, paid_on, reason FROM transfer WHERE key = ?", key)
        return rows[0] if rows else ()


def _line(number: int, key: str, account: str, told: str, state: str, reason: str) -> Line:
    order = json.loads(told)
    return Line(number, key, account, order["holder_kana"], order["amount"], state, reason)


def _told(order: TransferOrder) -> str:
    """An order as text, so that a key that is used again can be held against it."""
    return json.dumps(asdict(order) | {"on": order.on.isoformat()}, ensure_ascii=False, sort_keys=True)


def _answer(row: tuple[Any, ...]) -> Answer:
    number, state, told, paid_on, reason = row
    match state:
        case "closed":
            return UNWRITABLE if told == UNWRITABLE.code else UNSEEN
        case "paid":
            return Settled(f"T{number:08}", date.fromisoformat(paid_on))
        case "returned":
            return Rejected("returned", reason)
        case _:
            return Pending()
