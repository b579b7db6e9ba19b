"""/not-me: the page behind 「身に覚えがない」 in a letter; only its ticked form stops anything."""

from __future__ import annotations

from flask import Blueprint, Response
from wtforms.validators import StopValidation

from madoguchi.domain.letters import Kind
from madoguchi.services import not_me
from madoguchi.services.not_me import Answer
from madoguchi.web import cookies
from madoguchi.web.forms import CheckField, Form
from madoguchi.web.guard import public
from madoguchi.web.new_password import GONE, browser
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("not_me", __name__)

EVENTS = {
    Kind.SIGN_IN_NEW_DEVICE: "はじめての端末からのログイン",
    Kind.PASSWORD_CHANGED: "パスワードの変更",
    Kind.WEB_ID_CHANGED: "Web-IDの登録",
    Kind.SECOND_STEP_CHANGED: "2段階認証の設定の変更",
    Kind.MAIL_CHANGED_OLD: "メールアドレスの変更",
    Kind.MAIL_ASKED: "メールアドレスの変更のお申し込み",
    Kind.ADDRESS_CHANGED: "ご住所の変更",
    Kind.PHONE_CHANGED: "電話番号の変更",
    Kind.WORK_CHANGED: "勤務先・年収の変更",
    Kind.BANK_ACCOUNT_CHANGED: "お振込先の口座の変更",
    Kind.MANDATE_AGREED: "口座振替の登録",
    Kind.HOLD_LIFTED: "カードの利用の再開",
    Kind.RECOVERY_USED: "回復コードでの確認",
    Kind.SIGNED_OUT_ALL: "ほかの端末のログアウト",
    Kind.TRANSFER_SENT: "口座への振込",
    Kind.ATM_DRAWN: "ATMでのお引き出し",
    Kind.ATM_HELD: "ATMでの暗証番号の間違い",
    Kind.LETTERS_CHANGED: "お知らせメールの設定の変更",
    Kind.DESK_DONE: "窓口や電話での手続き",
    Kind.APPLICATION_SENT: "お申し込み",
    Kind.APPLICATION_APPROVED: "お申し込みによる変更",
    Kind.CONTRACT_CLOSED: "ご契約の終了",
    Kind.STOP_BEGAN: "借入ストップ",
    Kind.STOP_LONGER: "借入ストップの解除にかかる日数の変更",
    Kind.STOP_LIFT_ASKED: "借入ストップの解除のお申し出",
    Kind.STOP_LIFTED: "借入ストップの解除",
    Kind.CARD_HELD: "カードの停止",
    Kind.CARD_LOST: "カードの紛失の届け出",
    Kind.PIN_SET: "店頭での暗証番号の設定",
    Kind.NAME_CHANGED: "お名前の変更",
    Kind.POINTS_LEFT: "ポイントサービスの退会",
}


class SureField(CheckField):
    """A box that has to be ticked: scanners of mail open links and press buttons, but tick nothing."""

    sentence = "身に覚えがないときは、ここに印を付けてください"

    def pre_validate(self, form: Form) -> None:
        """Ticked, or nothing is done."""
        if not self.data:
            raise StopValidation(self.sentence)


class StopForm(Form):
    """That it was somebody else."""

    sure = SureField("わたしではありません")


@blueprint.get("/not-me/<token>")
@public
def show(token: str) -> Response:
    """What will be stopped, or once it is, what to do next; opening it stops nothing."""
    return _page(token, StopForm(formdata=None))


@blueprint.post("/not-me/<token>")
@public
def stop(token: str) -> Response:
    """Stop everything, once; whoever comes second reads the same."""
    form = StopForm()
    if not form.validate():
        return _page(token, form)
    if not_me.stop_all(office(), token, browser()) is Answer.DEAD:
        return _dead()
    response = cookies.leave(redirect(f"/not-me/{token}"))
    cookies.drop(response, "dev")
    return response


def _page(token: str, form: StopForm) -> Response:
    news = not_me.look(office(), token)
    if news is None:
        return _dead()
    if news.used:
        return page("not_me/done.html")
    return page("not_me/ask.html", form=form, news=news, event=EVENTS.get(news.kind, "お知らせしたこと"))


def _dead() -> Response:
    return page("not_me/dead.html", status=GONE)
