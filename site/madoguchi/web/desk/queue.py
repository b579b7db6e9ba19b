"""/desk: the queue of cases, in the order in which they should be looked at."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from madoguchi.domain.staff import Right
from madoguchi.services import desk_queue
from madoguchi.services.cases import CaseKind
from madoguchi.services.desk_queue import Queue, Wish
from madoguchi.web.desk.case_words import span
from madoguchi.web.desk.door import asked_by_itself, colleague, needs_right
from madoguchi.web.desk.words import CASES
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("desk_queue", __name__)

WHOSE: Final = {"": "すべて", "free": "だれも持っていないもの", "mine": "自分が持っているもの"}
KINDS: Final = {kind.value: kind for kind in CaseKind}


@blueprint.get("/desk")
@needs_right(Right.WORK_CASES)
def show() -> Response:
    """The queue."""
    return _page()


@blueprint.get("/desk/queue")
@asked_by_itself
@needs_right(Right.WORK_CASES)
def again() -> Response:
    """The same, as the page asks for it every half minute."""
    return _page()


def _page() -> Response:
    kind, whose = request.args.get("kind", ""), request.args.get("whose", "")
    kind, whose = kind if kind in KINDS else "", whose if whose in WHOSE else ""
    after = desk_queue.place_of(request.args.get("after", ""))
    taken_by = {"": None, "free": "", "mine": colleague().name}[whose]
    found = desk_queue.look(office(), Wish(KINDS.get(kind), taken_by, after))
    facts: dict[str, Any] = {
        "queue": found,
        "kinds": _kinds(found, kind, whose),
        "whose": [(words, _url(kind, value), value == whose) for value, words in WHOSE.items()],
        "here": _url(kind, whose),
        "more": _url(kind, whose, desk_queue.token_of(found.more)) if found.more else "",
        "asked": _url(kind, whose, path="/desk/queue") if after is None else "",
        "words": CASES,
        "span": span,
        "now": office().now(),
    }
    return page("desk/queue.html", **facts)


def _kinds(found: Queue, kind: str, whose: str) -> list[tuple[str, str, int, int, bool]]:
    """Each kind: its words, the address that shows it alone, how many, how many late, and if it is shown."""
    counts = {count.kind: (count.open, count.late) for count in found.counts}
    whole = tuple(map(sum, zip(*counts.values(), strict=True))) if counts else (0, 0)
    rows = [("すべての種類", _url("", whose), *whole, kind == "")]
    for value, words in CASES.items():
        held, late = counts.get(value, (0, 0))
        if held or value == kind:
            rows.append((words, _url(value, whose), held, late, value == kind))
    return rows


def _url(kind: str, whose: str, after: str = "", path: str = "/desk") -> str:
    query = {name: value for name, value in (("kind", kind), ("whose", whose), ("after", after)) if value}
    return f"{path}?{urlencode(query)}" if query else path
