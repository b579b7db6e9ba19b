"""What waits for a member, counted by one statement for their home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_out


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: the application to be answered first and until when, the day on which an unused contract
    ends, the newest open case about misuse, whether a new mail address is to be confirmed, threads and
    notices not read, and the points, None without them.
    """

    asked: int | None
    reply_by: date | None
    closes_on: date | None
    misuse: int | None
    mail: bool
    answers: int
    notices: int
    points: int | None


_ASKED: Final = "FROM application WHERE contract_id = ? AND stage = 'asked' ORDER BY reply_by, id LIMIT 1"
_WAITING: Final = (
    f"SELECT (SELECT id {_ASKED}), (SELECT reply_by {_ASKED}), "  # noqa: S608
    "(SELECT closes_on FROM dormant_told WHERE contract_id = ?), "
    "(SELECT MAX(id) FROM case_file WHERE member_id = ? AND contract_id = ? AND kind = 'misuse' "
    "AND closed_at IS NULL), "
    "(SELECT COUNT(*) FROM mail_change WHERE member_id = ? AND confirmed_at IS NULL "
    "AND ended_at IS NULL AND expires_at > ?), "
    "(SELECT COUNT(*) FROM thread WHERE member_id = ? AND last_answer > seen), "
    "(SELECT COUNT(*) FROM notice n WHERE n.withdrawn_at IS NULL AND n.first_day <= ? AND n.last_day >= ? "
    "AND NOT EXISTS (SELECT 1 FROM notice_read r WHERE r.notice_id = n.id AND r.member_id = ?)), "
    "(SELECT balance FROM point_account WHERE member_id = ? AND joined_at IS NOT NULL AND left_at IS NULL)"
)


def of_member(store: Store, member_id: int, contract_id: int, day: date, now: datetime) -> Waiting:
    """Return what waits for a member today."""
    today = day_out(day)
    first = (contract_id, contract_id, contract_id, member_id, contract_id)
    then = (member_id, moment_out(now), member_id, today, today, member_id, member_id)
    row = store.one(_WAITING, (*first, *then))
    assert row is not None, "counts always answer"
    asked, reply_by, closes_on, misuse, mail, answers, notices, points = row
    days = day_in(reply_by), day_in(closes_on)
    return Waiting(asked, *days, misuse, bool(mail), answers, notices, points)
