"""The desk's acts on the ways in: telling the member number, and ending locks, waits and stops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from madoguchi.domain.ladder import DeskAct
from madoguchi.domain.lockout import Tally
from madoguchi.ports import JAPAN
from madoguchi.services.deed import Deed, Did, Facts, Seen, Subject
from madoguchi.services.login import tally_key
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.services.tries import Route
from madoguchi.store import attempts, credentials, devices

WAYS: Final = {Route.CARD: "カードでのログイン", Route.WEB_ID: "Web-IDでのログイン"}


def _look_number(_office: Office, subject: Subject, _facts: Facts) -> Seen:
    return Seen([("お伝えする会員番号", "確認のあとに出ます")])


def _tell_number(_office: Office, _subject: Subject, _facts: Facts, _who: Colleague, _key: str) -> Did:
    return Did()


def _keys(office: Office, subject: Subject) -> Iterator[tuple[Route, str]]:
    """The tallies of strangers on a member's own identifiers, in one order for whoever holds several."""
    for route, identifier in ((Route.CARD, subject.contract.card), (Route.WEB_ID, subject.who.web_id)):
        if identifier:
            yield route, tally_key(office, route, identifier)
            yield route, tally_key(office, route, f"with-code:{identifier}")


def _hold_tallies(office: Office, subject: Subject) -> None:
    """Tallies before members, as signing in does it."""
    for _route, key in _keys(office, subject):
        if attempts.hold(office.store, key, office.now()) is None:
            attempts.save(office.store, key, None)


def _look_unlock(office: Office, subject: Subject, _facts: Facts) -> Seen:
    """What shuts the member out, besides a card on hold; nothing of what was typed."""
    told = [("パスワード", f"ロック中（{_at(subject.who.locked_at)}から）")] if subject.who.locked_at else []
    for route, key in _keys(office, subject):
        if (tally := attempts.read(office.store, key)) and _shuts(tally, office.now()):
            told.append((WAYS[route], _until(tally)))
    return Seen(told, "" if told else "止まっているログインはありません。")


def _unlock(office: Office, subject: Subject, _facts: Facts, _who: Colleague, _key: str) -> Did:
    seen = _look_unlock(office, subject, {})
    for _route, key in _keys(office, subject):
        attempts.save(office.store, key, None)
    for route in Route:
        devices.forgive(office.store, subject.who.id, route.value)
    credentials.lock_web_id(office.store, subject.who.id, None, "")
    return Did("・".join(f"{name} {value}" for name, value in seen.told))


def _shuts(tally: Tally, now: datetime) -> bool:
    return tally.opens_at is None or tally.opens_at > now


def _until(tally: Tally) -> str:
    return f"{_at(tally.opens_at)}まで待つ" if tally.opens_at else "担当者が解くまで停止"


def _at(moment: datetime | None) -> str:
    if moment is None:
        return ""
    here = moment.astimezone(JAPAN)
    return f"{here.month}月{here.day}日 {here.hour}:{here.minute:02}"


ENTRY: Final = (
    Deed(DeskAct.TELL_NUMBER, "会員番号を伝える", _look_number, _tell_number),
    Deed(DeskAct.UNLOCK, "ログインの停止を解く", _look_unlock, _unlock, first=_hold_tallies),
)
