"""/desk: the queue of cases, in the order in which they should be looked at."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from wtforms.fields.choices import SelectChoice

from madoguchi.domain.staff import Right
from madoguchi.services import desk_queue
from madoguchi.services.cases import CaseKind
from madoguchi.services.desk_queue import Count, Queue, Wish
from madoguchi.web.desk.case_words import span
from madoguchi.web.desk.door import asked_by_itself, colleague, needs_right
from madoguchi.web.desk.words import CASES
from madoguchi.web.forms import ChoiceField, Form
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("desk_queue", __name__)

WHOSE: Final = {"": "だれでも", "free": "だれも持っていない", "mine": "自分"}
KINDS: Final = {kind.value: kind for kind in CaseKind}


class WishField(ChoiceField):
    """One of a few, or all of them for what is none."""

    @property
    def chosen(self) -> str:
        """The value that is offered."""
        return self.data if self.data in {choice.value for choice in self.choices} else ""


class WishForm(Form):
    """What is to be shown."""

    kind = WishField("種類", [("", "すべて"), *CASES.items()], default="")
    whose = WishField("持っている人", list(WHOSE.items()), default="")

    def count(self, found: Queue) -> None:
        """Say beside each kind how many there are, and how many of them are late."""
        counts = {count.kind: count for count in found.counts}
        self.kind.choices = [
            SelectChoice(choice.value, choice.label + _told(counts.get(choice.value)))
            for choice in self.kind.choices
        ]
        self.kind.errors = self.whose.errors = ()


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
    wish = WishForm(formdata=request.args)
    wish.validate()
    kind, whose = wish.kind.chosen, wish.whose.chosen
    after = desk_queue.place_of(request.args.get("after", ""))
    taken_by = {"": None, "free": "", "mine": colleague().name}[whose]
    found = desk_queue.look(office(), Wish(KINDS.get(kind), taken_by, after))
    wish.count(found)
    facts: dict[str, Any] = {
        "queue": found,
        "wish": wish,
        "here": _url(kind, whose),
        "more": _url(kind, whose, desk_queue.token_of(found.more)) if found.more else "",
        "asked": _url(kind, whose, path="/desk/queue") if after is None else "",
        "words": CASES,
        "span": span,
        "now": office().now(),
    }
    return page("desk/queue.html", **facts)


def _told(count: Count | None) -> str:
    if count is None:
        return ""
    return f"（{count.open}件、遅れ{count.late}件）" if count.late else f"（{count.open}件）"


def _url(kind: str, whose: str, after: str = "", path: str = "/desk") -> str:
    query = {name: value for name, value in (("kind", kind), ("whose", whose), ("after", after)) if value}
    return f"{path}?{urlencode(query)}" if query else path
