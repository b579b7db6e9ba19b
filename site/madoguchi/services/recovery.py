"""A forgotten or locked password: a one-time link by mail, and a new password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from madoguchi.domain.letters import Kind
from madoguchi.domain.rights import may_enter, states_of
from madoguchi.services import fresh_start, letters, links
from madoguchi.services.links import Browser, Dead, Purpose, Weak
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.sessions import key_of
from madoguchi.store import credentials, tokens
from madoguchi.store.tokens import Claimant

RESET = "password_reset"


@dataclass(frozen=True, slots=True)
class Reset:
    """The new password is set and every session has ended; signing in is the next step, not this one."""


def ask(office: Office, number: str, web_id: str, email: str) -> None:
    """Mail a link if the address belongs to the member of this number or this Web-ID ("" for neither)."""
    today = office.business_day()
    links.send(office, Purpose.PASSWORD, number, web_id, email, lambda who: _may(who, today))


def reset(office: Office, token: str, password: str, browser: Browser) -> Reset | Weak | Dead:
    """Set a new password and lift the lock; the card and its PIN are never touched.

    Raises Unavailable when hashing is busy or the database cannot be had; the link then stays good.
    """
    found = links.holder(office, Purpose.PASSWORD, token)
    if found is None or not _may(found[0], office.business_day()):
        return Dead()
    verdict = links.judge(office, password, found[1])
    if isinstance(verdict, Weak):
        return verdict
    return _set(office, token, found[0], office.hasher.hash(password, keyed=False), browser)


@repeated
def _set(office: Office, token: str, who: Claimant, secret_hash: str, browser: Browser) -> Reset | Dead:
    now = office.now()
    with office.store.transaction():
        if not tokens.use(office.store, key_of(token), Purpose.PASSWORD.value, who.member_id, now):
            return Dead()
        credentials.set_password(office.store, who.member_id, secret_hash, now)
        fresh_start.sign_out(office, who.member_id)
        fresh_start.welcome(office, who.member_id, who.web_id, browser, RESET, now)
        letters.write(office, Kind.PASSWORD_CHANGED, {"at": now}, member_id=who.member_id, now=now)
    return Reset()


def _may(who: Claimant, today: date) -> bool:
    """Whoever has a Web-ID that a right password would open."""
    states = states_of(who.states)
    return bool(who.web_id) and may_enter(states, by_card=False, closed_on=who.closed_on, today=today)
