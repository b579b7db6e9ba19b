"""A new mail address: asked for, told to the old one, confirmed by the link that only the new one got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from madoguchi.domain import letters as kinds
from madoguchi.domain.codes import masked
from madoguchi.domain.letters import Channel, Kind
from madoguchi.services import details, letters
from madoguchi.services.cases import MEMBER
from madoguchi.services.details import Detail
from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of, new_token
from madoguchi.store import letters as contacts
from madoguchi.store import mail_changes as rows
from madoguchi.store import persons, tokens
from madoguchi.store.mail_changes import Waiting

DOUBLE: Final = timedelta(seconds=20)  # a press repeated within it is the same press
WAITS: Final = timedelta(days=1)  # how long a page offers to send a link again that ran out
TAKEN: Final = (
    "このメールアドレスは、ほかの会員が登録しています。"
    "同じ世帯の方などと共用のときは、そのことを確かめてください。"
)
FEW: Final = 100  # wishes in one act


@dataclass(frozen=True, slots=True)
class Asked:
    """A link is on its way to the address that waits."""

    waiting: Waiting


@dataclass(frozen=True, slots=True)
class JustSent:
    """The link of a moment ago is on its way still; another can be sent from `again` on."""

    again: datetime


@dataclass(frozen=True, slots=True)
class Same:
    """The address on file is this one already."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No letter can go to such an address."""


@dataclass(frozen=True, slots=True)
class TooOften:
    """So many links were sent that the next one has to wait for an hour, or where `day`, for a day."""

    day: bool


@dataclass(frozen=True, slots=True)
class NothingWaits:
    """No address waits: it was confirmed, taken back or never asked for."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The new address is on file."""

    email: str


@dataclass(frozen=True, slots=True)
class Dead:
    """The link was used, ran out, was replaced or taken back, never was, or is another member's."""


def look(office: Office, member_id: int) -> Waiting | None:
    """The address that waits, though its link may have run out."""
    return rows.of_member(office.store, member_id)


def refusal(office: Office, member_id: int, email: str) -> Same | Unreachable | None:
    """What speaks against an address before anything is asked of its member."""
    if not kinds.can_get(Channel.MAIL, email):
        return Unreachable()
    return Same() if details.on_file(office, member_id).email.lower() == email.lower() else None


def ask(office: Office, member_id: int, email: str) -> Asked | Same | Unreachable | TooOften:
    """Send a link to a new address and tell the old one at once; an address that waited gives way to it."""
    if not kinds.can_get(Channel.MAIL, email):
        return Unreachable()
    with office.store.transaction():
        on_file = contacts.contact(office.store, member_id, hold=True)
        assert on_file is not None, "a member asks"
        if on_file.email.lower() == email.lower():
            return Same()
        waits = rows.of_member(office.store, member_id)
        known = waits is not None and waits.email == email
        if waits and known and _just_sent(waits, office.now()):
            return Asked(waits)
        done = _send(office, member_id, email)
        if isinstance(done, Asked) and not known:
            if waits:
                _given_up(office, waits, on_file.email, MEMBER, details.REPLACED)
            facts: dict[str, letters.Fact] = {"at": office.now(), "address": masked(email)}
            letters.write(office, Kind.MAIL_ASKED, facts, member_id=member_id)
        return done


def again(office: Office, member_id: int) -> Asked | JustSent | NothingWaits | TooOften:
    """Send another link to the address that waits; the older one is dead."""
    with office.store.transaction():
        contacts.contact(office.store, member_id, hold=True)
        waits = rows.of_member(office.store, member_id)
        if waits is None:
            return NothingWaits()
        if _just_sent(waits, office.now()):
            return JustSent(waits.asked_at + DOUBLE)
        return _send(office, member_id, waits.email)


def cancel(office: Office, member_id: int) -> bool:
    """Take the wish back, which stays to be seen; False when nothing waited."""
    with office.store.transaction():
        return _end(office, member_id, MEMBER)


def sweep(office: Office) -> None:
    """End wishes whose links ran out long ago, each with a line in the history."""
    while _lapse(office) == FEW:
        pass


def _lapse(office: Office) -> int:
    with office.store.transaction():
        found = rows.lapsed(office.store, office.now() - WAITS, FEW)
        for one in found:
            on_file = contacts.contact(office.store, one.member_id, hold=True)
            if rows.of_member(office.store, one.member_id) != one:
                continue  # another link was sent meanwhile
            rows.end(office.store, one.member_id, office.now())
            _given_up(office, one, on_file.email if on_file else "", MEMBER, details.LAPSED)
        return len(found)


def behind(office: Office, token: str) -> Waiting | None:
    """What a link confirms; looking changes nothing."""
    return rows.behind(office.store, key_of(token), office.now())


def confirm(office: Office, member_id: int, token: str) -> Confirmed | Dead:
    """Put the address on file, once, and tell both; the mark of bounced mail goes, older links die."""
    now, key = office.now(), key_of(token)
    with office.store.transaction():
        old = contacts.contact(office.store, member_id, hold=True)
        found = rows.behind(office.store, key, now)
        if not (old and found and rows.use(office.store, key, member_id, now)):
            return Dead()
        _changed(office, member_id, old.email, found.email, MEMBER, details.BY_LINK)
        return Confirmed(found.email)


def enter(office: Office, member_id: int, email: str, by_whom: str) -> Confirmed | Same | Unreachable:
    """Put an address on file that a member told the desk; an address that waited is given up.

    Told anew, the present one loses the mark of bounced mail.
    """
    with office.store.transaction():
        return enter_within(office, member_id, email, by_whom)


def enter_within(office: Office, member_id: int, email: str, by_whom: str) -> Confirmed | Same | Unreachable:
    """The same inside an act that is open."""
    if not kinds.can_get(Channel.MAIL, email):
        return Unreachable()
    old = contacts.contact(office.store, member_id, hold=True)
    assert old is not None, "the desk found a member"
    _end(office, member_id, by_whom)
    if old.email == email:
        letters.mends(office, email)
        return Same()
    _changed(office, member_id, old.email, email, by_whom, details.AT_DESK)
    return Confirmed(email)


def is_taken(office: Office, email: str, but: int = 0) -> bool:
    """Whether another member than `but` has this address; members of one household may share one."""
    return bool(email) and persons.has_mail(office.store, email, but)


def _end(office: Office, member_id: int, by_whom: str) -> bool:
    on_file = contacts.contact(office.store, member_id, hold=True)
    waits = rows.of_member(office.store, member_id)
    if waits is None or on_file is None:
        return False
    rows.end(office.store, member_id, office.now())
    _given_up(office, waits, on_file.email, by_whom, details.WITHDRAWN)
    return True


def _given_up(office: Office, wish: Waiting, on_file: str, by_whom: str, way: str) -> None:
    """Note a wish that came to nothing; one whose link had run out did so by itself, at that moment."""
    over = wish.expires_at if way == details.LAPSED else None
    was, wished = {"email": on_file}, {"email": wish.email}
    details.note_within(office, wish.member_id, Detail.MAIL_WISH, was, wished, by_whom, way, over)


def _just_sent(waits: Waiting, now: datetime) -> bool:
    return now < min(waits.asked_at + DOUBLE, waits.expires_at)


def _send(office: Office, member_id: int, email: str) -> Asked | TooOften:
    now, rules = office.now(), office.rules.links
    if full := _spent(office, member_id, email, now):
        return full
    token = new_token()
    made = Waiting(member_id, email, now, now + timedelta(minutes=rules.minutes))
    rows.issue(office.store, made, key_of(token))
    facts: dict[str, letters.Fact] = {"until": made.expires_at, "token": token}
    letters.write(office, Kind.MAIL_LINK, facts, member_id=member_id, to=email, now=now)
    return Asked(made)


def _spent(office: Office, member_id: int, email: str, now: datetime) -> TooOften | None:
    rules = office.rules.links
    sent = rows.sent(office.store, member_id, email, now, timedelta(seconds=rules.apart_seconds))
    if sent.day >= rules.day or sent.address_day >= rules.day:
        return TooOften(day=True)
    if sent.lately or sent.hour >= rules.hour or sent.site_hour >= rules.site_hour:
        return TooOften(day=False)
    return None


def _changed(office: Office, member_id: int, old: str, new: str, by_whom: str, way: str) -> None:
    now = office.now()
    details.change_within(office, member_id, Detail.MAIL, {"email": new}, by_whom, way)
    letters.mends(office, new)
    tokens.end_all(office.store, member_id, now)
    letters.write(office, Kind.MAIL_CHANGED_OLD, {"at": now}, member_id=member_id, to=old, now=now)
    letters.write(office, Kind.MAIL_CHANGED_NEW, {"at": now}, member_id=member_id, to=new, now=now)
