"""When a member is asked for the second step, and what they chose: level and recovery codes."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from madoguchi.domain import codes as shapes
from madoguchi.domain.codes import Level, stricter
from madoguchi.domain.letters import Channel
from madoguchi.services import admission, codes, factor_news, factors
from madoguchi.services.codes import Bound, Purpose
from madoguchi.services.factors import Ways
from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of, new_token
from madoguchi.services.tries import CodeNeeded, Try
from madoguchi.store import attempts, pending
from madoguchi.store import second_step as rows
from madoguchi.store.credentials import Account
from madoguchi.store.pending import Pending

ASKED: Final = "second_step_asked"
HALVES: Final = "."  # between the half of a token that names its codes and the half that changes each time
PENDING: Final = timedelta(minutes=30)  # long enough for three codes and a slow mail

_CHANGES: Final = {
    Level.OFF: "2段階認証を止めました",
    Level.NEW_DEVICE: "新しい端末でのログインに、2段階認証を使うようにしました",
    Level.ALWAYS: "毎回のログインに、2段階認証を使うようにしました",
}
BY_RULE: Final = "2段階認証を、会員サイトの決まりのとおりに使うようにしました"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a member chose and has; `site` is what the lender asks of everybody."""

    level: Level
    site: Level
    ways: Ways
    most_days: int  # for how many days a browser could be spared if it were asked at every sign-in


def chosen(office: Office, member_id: int) -> Choice:
    """A member's second step as it stands."""
    means = rows.means(office.store, member_id)
    site, days = office.rules.sign_in.second_step, spare_days(office, Level.ALWAYS)
    return Choice(Level(means.level), site, factors.ways(office, member_id), days)


def choose(office: Office, member_id: int, level: Level) -> tuple[str, ...]:
    """Say when to be asked; whoever has no recovery codes gets ten, told by the answer and never again."""
    with office.store.transaction():
        means = rows.means(office.store, member_id)
        if Level(means.level) is level:
            return ()
        rows.set_level(office.store, member_id, level.value)
        rows.trust_none(office.store, member_id)
        by_rule = level is Level.OFF and office.rules.sign_in.second_step is not Level.OFF
        factor_news.changed(office, member_id, BY_RULE if by_rule else _CHANGES[level])
        return _renewed(office, member_id) if level is not Level.OFF and not means.recovery_left else ()


def renew_recovery(office: Office, member_id: int) -> tuple[str, ...]:
    """Make ten recovery codes in the place of all before; they are told here and never again."""
    with office.store.transaction():
        factor_news.changed(office, member_id, "回復コードを作り直しました")
        return _renewed(office, member_id)


def asks(office: Office, account: Account) -> bool:
    """Whether a right secret is not enough here: what the member chose, or what the site asks of everybody.

    The site asks nobody who has nothing to answer with; a member who chose it is asked all the same.
    """
    level, until = rows.level_here(office.store, account.member_id, account.device_id)
    own, site = Level(level), office.rules.sign_in.second_step
    asked, spared = stricter(own, site), until is not None and office.now() < until
    if asked is Level.OFF or (asked is Level.NEW_DEVICE and _is_known(account, until, spared)):
        return False
    if spared and spare_days(office, own):
        return False
    return own is not Level.OFF or factors.ways(office, account.member_id).any


def spare_days(office: Office, own: Level) -> int:
    """For how many days a browser can be spared; 0 where it cannot: a lender's "always" spares none."""
    always = own is Level.ALWAYS and office.rules.sign_in.second_step is not Level.ALWAYS
    return office.rules.sign_in.trust_days if always else 0


def begin(office: Office, tried: Try, account: Account, tally: str) -> CodeNeeded:
    """Let a sign-in wait for its second step, inside an act that is open; it opens nothing by itself.

    A code is sent at once to whoever has no app for it; one that this browser has waited for stays good.
    """
    now = tried.at
    token = _in_place_of(office, tried.place.pending_token, account.member_id, now)
    waiting = Pending(
        account.member_id,
        tried.route.value,
        tried.identifier,
        secret_mark(office, account),
        tally,
        tried.place.remember,
        now + PENDING,
    )
    pending.begin(office.store, key_of(token), waiting, now)
    first_code(office, sign_in_codes(account.member_id, token))
    attempts.log(office.store, admission.event(tried, ASKED))
    return CodeNeeded(token)


def sign_in_codes(member_id: int, token: str) -> Bound:
    """What the codes of a sign-in are bound to: the half of its token that the next on this browser keeps."""
    return Bound(member_id, Purpose.SIGN_IN, key_of(token.partition(HALVES)[0]))


def first_code(office: Office, bound: Bound) -> None:
    """Send the code that nobody has to ask for, inside an act that is open, unless an app makes them."""
    found = factors.ways(office, bound.member_id or 0)
    if found.mail and not found.totp:
        codes.write(office, bound, Channel.MAIL)


def _in_place_of(office: Office, before: str, member_id: int, now: datetime) -> str:
    """A new token; where a sign-in of the same member waited on this browser it ends, and its codes go along.

    Whoever tries again within the minute gets no other code and has that one in hand. Its tries and its end
    stay what they were, for they stand in its row.
    """
    found = pending.find(office.store, key_of(before), now, hold=True) if before else None
    if found is None or found.member_id != member_id:
        return new_token() + HALVES + new_token()
    pending.end(office.store, key_of(before))
    return before.partition(HALVES)[0] + HALVES + new_token()


def _is_known(account: Account, until: datetime | None, spared: bool) -> bool:
    """Whether this browser signed in before, and nobody said that others use it too."""
    return account.device_id is not None and (until is None or spared)


def secret_mark(office: Office, account: Account) -> str:
    """A name for the secret as it is now, so that changing it ends sign-ins that wait."""
    return _mark(office, account.secret_hash or "")


def hash_renewed(office: Office, old: str, new: str) -> None:
    """Let sign-ins wait on whose secret was hashed anew without being changed, inside an act that is open."""
    pending.mark_anew(office.store, _mark(office, old), _mark(office, new))


def _mark(office: Office, secret_hash: str) -> str:
    return hmac.new(office.secret, f"mark:{secret_hash}".encode(), sha256).hexdigest()


def _renewed(office: Office, member_id: int) -> tuple[str, ...]:
    made = tuple(
        shapes.recovery_of(secrets.randbelow(len(shapes.ALPHABET)) for _ in range(shapes.RECOVERY_LETTERS))
        for _ in range(shapes.RECOVERY_CODES)
    )
    keys = [factors.recovery_key(office.secret, member_id, code.replace("-", "")) for code in made]
    rows.replace_recovery(office.store, member_id, keys)
    return made
