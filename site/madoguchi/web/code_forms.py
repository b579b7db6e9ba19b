"""The form that takes the second step, and what every page with it needs to know and to say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, abort, current_app, request
from wtforms.validators import StopValidation

from madoguchi.domain.codes import RECOVERY_LETTERS, read
from madoguchi.services import factors, passkeys
from madoguchi.services.office import Office
from madoguchi.services.second_sign_in import NextTime, Waiting
from madoguchi.web import filters
from madoguchi.web.forms import CheckField, Form, NarrowField, Typed
from madoguchi.web.office import office

LONGEST = 64  # characters; more is no code in any grouping
USED = (
    "このコードはもう使われています。アプリの数字は30秒ごとに変わります。"
    "次の数字が出るのを待って、それを入れてください"
)
ANSWER = 16_384  # characters of what a browser says for a passkey


class CodeField(NarrowField):
    """Six digits, or a recovery code, in any width and grouping."""

    def pre_validate(self, form: Any) -> None:
        """What is no code by its form alone costs no try."""
        super().pre_validate(form)
        if len(self.typed) > LONGEST or read(self.typed) is None:
            raise StopValidation(f"確認コードは6桁の数字です（回復コードは英数字{RECOVERY_LETTERS}文字です）")


class CodeForm(Form):
    """A code."""

    code = CodeField("確認コード")

    def refuse(self, outcome: factors.Outcome, now: datetime) -> None:
        """Say beside the field what came of a try that was not right."""
        self.code.errors = (_sentence(outcome, now),)


class NextTimeForm(Form):
    """What is said of the next sign-in on this browser; at most one of both is offered."""

    trust = CheckField("")
    shared = CheckField("ほかの人も使う端末なので、次のログインでもたずねる")

    def __init__(self, waiting: Waiting, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.waiting = waiting
        self.trust.label.text = f"この端末では{waiting.spare_days}日間たずねない"

    @property
    def offered(self) -> Any:
        """The box that is shown, or None."""
        return self.trust if self.waiting.spare_days else self.shared if self.waiting.may_share else None

    @property
    def said(self) -> NextTime:
        """What was ticked, if it was offered."""
        if self.offered is None or not self.offered.data:
            return NextTime.AS_CHOSEN
        return NextTime.SPARED if self.offered is self.trust else NextTime.ASKED


class AnswerForm(Form):
    """What the browser says for a passkey."""

    credential = Typed("パスキー")

    @property
    def answer(self) -> str:
        """The JSON, or "" for what is too long to be any."""
        return self.credential.typed if len(self.credential.typed) <= ANSWER else ""


def _sentence(outcome: factors.Outcome, now: datetime) -> str:
    match outcome:
        case factors.Failed(0):
            return "コードが違います。試せる回数を使い切りました。新しいコードをお送りください"
        case factors.Failed(left) if left is not None:
            return f"コードが違います。あと{left}回試せます"
        case factors.Used():
            return USED
        case factors.Spent():
            return "このコードは期限が切れたか、使い終わっています。新しいコードをお送りください"
        case factors.Later(until):
            return (
                "間違いが続いたため、いまは確認できません。"
                f"{filters.from_then(until, now)}に試せます。お急ぎのときは、下のほかの方法をお使いください"
            )
    return "コードが違います。もう一度お確かめください"


def passkeys_here(office: Office) -> dict[str, Any]:
    """Whether this page can use passkeys, and if not, where they can be used."""
    return {
        "passkeys_here": passkeys.offered_on(office, request.host),
        "passkey_address": current_app.config["FACE"].public_address if office.factors.passkeys.host else "",
    }


def only_here() -> None:
    """404 on a host that passkeys do not belong to: no page there offers one."""
    if not passkeys.offered_on(office(), request.host):
        abort(404)


def json(text: str) -> Response:
    """What script asks for before it talks to the authenticator."""
    return Response(text, mimetype="application/json")
