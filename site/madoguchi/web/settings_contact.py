"""/settings/address and /settings/phone: where a member lives and is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, g, request

from madoguchi.domain.rights import Action
from madoguchi.ports.postcodes import Town
from madoguchi.services import details, postcodes
from madoguchi.services.details import Detail
from madoguchi.web.forms import CheckField, Form, Typed
from madoguchi.web.guard import needs
from madoguchi.web.kept import shown_at, typed_before
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect, wants_part
from madoguchi.web.settings_forms import LineField, PhoneField, PostcodeField, barred, done, past
from madoguchi.web.step_up import second_step

blueprint = Blueprint("settings_contact", __name__)

ADDRESS, PHONE = "/settings/address", "/settings/phone"
CHOOSE = "郵便番号に合う町名を選ぶか、ここに入れてください"
ONE = "町名を選ぶときは、ここを空けてください。ここに入れるときは「この中にありません」を選んでください"
ELSEWHERE = (
    "〒{}は、{}の郵便番号です。都道府県から入れてあるか、お確かめください。"
    "このままでよいときは、下の「この住所にする」に印を付けてください"
)
TYPE = "この郵便番号の町名が見つかりません。郵便番号をお確かめのうえ、ここに入れてください"


class AddressForm(Form):
    """An address; the town is picked among those of the postcode, or typed."""

    postcode = PostcodeField("郵便番号")
    town = Typed("町名", required=False)
    other = LineField("都道府県・市区町村・町名", required=False)
    street = LineField("番地・建物名・部屋番号")
    sure = CheckField("郵便番号と合っていなくても、この住所にする")

    def towns(self) -> Sequence[Town]:
        """The towns of the postcode that was typed."""
        return postcodes.towns(office(), self.postcode.data) if self.postcode.data else ()

    def place(self) -> str:
        """The address down to the town: the one picked, where it is of this postcode, else what was typed."""
        return self.picked() or self.other.data or ""

    def picked(self) -> str:
        """The town that was picked, "" for none of this postcode."""
        return self.town.data if self.town.data in [town.text for town in self.towns()] else ""

    @property
    def elsewhere(self) -> bool:
        """Whether what was typed lies in another prefecture than the postcode; lists can be wrong."""
        typed = "" if self.picked() else self.other.data or ""
        towns = self.towns()
        return bool(typed and towns) and not any(typed.startswith(town.prefecture) for town in towns)

    def complete(self) -> bool:
        """Whether it is a whole address; else the errors stand in the form."""
        self.validate()
        if not self.place() and not self.other.errors:
            self.other.errors = (CHOOSE if self.towns() or not self.postcode.data else TYPE,)
        elif self.picked() and self.other.data:
            self.other.errors = (ONE,)
        elif self.elsewhere and not self.sure.data and not self.other.errors:
            self.other.errors = (ELSEWHERE.format(self.postcode.data, self.towns()[0].text),)
        return not self.errors


class PhoneForm(Form):
    """A telephone number."""

    phone = PhoneField("電話番号")


@blueprint.get(ADDRESS)
@needs(Action.PROTECT)
def show_address() -> Response:
    """The address on file, and the form for another."""
    return _address(AddressForm(formdata=None))


@blueprint.get(ADDRESS + "/towns")
@needs(Action.PROTECT)
def shown_towns() -> Response:
    """The form with the towns that were asked for; the empty form where nothing was kept."""
    before = typed_before()
    return redirect(ADDRESS) if before is None else _with_towns(AddressForm(formdata=before))


@blueprint.post(ADDRESS + "/towns")
@needs(Action.PROTECT)
def towns() -> Response:
    """The form again with the towns of its postcode; nothing is changed."""
    return _with_towns(AddressForm()) if wants_part() else shown_at(ADDRESS + "/towns")


@blueprint.post(ADDRESS)
@needs(Action.PROTECT)
def change_address() -> Response:
    """Put the address on file, once the second step was passed."""
    form = AddressForm()
    if not form.complete():
        return _address(form, looked=bool(form.postcode.data))
    if first := second_step():
        return first
    new = {"postcode": form.postcode.data, "address": form.place() + form.street.data}
    return redirect(ADDRESS + done(details.change(office(), g.visitor.member_id, Detail.ADDRESS, new)))


@blueprint.get(PHONE)
@needs(Action.PROTECT)
def show_phone() -> Response:
    """The number on file, and the form for another."""
    return _phone(PhoneForm(formdata=None))


@blueprint.post(PHONE)
@needs(Action.PROTECT)
def change_phone() -> Response:
    """Put the number on file, once the second step was passed."""
    form = PhoneForm()
    if not form.validate():
        return _phone(form)
    if first := second_step():
        return first
    new = {"phone": form.phone.data}
    return redirect(PHONE + done(details.change(office(), g.visitor.member_id, Detail.PHONE, new)))


def _with_towns(form: AddressForm) -> Response:
    form.postcode.validate(form)
    return _address(form, looked=True)


def _address(form: AddressForm, looked: bool = False) -> Response:
    def words(told: Mapping[str, Any]) -> str:
        return f"〒{told['postcode']} {told['address']}" if told["address"] else ""

    offered = form.towns() if looked else ()
    return page("settings/address.html", form=form, looked=looked, towns=offered,
                lines=past(Detail.ADDRESS, words), **_facts())  # fmt: skip


def _phone(form: PhoneForm) -> Response:
    lines = past(Detail.PHONE, lambda told: str(told["phone"]))
    return page("settings/phone.html", form=form, lines=lines, **_facts())


def _facts() -> dict[str, Any]:
    on_file = details.on_file(office(), g.visitor.member_id)
    return {
        "on_file": on_file,
        "told": bool(on_file.email),
        "done": request.args.get("done", ""),
        "barred": barred(),
    }
