"""Writing letters: one row in the act that causes it, so that an act undone sends nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from madoguchi.domain import letters as kinds
from madoguchi.domain.letters import FORMS, REASONS, REASONS_A_DAY, Channel, Form, Kind
from madoguchi.ports import JAPAN
from madoguchi.services import choices
from madoguchi.services.choices import NO, Choice
from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of, new_token
from madoguchi.store import letters, not_me
from madoguchi.store.letters import Contact, NewLetter

Fact = str | int | datetime

DAY: Final = timedelta(days=1)
ALARM: Final = timedelta(days=7)  # how long a link to 「身に覚えがない」 works


def write(
    office: Office,
    kind: Kind,
    facts: Mapping[str, Fact],
    *,
    member_id: int | None = None,
    to: str | None = None,
    now: datetime | None = None,
    due: datetime | None = None,
    ends: datetime | None = None,
) -> bool:
    """Write a letter inside an act that is open, to a member's contact on file or to another address `to`.

    `facts` are just those that FORMS asks for the kind; a moment `until` also says from when the letter is
    useless, and `ends` from when it would tell what is no longer so: then it is not sent any more. News that
    may be a stranger's doing get a link by which the member says so. What can wait for the morning is due
    when the quiet hours are over. Returns whether it will be sent; if not, the very same statements are made.
    """
    form = FORMS[kind]
    assert office.store.in_transaction, "a letter is part of an act"
    assert set(facts) == form.asked, f"{kind.value} tells {sorted(form.asked)}, not {sorted(facts)}"
    now = now or office.now()
    contact = letters.contact(office.store, member_id or 0, hold=form.reason)
    recipient = _recipient(office, form, contact, member_id, to, now)
    told = _told(form, facts, contact)
    if form.not_me and recipient and contact:
        told["token"] = _alarm(office, kind, member_id, now)
    letter = NewLetter(
        kind=kind.value,
        channel=form.channel.value,
        recipient=recipient,
        facts=told if recipient else kinds.without(told, form.secrets),
        member_id=member_id if contact else None,
        urgent=form.urgent,
        created_at=now,
        due_at=_due(office, form, due or now),
        useful_until=_over(facts) or ends,
    )
    letters.add(office.store, letter)
    return bool(recipient)


def write_many(
    office: Office, kind: Kind, told: Sequence[tuple[int, Mapping[str, Fact], datetime]], now: datetime
) -> None:
    """Write the same kind of letter to many members inside an act that is open, by a few statements.

    `told` are (member, facts, from when it is stale and not sent any more). For plain news alone: no
    secrets, no links, no reasons, nothing that a member can do without.
    """
    form = FORMS[kind]
    assert office.store.in_transaction, "a letter is part of an act"
    assert not any((form.secrets, form.reason, form.payment)), "plain news alone"
    contacts, due = letters.contacts(office.store, [who for who, _, _ in told]), _due(office, form, now)
    rows = []
    for member_id, facts, ends in told:
        contact = contacts[member_id]
        to = contact.email if kinds.can_get(form.channel, contact.email) else ""
        words = _told(form, facts, contact)
        rows.append(
            NewLetter(kind.value, form.channel.value, to, words, member_id, form.urgent, now, due, ends)
        )
    letters.add_many(office.store, rows)


def written(office: Office, member_id: int, which: Iterable[Kind], since: datetime) -> int:
    """How many letters of some kinds were written to a member since a moment; for limits on how many."""
    return letters.count(office.store, member_id, [kind.value for kind in which], since)


def bounced(office: Office, address: str) -> int:
    """Mark a mail address that came back: no secrets go there from now on; how many members have it."""
    with office.store.transaction():
        return letters.bounced(office.store, address, office.now())


def mends(office: Office, address: str) -> int:
    """Take the mark off again, once the address has proved to be read (inside an act that is open)."""
    return letters.bounced(office.store, address, None)


def can_reach(office: Office, member_id: int) -> bool:
    """Whether news of the desk reach a member by mail: there is an address on file, and none has died."""
    found = letters.contact(office.store, member_id)
    return bool(found and not found.bounced_at and kinds.can_get(Channel.MAIL, found.email))


def in_words(value: Fact) -> str:
    """A fact as the letter tells it, on one line: moments in Japan, such as 2026年11月20日 10:05."""
    if isinstance(value, datetime):
        here = value.astimezone(JAPAN)
        return f"{here.year}年{here.month}月{here.day}日 {here.hour}:{here.minute:02}"
    return kinds.one_line(str(value))


def _over(facts: Mapping[str, Fact]) -> datetime | None:
    until = facts.get("until")
    return until if isinstance(until, datetime) else None


def _told(form: Form, facts: Mapping[str, Fact], contact: Contact | None) -> dict[str, str]:
    """The facts in words, those still to be added as "", and the member's name."""
    given = {name: in_words(value) for name, value in facts.items()}
    return dict.fromkeys(form.facts, "") | given | {"name": contact.name if contact else ""}


def _due(office: Office, form: Form, due: datetime) -> datetime:
    return due if form.at_night else office.rules.letters.quiet.over_at(due.astimezone(JAPAN))


def _alarm(office: Office, kind: Kind, member_id: int | None, now: datetime) -> str:
    """The token of a link by which the member says that it was somebody else; only its hash is kept."""
    token = new_token()
    not_me.issue(office.store, key_of(token), member_id or 0, kind.value, now, now + ALARM)
    return token


def _recipient(
    office: Office, form: Form, contact: Contact | None, member_id: int | None, to: str | None, now: datetime
) -> str:
    """The address, or "" when the letter will not be sent.

    It will not when there is nobody to send it to (neither member nor address, none on file, one that bounces
    and a letter that hinges on its secret), when it is the fourth reason of a day, or when it is news of a
    payment and the member does without.
    """
    on_file = "" if contact is None else contact.email if form.channel is Channel.MAIL else contact.phone
    recipient = on_file if to is None else to
    told = written(office, member_id or 0, REASONS, now - DAY) if form.reason else 0
    if not kinds.can_get(form.channel, recipient):
        return ""
    if (
        form.hinges_on_secret
        and contact
        and contact.bounced_at
        and recipient.lower() == contact.email.lower()
    ):
        return ""
    if told >= REASONS_A_DAY:
        return ""
    if form.payment and member_id and choices.of(office, member_id)[Choice.TRANSACTION_MAIL] == NO:
        return ""
    return recipient
