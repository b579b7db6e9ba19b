"""/desk/publish/notices: a notice is written, looked at as members will see it, published, withdrawn."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort

from madoguchi.domain.bulletins import BODY_MOST, TITLE_MOST, NewNotice, paragraphs
from madoguchi.domain.staff import Right
from madoguchi.services import notices
from madoguchi.services.notices import Faulty
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.forms import TextField
from madoguchi.web.desk.publish import LARGEST
from madoguchi.web.desk.publish_forms import NOT_NOW, BulletinForm, LineField
from madoguchi.web.forms import CountField
from madoguchi.web.long_text import new_key
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_publish_notices", __name__)


class NoticeForm(BulletinForm):
    """A notice; without points it earns none."""

    title = LineField("見出し", TITLE_MOST)
    body = TextField("本文", BODY_MOST)
    points = CountField("読むと付くポイント", 0, 999, "ポイント", required=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """Points within the lender's bounds."""
        fits = super().validate(extra_validators)
        rules, points = office().rules.points, self.points.data or 0
        if points and not rules.notice_least <= points <= rules.notice_most:
            least, most = rules.notice_least, rules.notice_most
            self.points.errors = (f"ポイントは{least}から{most}までか、空にしてください",)
        return fits and not self.points.errors

    def notice(self) -> NewNotice:
        """What was typed."""
        days = self.first.data, self.last.data
        return NewNotice(self.title.data, self.body.data, *days, self.points.data or 0)


@blueprint.get("/desk/publish/notices/new")
@needs_right(Right.PUBLISH)
def ask() -> Response:
    """An empty form, from today."""
    return _page(NoticeForm(formdata=None, first=office().business_day()))


@blueprint.post("/desk/publish/notices/preview")
@needs_right(Right.PUBLISH)
def preview() -> Response:
    """The notice as members will see it, above the form in which it can be changed."""
    form = NoticeForm()
    return _page(form, form.notice() if form.validate() else None)


@blueprint.post("/desk/publish/notices")
@needs_right(Right.PUBLISH)
def publish() -> Response:
    """Publish what was looked at."""
    form = NoticeForm()
    if not form.validate():
        return _page(form)
    outcome = notices.publish(office(), form.notice(), colleague().name, form.key.key)
    if isinstance(outcome, Faulty):
        form.form_errors = [*form.form_errors, NOT_NOW]
        return _page(form)
    return redirect("/desk/publish?done=published")


@blueprint.get(f"/desk/publish/notices/<int(max={LARGEST}):number>")
@needs_right(Right.PUBLISH)
def one(number: int) -> Response:
    """A notice as members see it, with who published it."""
    found = notices.of_number(office(), number) or abort(404)
    words = paragraphs(found.body)
    return page("desk/publish-notice-one.html", notice=found, paragraphs=words)


@blueprint.post(f"/desk/publish/notices/<int(max={LARGEST}):number>/withdrawal")
@needs_right(Right.PUBLISH)
def withdraw(number: int) -> Response:
    """Take it back; whoever presses twice finds it taken back."""
    if not notices.withdraw(office(), number, colleague().name) and not notices.of_number(office(), number):
        abort(404)
    return redirect("/desk/publish?done=withdrawn")


def _page(form: NoticeForm, seen: NewNotice | None = None) -> Response:
    words = paragraphs(seen.body) if seen else []
    return page("desk/publish-notice.html", form=form, notice=seen, paragraphs=words, key=new_key())
