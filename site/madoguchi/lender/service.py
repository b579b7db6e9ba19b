"""The sections of lender.toml about how members are served: what they send and apply for, what ends."""

from __future__ import annotations

from madoguchi.domain.applications import ApplicationRules
from madoguchi.domain.case_kinds import CaseKind, DeskRules
from madoguchi.domain.dormant import DormantRules
from madoguchi.domain.uploads import UploadRules
from madoguchi.sections import Section


def uploads(s: Section) -> UploadRules:
    """[uploads]: limits of files; all together hold at least one."""
    rules = UploadRules(
        file_mb=s.number("file_mb", 1, 20),
        files=s.number("files", 1, 10),
        total_mb=s.number("total_mb", 1, 50),
        day=s.number("day", 1, 1000),
        megapixels=s.number("megapixels", 1, 80),
        pages=s.number("pages", 1, 500),
    )
    if rules.total_mb < rules.file_mb:
        raise s.fault("total_mb", "must not be below file_mb")
    s.done()
    return rules


def applications(s: Section) -> ApplicationRules:
    """[applications]: units of limits, and how long answers take."""
    rules = ApplicationRules(
        limit_unit=s.number("limit_unit", 1000, 1_000_000),
        answer_days=s.number("answer_days", 1, 30),
        reply_days=s.number("reply_days", 1, 90),
    )
    s.done()
    return rules


def dormant(s: Section) -> DormantRules:
    """[dormant]: when unused contracts end, and how long before that their members are told."""
    rules = DormantRules(years=s.number("years", 0, 30), notice_days=s.number("notice_days", 30, 180))
    s.done()
    return rules


def desk(s: Section) -> DeskRules:
    """[desk]: what becomes a case by itself, and how soon somebody looks at each kind."""
    minutes, hours = s.number("unknown_minutes", 1, 10_000), s.section("hours")
    found = {kind: hours.number(kind.value, 0, 240) for kind in CaseKind}
    hours.done()
    s.done()
    return DeskRules(minutes, found)
