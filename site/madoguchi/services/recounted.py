"""The letter about payments that were split anew, or a lateness that was none, because of an outage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from madoguchi.domain.letters import Kind
from madoguchi.domain.money import format_yen
from madoguchi.services import corrections, letters, reasons
from madoguchi.services.lateness import in_words
from madoguchi.services.mercy import Moved
from madoguchi.services.office import Office
from madoguchi.store import entries
from madoguchi.store.contracts import ContractRow
from madoguchi.store.entries import Entry

_PARTS = (
    ("手数料", "fees"), ("遅延損害金", "damages"), ("利息", "interest"), ("元金", "principal"),
    ("預り金", "deposit"),
)  # fmt: skip


def write_within(
    office: Office, row: ContractRow, moved: tuple[date, Moved], corrected: Sequence[Entry], *, over: bool
) -> None:
    """Write it inside the act that counted anew; `over` where the lateness that was told was none."""
    due, to = moved
    old = {one.seq: one for one in entries.stream(office.store, row.id, row.id)} if corrected else {}
    facts: dict[str, letters.Fact] = {
        "due": in_words(due),
        "to": in_words(to.day),
        "shut": reasons.of_move(office, due, to.day, to.cause).shut,
        "corrected": "。".join(_split(one, old.get(one.replaces or 0)) for one in corrected),
        "over": "yes" if over else "",
        "late": "yes" if row.standing.late_since else "",
    }
    letters.write(office, Kind.RECOUNTED, facts, member_id=row.member_id)


def _split(new: Entry, old: Entry | None) -> str:
    """A payment by day and yen, and its parts: each that changed with what it was before."""
    told = []
    for words, name in _PARTS:
        now, before = getattr(new, name), getattr(old, name) if old else 0
        if now or before:
            told.append(
                f"{words}{format_yen(now)}円" + (f"（前は{format_yen(before)}円）" if now != before else "")
            )
    return f"{corrections.day(new.value_date)}の{format_yen(new.amount)}円：{'、'.join(told)}"
