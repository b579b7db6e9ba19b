"""What somebody without a session types to report a lost card or misuse, and how that is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Response
from wtforms.validators import StopValidation

from madoguchi.domain.faults import Unavailable
from madoguchi.domain.identity import Claim, plain_number
from madoguchi.domain.kana import KanaError, bank_kana
from madoguchi.domain.widths import is_digits
from madoguchi.services.links import Browser
from madoguchi.services.office import Office
from madoguchi.services.reports import Taken, TooMany
from madoguchi.web import limits, thanks
from madoguchi.web.forms import DayField, Form, Typed
from madoguchi.web.new_password import browser
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

LONGEST_NAME = 60
NUMBER_DIGITS = range(9, 12)  # a member number has nine, telephones ten or eleven
WAIT = timedelta(hours=1)

Report = Callable[[Office, Claim, Browser], Taken | TooMany]


class KanaField(Typed):
    """A name in kana of any width; hiragana will do."""

    def read(self, text: str) -> str:
        """As typed, if a bank could write it; raises ValueError with the sentence."""
        try:
            bank_kana(text)
        except KanaError as fault:
            raise ValueError(
                f"お名前の「{fault.letter}」は読み取れません。カタカナかひらがなで入れてください"
            ) from None
        if len(text) > LONGEST_NAME:
            raise ValueError(f"お名前は{LONGEST_NAME}文字までで入れてください")
        return " ".join(text.split())


class NumberField(Typed):
    """A telephone number or a member number, in any width and grouping."""

    def read(self, text: str) -> str:
        """Digits; raises ValueError with the sentence."""
        number = plain_number(text)
        if not is_digits(number) or len(number) not in NUMBER_DIGITS:
            raise ValueError("電話番号（10桁か11桁）か、会員番号（9桁）を数字で入れてください")
        return number


class ReportForm(Form):
    """Who somebody is."""

    name_kana = KanaField("お名前（カナ）")
    birth_date = DayField("生年月日")
    phone_or_member_number = NumberField("ご登録の電話番号か会員番号")

    def validate_birth_date(self, field: DayField) -> None:
        """A day that has come."""
        if field.data and field.data > office().business_day():
            raise StopValidation("生年月日に、これからの日付が入っています")


def answer(form: ReportForm, template: str, report: Report, done: str) -> Response:
    """Report what was typed; the same answer whether it fits somebody or not."""
    if not form.validate():
        return page(template, form=form)
    if seconds := _throttled():
        return _wait(timedelta(seconds=seconds))
    claim = Claim(form.name_kana.data, form.birth_date.data, form.phone_or_member_number.data)
    if isinstance(report(office(), claim, browser()), TooMany):
        return _wait(WAIT)
    return redirect(thanks.address(done))


def _throttled() -> int:
    """Count this address; where the counters are gone, a card is stopped all the same."""
    try:
        return limits.gate("report").take()
    except Unavailable:
        return 0


def _wait(time: timedelta) -> Response:
    until = office().now() + time + timedelta(seconds=59)  # shown by the minute, and never too early
    response = page("lost_card/wait.html", status=429, until=until)
    response.headers["Retry-After"] = str(int(time.total_seconds()))
    return response
