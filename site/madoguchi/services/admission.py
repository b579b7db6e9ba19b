"""What happens when a secret was right: a session, a cookie for the browser, a line in the log, a letter."""

from __future__ import annotations

import secrets

from madoguchi.domain.letters import Kind
from madoguchi.services import letters
from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of, new_token
from madoguchi.services.tries import SignedIn, Try
from madoguchi.store import attempts, devices, sessions
from madoguchi.store.attempts import Event
from madoguchi.store.credentials import Account

SIGNED_IN = "signed_in"


def admit(office: Office, tried: Try, account: Account) -> SignedIn:
    """Begin a session inside an act that is open; the session this browser had before ends."""
    store, place, route = office.store, tried.place, tried.route.value
    session_token, device_token = new_token(), secrets.token_urlsafe(16)
    if place.session_token:
        sessions.end(store, key_of(place.session_token))
    if place.device_token:
        devices.rotate(store, key_of(place.device_token), key_of(device_token))
    device_id = devices.seen(
        store,
        key_of(device_token),
        account.member_id,
        route,
        place.label,
        place.remember,
        tried.at,
        place.block,
    )
    devices.forgive(store, account.member_id, route, device_id)
    previous = attempts.last_success(store, account.member_id, SIGNED_IN)
    begun = sessions.NewSession(
        account.member_id, account.contract_id, device_id, route, tried.at, previous, place.block
    )
    sessions.begin(store, key_of(session_token), begun)
    attempts.log(store, event(tried, SIGNED_IN))
    from madoguchi.services import (
        points,
    )  # reads in all acts on contracts, which a page to sign in is without

    points.earn_sign_in_within(office, account.member_id)
    if account.device_id is None:
        facts: dict[str, letters.Fact] = {"at": tried.at, "route": tried.way, "label": place.label}
        letters.write(office, Kind.SIGN_IN_NEW_DEVICE, facts, member_id=account.member_id, now=tried.at)
    return SignedIn(session_token, device_token, new_device=account.device_id is None)


def event(tried: Try, outcome: str) -> Event:
    """The line of the log for what came of a try."""
    return Event(
        at=tried.at,
        route=tried.way,
        outcome=outcome,
        member_id=tried.account.member_id if tried.account else None,
        known_device=tried.known,
        device_label=tried.place.label,
        block=tried.place.block,
    )
