"""/desk/members/<number>/name, contacts, death, mail and counter: what the counter does about a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, abort
from wtforms.validators import StopValidation

from madoguchi.domain.staff import Right
from madoguchi.services import counter, person_acts
from madoguchi.services.four_eyes import Act
from madoguchi.services.mail_change import Unreachable
from madoguchi.services.person_acts import CONTACTS, DIED, RENAME, UNDIED, YES, Person
from madoguchi.web.desk.contract_forms import RomajiField
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.forms import WordsField
from madoguchi.web.desk.identity import CHOICES, ChosenField, IdentityForm, KanaNameField
from madoguchi.web.forms import CheckField, DayField, Form, SelectChoice
from madoguchi.web.new_password import MailField
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.settings_forms import LineField, PhoneField

blueprint = Blueprint("desk_person_acts", __name__)

HOME: Final = "/desk/members/<number>"
DEATH_PAPERS: Final = [("", "選んでください"), *((one, one) for one in (
    "死亡診断書・死体検案書", "除籍の記載がある戸籍謄本", "住民票の除票", "法定相続情報一覧図"))]  # fmt: skip
FACTS: Final = (
    ("asked_name", "お名前"), ("asked_birth", "生年月日"), ("asked_address", "ご住所か電話番号"),
)  # fmt: skip
UNREACHABLE: Final = "このアドレスには送れません。形をお確かめください（例 hanako@example.jp）"


class NameForm(IdentityForm):
    """Another name."""

    person_name = LineField("新しいお名前", 60)
    name_kana = KanaNameField("新しいお名前（カタカナ）")
    name_romaji = RomajiField("新しいお名前（ローマ字）")


class ContactsForm(IdentityForm):
    """A phone and a mail address for lost ones."""

    phone = PhoneField("新しい電話番号")
    email = MailField("新しいメールアドレス")
    app = CheckField("認証アプリも使えなくなった（登録を外す）")


class PastDayField(DayField):
    """A day that is not ahead."""

    def pre_validate(self, form: Any) -> None:
        """Today at the latest."""
        super().pre_validate(form)
        if self.data and self.data > office().business_day():
            raise StopValidation(f"{self.label.text}に、先の日付が入っています")


class DeathForm(IdentityForm):
    """Who died when, by which paper, and who told it."""

    document = ChosenField("亡くなられたことの書類", CHOICES, default="")
    died_on = PastDayField("亡くなられた日")
    heirs = WordsField("ご連絡をくださった方（続柄、連絡先）")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.document.choices = [SelectChoice(value, words) for value, words in DEATH_PAPERS]


class MailRightForm(Form):
    """A mail address told by phone, and what was asked to know who is calling."""

    asked_name = CheckField("お名前")
    asked_birth = CheckField("生年月日")
    asked_address = CheckField("ご住所か電話番号")
    email = MailField("正しいメールアドレス")
    reason = WordsField("手続きの理由")


@blueprint.get(HOME + "/name")
@needs_right(Right.REQUEST)
def show_name(number: str) -> Response:
    """The form for another name."""
    return _page("desk/person-name.html", _found(number), NameForm(formdata=None))


@blueprint.post(HOME + "/name")
@needs_right(Right.REQUEST)
def ask_name(number: str) -> Response:
    """Ask for another name."""
    who, form = _found(number), NameForm()
    if not form.validate():
        return _page("desk/person-name.html", who, form)
    new = {
        "name": form.person_name.data, "name_kana": form.name_kana.data, "name_romaji": form.name_romaji.data,
    }  # fmt: skip
    return _ask(RENAME, who, form, new)


@blueprint.get(HOME + "/contacts")
@needs_right(Right.REQUEST)
def show_contacts(number: str) -> Response:
    """The form for new contacts."""
    return _page("desk/person-contacts.html", _found(number), ContactsForm(formdata=None))


@blueprint.post(HOME + "/contacts")
@needs_right(Right.REQUEST)
def ask_contacts(number: str) -> Response:
    """Ask for new contacts."""
    who, form = _found(number), ContactsForm()
    if not form.validate():
        return _page("desk/person-contacts.html", who, form)
    new = {"phone": form.phone.data, "email": form.email.data, "app": YES if form.app.data else ""}
    return _ask(CONTACTS, who, form, new)


@blueprint.get(HOME + "/death")
@needs_right(Right.REQUEST)
def show_death(number: str) -> Response:
    """The form for a death, or for taking one back."""
    who = _found(number)
    form = IdentityForm(formdata=None) if who.died_on else DeathForm(formdata=None)
    return _page("desk/person-death.html", who, form)


@blueprint.post(HOME + "/death")
@needs_right(Right.REQUEST)
def ask_death(number: str) -> Response:
    """Ask for a death to be noted."""
    who, form = _found(number), DeathForm()
    if who.died_on:
        return redirect(f"/desk/members/{who.number}/death")
    if not form.validate():
        return _page("desk/person-death.html", who, form)
    return _ask(DIED, who, form, {"died_on": form.died_on.data.isoformat(), "heirs": form.heirs.words})


@blueprint.post(HOME + "/death/undoing")
@needs_right(Right.REQUEST)
def ask_undoing(number: str) -> Response:
    """Ask for a death to be taken back."""
    who, form = _found(number), IdentityForm()
    if not who.died_on:
        return redirect(f"/desk/members/{who.number}/death")
    if not form.validate():
        return _page("desk/person-death.html", who, form)
    return _ask(UNDIED, who, form, {})


@blueprint.get(HOME + "/mail")
@needs_right(Right.CHECK_IDENTITY)
def show_mail(number: str) -> Response:
    """The form for a mail address told by phone."""
    return _page("desk/person-mail.html", _found(number), MailRightForm(formdata=None))


@blueprint.post(HOME + "/mail")
@needs_right(Right.CHECK_IDENTITY)
def set_mail(number: str) -> Response:
    """Put the mail address on file."""
    who, form = _found(number), MailRightForm()
    form.validate()
    asked = [words for name, words in FACTS if form[name].data]
    if len(asked) < len(FACTS):
        form.form_errors = [*form.form_errors, "電話の相手がご本人か、三つとも確かめてください"]
    if form.errors:
        return _page("desk/person-mail.html", who, form)
    typed = form.email.data, asked, form.reason.words
    if isinstance(person_acts.set_mail_right(office(), who, *typed, colleague()), Unreachable):
        form.email.errors = [UNREACHABLE]
        return _page("desk/person-mail.html", who, form)
    return redirect(f"/desk/members/{who.number}")


@blueprint.get(HOME + "/counter")
@needs_right(Right.CHECK_IDENTITY)
def show_counter(number: str) -> Response:
    """To the ticket that waits, or the form for one where the card never had a PIN."""
    who = _found(number)
    if ticket := counter.open_of(office(), who.contract_id):
        return redirect(f"/desk/counter/{ticket}")
    return _page(
        "desk/person-counter.html",
        who,
        IdentityForm(formdata=None),
        has_pin=counter.has_pin(office(), who.contract_id),
    )


@blueprint.post(HOME + "/counter")
@needs_right(Right.CHECK_IDENTITY)
def make_ticket(number: str) -> Response:
    """Make a ticket for the first PIN of a card."""
    who, form = _found(number), IdentityForm()
    if not form.validate():
        return _page(
            "desk/person-counter.html", who, form, has_pin=counter.has_pin(office(), who.contract_id)
        )
    papers = form.document.data, form.place.words, form.reason.words
    ticket = counter.ticket_for_new(office(), who.contract_id, *papers, colleague())
    return redirect(f"/desk/counter/{ticket}" if ticket else f"/desk/members/{who.number}/counter")


@blueprint.get("/desk/bounced")
@needs_right(Right.CHECK_IDENTITY)
def bounced() -> Response:
    """Members whose mail comes back."""
    return page("desk/bounced.html", found=person_acts.bounced(office()))


def _ask(act: Act, who: Person, form: Any, facts: Mapping[str, Any]) -> Response:
    told = {**facts, "document": form.document.data, "place": form.place.words}
    request = person_acts.ask(office(), act, who, told, form.reason.words, colleague())
    return redirect(f"/desk/requests/{request}")


def _found(number: str) -> Person:
    return person_acts.person(office(), number) or abort(404)


def _page(template: str, who: Person, form: Any, **facts: Any) -> Response:
    return page(template, form=form, who=who, **facts)
