"""/desk/members/<number>/name, contacts, death, mail and counter: what the counter does about a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, abort
from wtforms.validators import StopValidation

from madoguchi.domain.staff import Right
from madoguchi.services import counter, mail_change, person_acts
from madoguchi.services.deed import DEAD
from madoguchi.services.four_eyes import Act
from madoguchi.services.person_acts import CONTACTS, DIED, MAIL, RENAME, UNDIED, YES, Person
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
SHARED: Final = "ほかの会員と共用のアドレスであることを確かめた（同じ世帯の方など）"


class NameForm(IdentityForm):
    """Another name."""

    person_name = LineField("新しいお名前", 60)
    name_kana = KanaNameField("新しいお名前（カタカナ）")
    name_romaji = RomajiField("新しいお名前（ローマ字）")


class ContactsForm(IdentityForm):
    """A phone and a mail address for lost ones."""

    phone = PhoneField("新しい電話番号")
    email = MailField("新しいメールアドレス")
    shared = CheckField(SHARED)
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
    shared = CheckField(SHARED)
    reason = WordsField("手続きの理由")


@blueprint.get(HOME + "/name")
@needs_right(Right.REQUEST)
def show_name(number: str) -> Response:
    """The form for another name."""
    return _page("desk/person-name.html", _alive(number), NameForm(formdata=None))


@blueprint.post(HOME + "/name")
@needs_right(Right.REQUEST)
def ask_name(number: str) -> Response:
    """Ask for another name."""
    who, form = _alive(number), NameForm()
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
    return _page("desk/person-contacts.html", _alive(number), ContactsForm(formdata=None))


@blueprint.post(HOME + "/contacts")
@needs_right(Right.REQUEST)
def ask_contacts(number: str) -> Response:
    """Ask for new contacts."""
    who, form = _alive(number), ContactsForm()
    if not form.validate():
        return _page("desk/person-contacts.html", who, form)
    if _taken(form, who):
        return _page("desk/person-contacts.html", who, form)
    new = {"phone": form.phone.data, "email": form.email.data}
    new |= {name: YES if form[name].data else "" for name in ("app", "shared")}
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
@needs_right(Right.REQUEST)
def show_mail(number: str) -> Response:
    """The form for a mail address told by phone, in the place of one that comes back."""
    return _mail_page(_alive(number), MailRightForm(formdata=None))


@blueprint.post(HOME + "/mail")
@needs_right(Right.REQUEST)
def ask_mail(number: str) -> Response:
    """Ask for the mail address to be put on file."""
    who, form = _alive(number), MailRightForm()
    if person_acts.against_mail(office(), who):
        return _mail_page(who, MailRightForm(formdata=None))
    form.validate()
    asked = [words for name, words in FACTS if form[name].data]
    if len(asked) < len(FACTS):
        form.form_errors = [*form.form_errors, "電話の相手がご本人か、三つとも確かめてください"]
    if form.errors or _taken(form, who):
        return _mail_page(who, form)
    told = {"email": form.email.data, "shared": YES if form.shared.data else "", "asked": "、".join(asked)}
    request = person_acts.ask(office(), MAIL, who, told, form.reason.words, colleague())
    return redirect(f"/desk/requests/{request}")


@blueprint.get(HOME + "/counter")
@needs_right(Right.CHECK_IDENTITY)
def show_counter(number: str) -> Response:
    """To the ticket that waits, or the form for one where the card never had a PIN."""
    who = _alive(number)
    if ticket := counter.open_of(office(), who.contract_id):
        return redirect(f"/desk/counter/{ticket}")
    return _counter_page(who, IdentityForm(formdata=None))


@blueprint.post(HOME + "/counter")
@needs_right(Right.CHECK_IDENTITY)
def make_ticket(number: str) -> Response:
    """Make a ticket for the first PIN of a card."""
    who, form = _alive(number), IdentityForm()
    if not form.validate():
        return _counter_page(who, form)
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


def _counter_page(who: Person, form: Any) -> Response:
    return _page("desk/person-counter.html", who, form, has_pin=counter.has_pin(office(), who.contract_id))


def _mail_page(who: Person, form: Any) -> Response:
    return _page("desk/person-mail.html", who, form, against=person_acts.against_mail(office(), who))


def _taken(form: Any, who: Person) -> bool:
    """Whether another member has the address and nobody said that both share it; told beside the field."""
    if form.shared.data or not mail_change.is_taken(office(), form.email.data, who.member_id):
        return False
    form.email.errors = [mail_change.TAKEN]
    return True


def _alive(number: str) -> Person:
    """A member who lives; of one who has died the page says why nothing is changed."""
    who = _found(number)
    if who.died_on:
        abort(page("desk/person-dead.html", who=who, why=DEAD))
    return who


def _found(number: str) -> Person:
    return person_acts.person(office(), number) or abort(404)


def _page(template: str, who: Person, form: Any, **facts: Any) -> Response:
    return page(template, form=form, who=who, **facts)
