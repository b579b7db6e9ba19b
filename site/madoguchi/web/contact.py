"""/contact: the windows of the lender, and an inquiry without signing in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from flask import Blueprint, Response, request
from wtforms.validators import StopValidation

from madoguchi.domain.hours import read_from
from madoguchi.domain.kana import KanaError, bank_kana
from madoguchi.domain.topics import Topic
from madoguchi.domain.widths import is_digits
from madoguchi.services import contact
from madoguchi.services.contact import Asked
from madoguchi.web import limits, thanks
from madoguchi.web.forms import DayField, Form, NarrowField, Typed
from madoguchi.web.guard import public
from madoguchi.web.long_text import KeyField, LongField, TopicField, new_key, promise, reads
from madoguchi.web.new_password import MailField
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("contact", __name__)

LONGEST_NAME: Final = 60
FULL: Final = (
    "この回線から何度も送られました。書いた内容は残っています。少し待ってから、もう一度送ってください"
)


class KanaField(Typed):
    """A name in kana, of any width; kept as it was written."""

    def read(self, text: str) -> str:
        """The name; raises ValueError with the sentence."""
        name = " ".join(text.split())
        if len(name) > LONGEST_NAME:
            raise ValueError(f"{self.label.text}は{LONGEST_NAME}文字までで入れてください")
        try:
            bank_kana(name.replace("・", " "))
        except KanaError:
            raise ValueError(
                f"{self.label.text}はカタカナかひらがなで入れてください（例 サトウ ハナコ）"
            ) from None
        return name

    def process_formdata(self, values: list[str]) -> None:
        """As typed: kana is wide by nature."""
        super().process_formdata(values)
        self.narrowed = False


class PhoneField(NarrowField):
    """A telephone number of ten or eleven digits, with or without strokes."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, digits=True, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """A number that can be called in Japan."""
        super().pre_validate(form)
        if self.data and not (is_digits(self.data) and 10 <= len(self.data) <= 11 and self.data[0] == "0"):
            raise StopValidation(f"{self.label.text}は、0から始まる10桁か11桁の数字で入れてください")


class BirthField(DayField):
    """A birth date: a day that is over."""

    def pre_validate(self, form: Any) -> None:
        """Before today."""
        super().pre_validate(form)
        if self.data and self.data >= office().business_day():
            raise StopValidation(f"{self.label.text}は、過ぎた日付で入れてください")


class ContactForm(Form):
    """An inquiry."""

    topic = TopicField("ご用件")
    name_kana = KanaField("お名前（カナ）")
    email = MailField("メールアドレス")
    birth_date = BirthField("生年月日", required=False)
    phone = PhoneField("電話番号", required=False)
    message = LongField("お問い合わせの内容")
    idempotency_key = KeyField()


@blueprint.get("/contact")
@public
def show() -> Response:
    """The windows, and the form; `topic` chooses what it begins with."""
    form = ContactForm(formdata=None, data={"topic": request.args.get("topic", Topic.OTHER.value)})
    if not form.topic.validate(form):
        form.topic.data, form.topic.errors = Topic.OTHER.value, ()
    form.idempotency_key.data = new_key()
    return _page(form)


@blueprint.post("/contact")
@public
def ask() -> Response:
    """Take an inquiry; the answer is the same whoever asks."""
    form = ContactForm()
    if not form.validate():
        return _page(form)
    if seconds := limits.gate("contact").take():
        form.form_errors.append(FULL)
        response = _page(form, 429)
        response.headers["Retry-After"] = str(seconds)
        return response
    asked = Asked(
        form.name_kana.data,
        form.email.data,
        form.topic.topic,
        form.message.data,
        form.birth_date.data,
        form.phone.data or "",
    )
    received = contact.ask(office(), asked, form.idempotency_key.key)
    return redirect(thanks.address("/contact/sent", number=received.number))


@blueprint.get("/contact/sent")
@public
def sent() -> Response:
    """That it came, under which number, and when it is read; of what nobody sent nothing is said."""
    if not thanks.are_due():
        return page("contact/sent.html", number="")
    at = datetime.fromtimestamp(int(request.args[thanks.AT]), UTC)
    told = reads(read_from(office().rules.web_questions, at), at)
    return page("contact/sent.html", number=request.args.get("number", ""), reads=told)


def _page(form: ContactForm, status: int = 200) -> Response:
    first = form.topic.data == Topic.REPAY.value
    return page("contact/contact.html", form=form, status=status, phone_first=first, promise=promise())
