"""The testers' door: the cast with its secrets, the clock that can be moved forward, and starting over."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, current_app, request

from madoguchi.services import demo, demo_books, demo_staff
from madoguchi.services.cast import CAST
from madoguchi.services.office import Office
from madoguchi.web.desk.frame import ROLES
from madoguchi.web.forms import CountField, Form
from madoguchi.web.guard import public
from madoguchi.web.render import page, redirect

blueprint = Blueprint("demo", __name__)

LONGEST_DAYS = 400  # at once: each passed day's round is run before the answer


class ClockForm(Form):
    """How far the clock is to go forward."""

    days = CountField("日数", 0, LONGEST_DAYS, "日")
    hours = CountField("時間", 0, 23, "時間")


@blueprint.get("/demo")
@public
def door() -> Response:
    """Show the cast, the clock and the way to start over."""
    form = ClockForm(formdata=None, data={"days": 1, "hours": 0})
    return _page(form, done=request.args.get("done", ""))


@blueprint.post("/demo/clock")
@public
def move_clock() -> Response:
    """Move the clock and run the round of each day that passes."""
    form = ClockForm()
    if not form.validate():
        return _page(form)
    if not (form.days.data or form.hours.data):
        form.days.errors = [*form.days.errors, "日数か時間を1以上で入れてください"]
        return _page(form)
    demo.move_clock(_office(), timedelta(days=form.days.data, hours=form.hours.data))
    return redirect("/demo?done=clock")


@blueprint.post("/demo/start-over")
@public
def start_over() -> Response:
    """Make everything anew; takes some seconds."""
    demo.start_over(_office(), current_app.logger.info)
    return redirect("/demo?done=start-over")


def _office() -> Office:
    office: Office = current_app.config["OFFICE"]
    return office


def _page(form: ClockForm, done: str = "") -> Response:
    office = _office()
    facts = {
        "people": CAST,
        "now": office.now(),
        "today": office.business_day(),
        "age": demo_books.age(office),
        "app_codes": demo.app_codes(office),
        "team": demo_staff.team(office),
        "roles": ROLES,
    }
    return page("demo/door.html", form=form, done=done, **facts)
