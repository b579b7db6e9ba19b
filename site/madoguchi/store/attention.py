"""What waits for a member, counted by one statement for their home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: the application to be answered first and until when, the day on which an unused contract
    ends, the newest open case about misuse, whether a new mail address is to be confirmed, threads and
    notices not read, and the points, None without them.

    `opens` is from when a changed account receives money, None when it does; `card` the application for a new
    card that goes on; `lifts_at` when the member's own stop is lifted; `mandate` whether one works, `filed`
    whether the debits of the day that was asked about are with the bank.
    """

    asked: int | None
    reply_by: date | None
    closes_on: date | None
    misuse: int | None
    mail: bool
    answers: int
    notices: int
    points: int | None
    opens: datetime | None
    card: int | None
    lifts_at: datetime | None
    mandate: bool
    filed: bool


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
    "(SELECT balance FROM point_account WHERE member_id = ? AND joined_at IS NOT NULL "
    "AND left_at IS NULL), "
    "(SELECT since FROM bank_account a WHERE member_id = ? AND ended_at IS NULL AND since > ? "
    "AND (put_in = 1 OR EXISTS (SELECT 1 FROM bank_account b WHERE b.member_id = a.member_id "
    "AND b.ended_at IS NOT NULL)) "
    "ORDER BY id DESC LIMIT 1), "
    "(SELECT id FROM application WHERE contract_id = ? AND kind = 'reissue' "
    "AND stage IN ('sent', 'taken', 'making')), "
    "(SELECT lifts_at FROM borrow_stop WHERE contract_id = ? AND ended_at IS NULL), "
    "(SELECT 1 FROM mandate WHERE contract_id = ? AND state = 'active'), "
    "(SELECT 1 FROM debit_file WHERE due_on = ? AND state <> 'making')"
)


def of_member(
    store: Store,
    member_id: int,
    contract_id: int,
    day: date,
    now: datetime,
    wait: timedelta,
    due_on: date | None,
) -> Waiting:
    """Return what waits for a member today; a changed account waits so long, a debit may be for `due_on`."""
    today = day_out(day)
    first = (contract_id, contract_id, contract_id, member_id, contract_id)
    then = (member_id, moment_out(now), member_id, today, today, member_id, member_id)
    told = (member_id, moment_out(now - wait), contract_id, contract_id, contract_id, day_out(due_on))
    row = store.one(_WAITING, (*first, *then, *told))
    assert row is not None, "counts always answer"
    asked, reply_by, closes_on, misuse, mail, answers, notices, points, since, card, lifts, *debit = row
    return Waiting(
        asked, day_in(reply_by), day_in(closes_on), misuse, bool(mail), answers, notices, points,
        moment_in(since) + wait if since else None, card, moment_in(lifts), *map(bool, debit),
    )  # fmt: skip
