"""/atm: link a smartphone ATM by the number on its screen, and see what was done there."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, g, request

from madoguchi.domain import atm as machine
from madoguchi.domain.atm import NumberError
from madoguchi.services import atm
from madoguchi.services.atm import Linking
from madoguchi.web.forms import Form, Typed
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("atm", __name__)

TAKEN: Final = "この番号は、もう使われています。ATMで「取引をはじめる」を押し直し、新しい番号を入れてください"
LONGEST_READ: Final = 300  # characters of what a phone read


class NumberField(Typed):
    """The number under a machine's QR code, or the whole text that a phone read from it."""

    SENTENCES = {  # noqa: RUF012 - read only
        "length": f"ATMの画面の番号は、数字{machine.DIGITS}桁です",
        "check": "番号が違うようです。ATMの画面と見比べて、入れ直してください",
    }

    def read(self, text: str) -> str:
        """Ten digits; raises ValueError with the sentence."""
        try:
            return machine.number_in(text[:LONGEST_READ])
        except NumberError as fault:
            raise ValueError(self.SENTENCES[fault.reason]) from None

    def understood(self) -> str:
        """As 123-456-7890."""
        return machine.shown(self.data)


class LinkForm(Form):
    """Which machine the member stands at."""

    number = NumberField("ATMの画面の番号")


@blueprint.get("/atm")
def show() -> Response:
    """Where one stands: to link, linked, or done; an address read from a QR code fills the number in."""
    typed = request.args.get("number", "")
    return _page(LinkForm(formdata=None, data={"number": typed[:LONGEST_READ] or None}))


@blueprint.post("/atm")
def link() -> Response:
    """Link the machine; its question then finds this contract."""
    form = LinkForm()
    if not form.validate():
        return _page(form)
    if atm.link(office(), g.visitor.contract_id, form.number.data) is Linking.TAKEN:
        form.number.errors = (TAKEN,)
        return _page(form)
    return redirect("/atm")


@blueprint.post("/atm/unlinking")
def unlink() -> Response:
    """Let go of the machine, before it has asked for anything."""
    atm.unlink(office(), g.visitor.contract_id)
    return redirect("/atm")


def _page(form: LinkForm) -> Response:
    visitor = g.visitor
    seen = atm.look(office(), visitor.contract_id, visitor.member_id, visitor.standing, visitor.rights)
    return page("atm/atm.html", form=form, seen=seen, rules=office().rules.atm, shown=machine.shown)
