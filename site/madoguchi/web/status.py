"""/status: what can be used now, what will be shut, what was; as a page, a calendar and a feed."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, abort, current_app, request

from madoguchi.ports.feeds import Event
from madoguchi.services import availability
from madoguchi.services.availability import Closure
from madoguchi.web.availability import WORDS, names, span
from madoguchi.web.filters import moment
from madoguchi.web.guard import public
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("status", __name__)

SECONDS = 60  # how long others may keep what they read: an outage is to be seen within a minute


@blueprint.get("/status")
@public
def show() -> Response:
    """Everything, for people."""
    return page(
        "availability/status.html", seen=availability.status(office()), words=WORDS, names=names, span=span
    )


@blueprint.get("/status.ics")
@public
def calendar() -> Response:
    """What is shut now and in the next eight weeks, for a calendar of one's own."""
    feeds = office().feeds or abort(404)
    seen = availability.status(office())
    events = [_event(one) for one in (*seen.now, *seen.ahead)]
    return _file(feeds.calendar(_title(), _address(), events), "text/calendar")


@blueprint.get("/status.atom")
@public
def feed() -> Response:
    """What was published of outages, and what is shut by the calendar next, the newest first."""
    feeds = office().feeds or abort(404)
    seen = availability.status(office())
    events = [_event(one) for one in (*seen.now, *seen.ahead, *seen.past)]
    events.sort(key=lambda one: one.updated, reverse=True)
    updated = (
        events[0].updated if events else office().now().replace(hour=0, minute=0, second=0, microsecond=0)
    )
    return _file(feeds.atom(_title(), _address(), events, updated), "application/atom+xml")


def _event(one: Closure) -> Event:
    """A closure in words; one of the calendar was last changed when it was first shown, eight weeks ahead."""
    kind = "お休みの予定" if one.planned else "障害"
    said = [f"{moment(note.at)} {note.text}" for note in one.notes]
    text = "\n".join([f"{names(one)}：{span(one)}", *([one.words] if one.words else []), *said])
    stamp = f"{one.begins:%Y%m%dT%H%M}" if one.number is None else str(one.number)
    name = f"{'maintenance' if one.number is None else 'outage'}-{stamp}"
    return Event(name, f"{kind}：{names(one)}", text, one.begins, one.ends, _updated(one))


def _updated(one: Closure) -> datetime:
    if one.published is None:
        return one.begins - availability.AHEAD
    now = office().now()
    over = [one.ends] if one.ends and one.ends <= now else []
    return max([one.published, *over, *(note.at for note in one.notes)])


def _title() -> str:
    return f"{office().rules.brand.name} 稼働状況"


def _address() -> str:
    return f"{current_app.config['FACE'].public_address}/status"


def _file(data: bytes, kind: str) -> Response:
    response = Response(data, 200, content_type=f"{kind}; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]
