"""The audit log: one list of everything that is ever noted in it, and the proof that nothing is missing."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, Final

from madoguchi.services.office import Office
from madoguchi.store import audit as rows
from madoguchi.store.audit import Filter, Line

PAGE: Final = 50


_ACT: Final = "check told place reason detail request"  # request is 0 for what one person does alone


class Noted(Enum):
    """Each kind of line with the facts that it tells."""

    STAFF_ADDED = ("staff_added", "name role")
    STAFF_LEFT = ("staff_left", "name")
    SIGNED_IN = ("signed_in", "address how")
    SESSIONS_ENDED = ("sessions_ended", "name count")
    KEY_MADE = ("key_made", "name")
    KEY_REMOVED = ("key_removed", "name")
    SIGNED_OUT = ("signed_out", "")
    REFUSED_IN = ("refused_in", "name address")
    ASKED = ("asked", "request act reason")
    APPROVED = ("approved", "request act")
    REFUSED = ("refused", "request act words")
    WITHDRAWN = ("withdrawn", "request act")
    SEARCHED = ("searched", "by count")
    LOOKED = ("looked", "")
    LOOKED_AS_MEMBER = ("looked_as_member", "reason")
    LOOKED_AT_PAGE = ("looked_at_page", "path")
    CASE_SEEN = ("case_seen", "")
    CASE_TAKEN = ("case_taken", "before")
    CASE_RETURNED = ("case_returned", "")
    CASE_HANDED = ("case_handed", "to")
    CASE_NOTED = ("case_noted", "")
    CASE_CLOSED = ("case_closed", "outcome")
    APPLICATION_MOVED = ("application_moved", "application stage")
    MEMBER_WRITTEN = ("member_written", "thread")
    FILE_SEEN = ("file_seen", "file")
    COUNTER_SHOWN = ("counter_shown", "ticket purpose")
    COUNTER_BACK = ("counter_back", "ticket outcome")
    PIN_SET = ("pin_set", "ticket purpose")
    CONTRACT_OPENED = ("contract_opened", "request document place")
    TICKET_MADE = ("ticket_made", "ticket document place reason")
    NAME_CHANGED = ("name_changed", "request document place")
    CONTACTS_RENEWED = ("contacts_renewed", "request document place app")
    DEATH_NOTED = ("death_noted", "request document place")
    DEATH_UNDONE = ("death_undone", "request document place")
    MAIL_SET_RIGHT = ("mail_set_right", "asked reason request")
    DISCLOSURE_MADE = ("disclosure_made", "disclosure document place reason")
    DISCLOSURE_TAKEN = ("disclosure_taken", "disclosure")
    FORGOTTEN = ("forgotten", "")
    CALLED_IN = ("called_in", "request debt")
    # Acts of the ladder (domain/ladder.py: DeskAct), each by its word there.
    TELL_NUMBER = ("act:number", _ACT)
    UNLOCK = ("act:unlock", _ACT)
    HOLD = ("act:hold", _ACT)
    RELEASE = ("act:release", _ACT)
    LOST = ("act:lost", _ACT)
    REISSUE = ("act:reissue", _ACT)
    PIN_RESET = ("act:pin", _ACT)
    SUSPEND = ("act:suspend", _ACT)
    RESUME = ("act:resume", _ACT)
    LIFT_STOP = ("act:lift-stop", _ACT)
    WAIVE = ("act:waiver", _ACT)
    ADJUST = ("act:adjustment", _ACT)
    CLOSE = ("act:closing", _ACT)
    END = ("act:end", _ACT)
    ARRANGE = ("act:arrangement", _ACT)
    ARRANGED = ("act:arrangement-over", _ACT)
    NOTICE_PUBLISHED = ("notice_published", "notice title")
    NOTICE_WITHDRAWN = ("notice_withdrawn", "notice")
    COUPON_PUBLISHED = ("coupon_published", "coupon title")
    COUPON_WITHDRAWN = ("coupon_withdrawn", "coupon")
    OUTAGE_PUBLISHED = ("outage_published", "outage what")
    OUTAGE_TOLD = ("outage_told", "outage words")
    OUTAGE_ENDED = ("outage_ended", "outage at")
    OUTAGE_WITHDRAWN = ("outage_withdrawn", "outage")
    PAYMENTS_TAKEN = ("payments_taken", "file count total")
    PAYMENTS_DROPPED = ("payments_dropped", "file count total")
    PAYMENT_CHOSEN = ("payment_chosen", "payment how")
    PAYMENT_POSTED = ("payment_posted", "payment amount how")
    PAYMENT_KEPT = ("payment_kept", "payment amount how")
    PAYMENT_RETURNED = ("payment_returned", "payment amount reason")
    TRANSFERS_MADE = ("transfers_made", "file count total")
    TRANSFERS_DONE = ("transfers_done", "file settled returned")
    DEBITS_MADE = ("debits_made", "file count total")
    DEBITS_HANDED = ("debits_handed", "file")
    DEBITS_ANSWERED = ("debits_answered", "file paid failed")
    BANK_FILE_FETCHED = ("bank_file_fetched", "what file")

    @property
    def word(self) -> str:
        """How it stands in the log."""
        return self.value[0]

    @property
    def keys(self) -> frozenset[str]:
        """The facts that it tells."""
        return frozenset(self.value[1].split())


def note_within(
    office: Office,
    noted: Noted,
    by_whom: str,
    member_id: int | None = None,
    case_id: int | None = None,
    **facts: Any,
) -> int:
    """Add a line inside an open act, as the last thing it does; returns the line's number."""
    assert facts.keys() == noted.keys, f"{noted.word} tells {sorted(noted.keys)}, not {sorted(facts)}"
    return rows.add(office.store, office.now(), by_whom, noted.word, facts, member_id, case_id)


def found(office: Office, wish: Filter) -> list[Line]:
    """Return a page of lines, the newest first."""
    return rows.found(office.store, wish, PAGE)


def differences(office: Office) -> Iterator[str]:
    """Walk the chain from its beginning and tell, in a sentence each, what was changed or is missing."""
    last, hashed = 0, ""
    for stored, previous, noted in rows.chain(office.store):
        seq = stored[0]
        if seq != last + 1:
            yield f"audit: line {last + 1} is missing"
        elif previous != hashed or rows.seal(stored, previous) != noted:
            yield f"audit: line {seq} was changed"
        last, hashed = seq, noted
    if (last, hashed) != rows.head(office.store):
        yield f"audit: the chain ends at line {last}, its head is another"
