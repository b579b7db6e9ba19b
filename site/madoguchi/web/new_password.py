"""What pages that set a password share: fields, sentences, the live estimate, and how a link ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from flask import Response, request
from wtforms.validators import StopValidation

from madoguchi.domain.agents import label
from madoguchi.domain.passwords import Fault, PasswordRules, Strength
from madoguchi.services.links import Browser, Dead, Weak
from madoguchi.web import limits
from madoguchi.web.forms import NarrowField, SecretField
from madoguchi.web.office import office
from madoguchi.web.render import page

GONE: Final = 410
LONGEST_ADDRESS: Final = 254  # of a mail address, RFC 5321

_GUESSED: Final = "を含むパスワードは推測されやすいため使えません"
_FAULTS: Final = {
    Fault.WIDE: "全角の文字が入っています。{signs}で入れてください",
    Fault.CHARACTERS: "使えるのは{signs}です（空白も使えません）",
    Fault.SHORT: "パスワードは{rules.shortest}文字以上で入れてください",
    Fault.LONG: "パスワードは{rules.longest}文字までで入れてください",
    Fault.WEB_ID: f"Web-ID{_GUESSED}",
    Fault.BIRTHDAY: f"生年月日{_GUESSED}",
    Fault.PHONE: f"電話番号{_GUESSED}",
    Fault.POSTCODE: f"郵便番号{_GUESSED}",
    Fault.NAME: f"お名前のローマ字{_GUESSED}",
    Fault.COMMON: "よく使われるか、すぐに推測されるパスワードです。別の並びにしてください",
}
_STRENGTHS: Final = {
    Strength.FAIR: "使えます。強さはふつうです。長くすると、もっと安全です",
    Strength.STRONG: "使えます。強いパスワードです",
    Strength.VERY_STRONG: "使えます。とても強いパスワードです",
}


class AgainField(SecretField):
    """The new password once more, to find a slip of the finger."""

    def pre_validate(self, form: Any) -> None:
        """It has to be the same, sign for sign."""
        super().pre_validate(form)
        if self.typed != form.password.typed:
            raise StopValidation("2回の入力が違っています。同じパスワードを入れてください")


class MailField(NarrowField):
    """A mail address, as far as its form tells."""

    def pre_validate(self, form: Any) -> None:
        """Something, an at sign, something with a dot, and no blank between."""
        super().pre_validate(form)
        if not self.data:
            return
        name, _at, host = self.data.rpartition("@")
        sound = name and "." in host and " " not in self.data and len(self.data) <= LONGEST_ADDRESS
        if not sound:
            raise StopValidation("メールアドレスの形をお確かめください（例 hanako@example.jp）")


def signs(rules: PasswordRules) -> str:
    """The signs that a password is made of, in words."""
    return "半角の英数字と記号" if rules.symbols else "半角の英数字"


def sentence(fault: Fault) -> str:
    """Why a password cannot be used."""
    rules = office().rules.password
    return _FAULTS[fault].format(rules=rules, signs=signs(rules))


def estimate(verdict: Strength | Weak | Dead | None) -> Response:
    """The live answer while a password is typed, None before its first sign; the password is never in it."""
    if isinstance(verdict, Dead):
        return dead()
    words = "" if verdict is None else _words(verdict)
    return page("recovery/estimate.html", words=words, bad=isinstance(verdict, Weak))


def dead() -> Response:
    """The one page for every link that does not work, whatever the reason."""
    again = "/web-id/register" if request.path.startswith("/web-id/") else "/password/reset"
    return page("recovery/dead.html", status=GONE, again=again)


def throttled() -> Response | None:
    """Count a request; the page that asks to wait when too many came from one place, else None."""
    seconds = limits.gate().take()
    if not seconds:
        return None
    until = office().now() + timedelta(seconds=seconds + 59)  # shown by the minute, and never too early
    response = page("recovery/wait.html", status=429, until=until)
    response.headers["Retry-After"] = str(seconds)
    return response


def browser() -> Browser:
    """Where this request comes from, for the log."""
    block = limits.block_of(limits.address_of(request.remote_addr))
    return Browser(label(request.user_agent.string), block)


def _words(verdict: Strength | Weak) -> str:
    return sentence(verdict.fault) if isinstance(verdict, Weak) else _STRENGTHS[verdict]
