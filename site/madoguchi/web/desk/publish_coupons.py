"""/desk/publish/coupons: a shop's coupon is written, looked at, published, withdrawn."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from madoguchi.domain.bulletins import BODY_MOST, CODE_MOST, TITLE_MOST, NewCoupon, paragraphs
from madoguchi.domain.staff import Right
from madoguchi.services import coupons
from madoguchi.services.notices import Faulty
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.forms import TextField
from madoguchi.web.desk.publish import LARGEST
from madoguchi.web.desk.publish_forms import NOT_NOW, BulletinForm, LineField
from madoguchi.web.forms import CheckField
from madoguchi.web.long_text import new_key
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_publish_coupons", __name__)


class CouponForm(BulletinForm):
    """A coupon of a shop."""

    shop = LineField("お店の名前", TITLE_MOST)
    title = LineField("見出し", TITLE_MOST)
    body = TextField("内容と使い方", BODY_MOST)
    code = LineField("お店が見る番号や合言葉", CODE_MOST)
    once = CheckField("お一人さま1回だけ")

    def coupon(self) -> NewCoupon:
        """What was typed."""
        texts = self.shop.data, self.title.data, self.body.data, self.code.data
        return NewCoupon(*texts, self.first.data, self.last.data, bool(self.once.data))


@blueprint.get("/desk/publish/coupons/new")
@needs_right(Right.PUBLISH)
def ask() -> Response:
    """An empty form, from today."""
    return _page(CouponForm(formdata=None, first=office().business_day()))


@blueprint.post("/desk/publish/coupons/preview")
@needs_right(Right.PUBLISH)
def preview() -> Response:
    """The coupon as members will see it, above the form in which it can be changed."""
    form = CouponForm()
    return _page(form, form.coupon() if form.validate() else None)


@blueprint.post("/desk/publish/coupons")
@needs_right(Right.PUBLISH)
def publish() -> Response:
    """Publish what was looked at."""
    form = CouponForm()
    if not form.validate():
        return _page(form)
    outcome = coupons.publish(office(), form.coupon(), colleague().name, form.key.key)
    if isinstance(outcome, Faulty):
        form.form_errors = [*form.form_errors, NOT_NOW]
        return _page(form)
    return redirect("/desk/publish?done=published")


@blueprint.get(f"/desk/publish/coupons/<int(max={LARGEST}):number>")
@needs_right(Right.PUBLISH)
def one(number: int) -> Response:
    """A coupon as members see it."""
    found = coupons.of_number(office(), number) or abort(404)
    return page("desk/publish-coupon-one.html", coupon=found, paragraphs=paragraphs(found.body))


@blueprint.post(f"/desk/publish/coupons/<int(max={LARGEST}):number>/withdrawal")
@needs_right(Right.PUBLISH)
def withdraw(number: int) -> Response:
    """Take it back; whoever presses twice finds it taken back."""
    if not coupons.withdraw(office(), number, colleague().name) and not coupons.of_number(office(), number):
        abort(404)
    return redirect("/desk/publish?done=withdrawn")


def _page(form: CouponForm, seen: NewCoupon | None = None) -> Response:
    words = paragraphs(seen.body) if seen else []
    return page("desk/publish-coupon.html", form=form, coupon=seen, paragraphs=words, key=new_key())
