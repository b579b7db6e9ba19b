"""What a monthly statement says: its sums, its terms, and the table of its drawdowns and payments."""

from __future__ import annotations

from datetime import date

from madoguchi.domain.channels import entry_label
from madoguchi.domain.days import in_month
from madoguchi.domain.documents import Facts
from madoguchi.domain.documents import Line as Row
from madoguchi.domain.history import SIGNS, totals
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.simulation import Schedule, simulate
from madoguchi.ports.paper import Table
from madoguchi.web.filters import commas, full_day, rate
from madoguchi.web.paper_words import Line

HEAD = ("取引日", "内容", "金額", "うち利息", "うち損害金", "うち元金", "残高")
WIDE = (17, 25, 13, 11, 11, 11, 12)
WORDS = 2  # columns of words
NOTES = (  # the last one where it is so
    "この明細書は、毎月の書面に同意をいただいているときは、取引ごとの書面に代わるものです（貸金業法第17条第6項、第18条第3項）。",
    "利息は、残高×利率×日数÷365日（うるう年の日は366日）で計算し、1円未満を切り捨てます。"
    "お支払いは、手数料、遅延損害金、利息、元金の順にあてています。",
    "前の月までの日付の取引は、あとから届いたお支払いや、その訂正です。",
)


def lines(facts: Facts, method: str) -> tuple[Line, ...]:
    """The sums of the month and the terms at its end."""
    sums = totals((row.kind, row.amount, row.interest, row.damages) for row in facts.lines)
    return (
        _yen("前の月の末の残高（元金）", facts.opening),
        _yen("お借り入れの合計", sums.drawn),
        _yen("ご返済の合計", sums.paid),
        _yen("うち利息の合計", sums.interest),
        _yen("うち遅延損害金の合計", sums.damages),
        _yen("月末までの、まだお支払いでない利息", facts.interest),
        *([_yen("月末までの、まだお支払いでない遅延損害金", facts.damages)] if facts.damages else []),
        *([_yen("お預かりしている額（預り金）", facts.deposit)] if facts.deposit else []),
        _yen("利用限度額", facts.limit, "limit"),
        Line("利率（実質年率）", rate(facts.rate)),
        Line("遅延損害金の率（実質年率）", rate(facts.damages_rate)),
        Line("ご返済の方式", method),
        _yen("毎回の最低返済額", facts.minimum, "minimum"),
        *_unmet(facts),
        *_next_due(facts),
        *_plan(facts),
    )


def notes(facts: Facts) -> tuple[str, ...]:
    """What is said below; of earlier days only where there are some."""
    late = any(facts.first and row.day < facts.first for row in facts.lines)
    return NOTES if late else NOTES[:-1]


def table(facts: Facts) -> Table:
    """The drawdowns and payments."""
    return Table(HEAD, tuple(map(_cells, facts.lines)), WIDE, WORDS)


def _cells(row: Row) -> tuple[str, ...]:
    kind = EntryKind(row.kind)
    parts = (row.interest, row.damages, row.principal)
    return (
        _day(row.day),
        entry_label(kind, row.cause) + _besides(row),
        f"{SIGNS.get(kind, '')}{commas(row.amount)}円",
        *(f"{commas(part)}円" if part else "—" for part in parts),
        f"{commas(row.balance)}円",
    )


def _besides(row: Row) -> str:
    """What a payment was taken for that has no column of its own."""
    parts = (("手数料", row.fees), ("預り金", row.deposit))
    return "".join(f" うち{words}{commas(yen)}円" for words, yen in parts if yen and yen != row.amount)


def _unmet(facts: Facts) -> tuple[Line, ...]:
    """Due dates that passed unmet, each with what is left of it, and what ends the lateness."""
    if not facts.arrears:
        return ()
    left = (_yen(f"まだお支払いでない{full_day(day)}のご返済額", yen) for day, yen in facts.unmet)
    return (*left, _yen("遅れを解消するのに月末で必要な額（遅延損害金などを含む）", facts.arrears, "arrears"))


def _next_due(facts: Facts) -> tuple[Line, ...]:
    if facts.due_on is None:
        return ()
    return (
        Line("次のご返済日", full_day(facts.due_on), day=facts.due_on),
        _yen("その日のご返済額", facts.due_amount),
    )


def _plan(facts: Facts) -> tuple[Line, ...]:
    """About how long the balance takes by minimum payments alone."""
    if facts.due_on is None:
        return ()
    found = simulate("months", facts.principal, facts.rate, None, max(facts.minimum, 1), "month", facts.on)
    if not isinstance(found, Schedule):
        return ()
    last = in_month(facts.due_on.year, facts.due_on.month + found.payments - 1, 1)
    words = (
        f"{last.year}年{last.month}月ごろまで、{found.payments}回（最低返済額だけを返し、新しく借りないとき）"
    )
    return (Line("ご返済の期間と回数", words),)


def _day(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _yen(label: str, amount: int, name: str = "") -> Line:
    return Line(label, f"{commas(amount)}円", yen=amount, name=name)
