"""Registering a Web-ID by a one-time link, or replacing one that was forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace

from madoguchi.domain.letters import Kind
from madoguchi.domain.passwords import Fault
from madoguchi.domain.rights import State, states_of
from madoguchi.services import fresh_start, letters, links
from madoguchi.services.links import Browser, Dead, Purpose, Weak
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.sessions import key_of
from madoguchi.store import credentials, tokens
from madoguchi.store.tokens import Claimant

REGISTERED = "web_id_registered"


@dataclass(frozen=True, slots=True)
class Registered:
    """The Web-ID and password are set."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Another member's Web-ID is the same, or differs by case or width alone; the link stays good.

    `fault` is what is wrong with the password besides, so that both are told at once.
    """

    fault: Fault | None = None


class _TakenMeanwhile(Exception):
    """Rolls back the use of the link."""


def ask(office: Office, member_number: str, email: str) -> None:
    """Mail a link if number (nine digits) and address belong together; a held card is no hindrance."""
    links.send(office, Purpose.WEB_ID, member_number, "", email, _may)


def register(
    office: Office, token: str, web_id: str, password: str, browser: Browser
) -> Registered | Taken | Weak | Dead:
    """Set Web-ID (half width, its shape checked) and password; an old Web-ID stops at once.

    Raises Unavailable when hashing is busy or the database cannot be had; the link then stays good.
    """
    found = links.holder(office, Purpose.WEB_ID, token)
    if found is None or not _may(found[0]):
        return Dead()
    who = found[0]
    verdict = links.judge(office, password, replace(found[1], web_id=web_id))
    fault = verdict.fault if isinstance(verdict, Weak) else None
    if credentials.look_alike(office.store, web_id, who.member_id):
        return Taken(fault)
    if fault:
        return Weak(fault)
    secret_hash = office.hasher.hash(password, keyed=False)
    try:
        return _set(office, token, who, web_id, secret_hash, browser)
    except _TakenMeanwhile:
        return Taken()


@repeated
def _set(
    office: Office, token: str, who: Claimant, web_id: str, secret_hash: str, browser: Browser
) -> Registered | Dead:
    now = office.now()
    with office.store.transaction():
        if not tokens.use(office.store, key_of(token), Purpose.WEB_ID.value, who.member_id, now):
            return Dead()
        if not credentials.claim_web_id(office.store, who.member_id, web_id, secret_hash, now):
            raise _TakenMeanwhile
        if who.web_id:
            fresh_start.sign_out(office, who.member_id)
        fresh_start.welcome(office, who.member_id, web_id, browser, REGISTERED, now)
        letters.write(office, Kind.WEB_ID_CHANGED, {"at": now}, member_id=who.member_id, now=now)
    return Registered()


def _may(who: Claimant) -> bool:
    """Whoever has a contract; one that is closed needs no new way in."""
    return State.CLOSED not in states_of(who.states)
