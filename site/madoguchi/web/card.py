"""/card: the member's own card, held and released with one press, and reported lost for good."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, g, request
from wtforms.validators import StopValidation

from madoguchi.domain.rights import Action
from madoguchi.services import card
from madoguchi.services.card import Done, NotPossible, NotYours
from madoguchi.web.forms import CheckField, Form
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.police import PoliceForm
from madoguchi.web.render import page, redirect

blueprint = Blueprint("card", __name__)

HOME: Final = "/card"
DONE: Final = {
    "held": "カードを止めました",
    "released": "カードの利用を再開しました",
    "lost": "紛失の届け出を受け付けました",
    "kept": "受理番号を控えました",
}
REFUSED: Final = {
    "not-yours": "この停止は、ご自分では解除できません。お電話でご本人を確かめてから再開します",
    "not-possible": "このカードは、もう止めたり再開したりできません",
    "no-number": "受理番号を控えられませんでした。届け出の手続きが、もう終わっています",
}


class LostForm(Form):
    """That the card is gone for good."""

    sure = CheckField("見つかっても、このカードは二度と使えないことを確かめました")

    def validate_sure(self, field: CheckField) -> None:
        """Ticked, or the card stays as it is."""
        if not field.data:
            raise StopValidation("届け出るときは、ここに印を付けてください")


@blueprint.get(HOME)
@needs(Action.PROTECT)
def show() -> Response:
    """The state of the card, and what can be done with it."""
    return _page(PoliceForm(formdata=None))


@blueprint.post(HOME + "/hold")
@needs(Action.PROTECT)
def hold() -> Response:
    """Hold it, at once."""
    return _to(card.hold(office(), g.visitor.member_id, g.visitor.contract_id), "held")


@blueprint.post(HOME + "/release")
@needs(Action.PROTECT)
def release() -> Response:
    """Release it, where the member held it."""
    return _to(card.release(office(), g.visitor.member_id, g.visitor.contract_id), "released")


@blueprint.get(HOME + "/lost")
@needs(Action.PROTECT)
def confirm() -> Response:
    """What it means to report it lost."""
    return page("card/lost.html", form=LostForm(formdata=None))


@blueprint.post(HOME + "/lost")
@needs(Action.PROTECT)
def lose() -> Response:
    """Report it lost."""
    form = LostForm()
    if not form.validate():
        return page("card/lost.html", form=form)
    return _to(card.lose(office(), g.visitor.member_id, g.visitor.contract_id), "lost")


@blueprint.post(HOME + "/police")
@needs(Action.PROTECT)
def police() -> Response:
    """Keep the number that the police gave."""
    form = PoliceForm()
    if not form.validate():
        return _page(form)
    kept = card.keep_police_number(office(), g.visitor.member_id, form.police_number.data)
    return redirect(f"{HOME}?done=kept" if kept else f"{HOME}?refused=no-number")


def _to(outcome: Done | NotYours | NotPossible, done: str) -> Response:
    match outcome:
        case Done():
            return redirect(f"{HOME}?done={done}")
        case NotYours():
            return redirect(f"{HOME}?refused=not-yours")
        case NotPossible():
            return redirect(f"{HOME}?refused=not-possible")


def _page(form: PoliceForm) -> Response:
    seen = card.look(office(), g.visitor.member_id, g.visitor.contract_id)
    done, refused = (words.get(request.args.get(name, "")) for name, words in _ANSWERS)
    return page("card/card.html", form=form, seen=seen, done=done, refused=refused)


_ANSWERS: Final = (("done", DONE), ("refused", REFUSED))
