"""/settings/documents: electronic papers and monthly ones, by consent that can be withdrawn."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from madoguchi.domain.rights import Action
from madoguchi.services import delivery
from madoguchi.services.choices import ELECTRONIC, NO, PAPER, YES, Choice
from madoguchi.web.forms import ChoiceField, Form
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("delivery", __name__)

WAYS = [(ELECTRONIC, "電子交付に同意する（このサイトとPDF）"), (PAPER, "紙で受け取る（郵送）")]
OFTEN = [(YES, "毎月の明細書にまとめることに同意する"), (NO, "取引のたびに受け取る")]
PAST = {
    (Choice.DELIVERY, ELECTRONIC): "電子交付への同意",
    (Choice.DELIVERY, PAPER): "電子交付の取りやめ（紙で受け取る）",
    (Choice.MONTHLY, YES): "毎月の明細書にまとめることへの同意",
    (Choice.MONTHLY, NO): "毎月の明細書にまとめることの取りやめ",
}


class DeliveryForm(Form):
    """The two consents."""

    delivery = ChoiceField("受け取り方", WAYS)
    monthly = ChoiceField("回数", OFTEN)


@blueprint.get("/settings/documents")
@needs(Action.PROTECT)
def show() -> Response:
    """What holds, what it means, and what was chosen before."""
    return _page(None, request.args.get("done", ""))


@blueprint.post("/settings/documents")
@needs(Action.PROTECT)
def choose() -> Response:
    """Give or withdraw the consents."""
    form = DeliveryForm()
    if not form.validate():
        return _page(form)
    electronic, monthly = form.delivery.data == ELECTRONIC, form.monthly.data == YES
    changed = delivery.choose(office(), g.visitor.member_id, electronic=electronic, monthly=monthly)
    return redirect(f"/settings/documents?done={'changed' if changed else 'same'}")


def _page(form: DeliveryForm | None, done: str = "") -> Response:
    seen = delivery.look(office(), g.visitor.member_id)
    if form is None:
        held = {"delivery": ELECTRONIC if seen.electronic else PAPER, "monthly": YES if seen.monthly else NO}
        form = DeliveryForm(formdata=None, data=held)
    past = [(change, PAST[change.choice, change.value]) for change in seen.past]
    return page("delivery/delivery.html", form=form, seen=seen, past=past, done=done)
