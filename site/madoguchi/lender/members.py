"""The sections of lender.toml about what members are offered besides loans: points."""

from __future__ import annotations

from madoguchi.domain.points import PointRules
from madoguchi.sections import Section

MOST = 1_000_000  # points that one thing can earn or cost
_EARNED = (
    "joined", "sign_in", "notice_least", "notice_most", "income_document", "reminder_mail",
    "transaction_mail", "electronic",
)  # fmt: skip


def points(s: Section) -> PointRules:
    """[points]: what earns how many, and what they buy; nothing that is bought is free."""
    earned = {name: s.number(name, 0, MOST) for name in _EARNED}
    if earned["notice_most"] < earned["notice_least"]:
        raise s.fault("notice_most", "must not be below notice_least")
    rules = PointRules(
        **earned,
        atm_waiver=s.number("atm_waiver", 1, MOST),
        free_days=tuple(_free_days(row) for row in s.sections("free_days")),
    )
    lengths = [days for days, _ in rules.free_days]
    if lengths != sorted(set(lengths)):
        raise s.fault("free_days", "must stand in rising order of days, each once")
    s.done()
    return rules


def _free_days(s: Section) -> tuple[int, int]:
    row = s.number("days", 1, 365), s.number("points", 1, MOST)
    s.done()
    return row
