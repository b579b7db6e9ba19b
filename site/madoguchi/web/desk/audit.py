"""/desk/audit: what was seen and done at the desk, with filters, and the proof that no line is missing."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, request

from madoguchi.domain.staff import Right
from madoguchi.domain.widths import is_digits
from madoguchi.ports import JAPAN
from madoguchi.services import audit, finding
from madoguchi.services.audit import Filter, Noted
from madoguchi.services.desk_acts import DEEDS
from madoguchi.web.desk import audit_words
from madoguchi.web.desk.door import needs_right
from madoguchi.web.desk.forms import WordsField
from madoguchi.web.forms import ChoiceField, DayField, Form, NarrowField
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("desk_audit", __name__)

WORDS = {
    Noted.STAFF_ADDED: "担当者の登録", Noted.STAFF_LEFT: "担当者の登録の終わり", Noted.SIGNED_IN: "ログイン",
    Noted.SESSIONS_ENDED: "ログインを終わらせた", Noted.KEY_MADE: "パスキーの登録",
    Noted.KEY_REMOVED: "パスキーの取り消し",
    Noted.SIGNED_OUT: "ログアウト", Noted.REFUSED_IN: "ログインの失敗", Noted.ASKED: "承認の依頼",
    Noted.APPROVED: "承認", Noted.REFUSED: "承認のお断り", Noted.WITHDRAWN: "依頼の取り下げ",
    Noted.SEARCHED: "会員の検索", Noted.LOOKED: "会員の画面を見た",
    Noted.LOOKED_AS_MEMBER: "会員と同じ画面を見始めた", Noted.LOOKED_AT_PAGE: "会員と同じ画面を見た",
    Noted.CASE_SEEN: "案件を見た", Noted.CASE_TAKEN: "案件の引き受け",
    Noted.CASE_RETURNED: "案件を受付箱に戻した", Noted.CASE_HANDED: "案件の引き継ぎ",
    Noted.CASE_NOTED: "案件への書き込み", Noted.CASE_CLOSED: "案件の終わり",
    Noted.APPLICATION_MOVED: "お申し込みの処理", Noted.MEMBER_WRITTEN: "会員へのメッセージ",
    Noted.FILE_SEEN: "会員の書類を見た",
    Noted.COUNTER_SHOWN: "会員に画面を渡した", Noted.COUNTER_BACK: "画面を返してもらった",
    Noted.PIN_SET: "会員が暗証番号を決めた", Noted.CONTRACT_OPENED: "契約を始めた",
    Noted.TICKET_MADE: "店頭の画面を用意した", Noted.NAME_CHANGED: "お名前の変更",
    Noted.CONTACTS_RENEWED: "連絡先の登録し直し", Noted.DEATH_NOTED: "死亡の登録",
    Noted.DEATH_UNDONE: "死亡の登録の取り消し",
    Noted.MAIL_SET_RIGHT: "メールアドレスの訂正", Noted.DISCLOSURE_MADE: "開示の用意",
    Noted.DISCLOSURE_TAKEN: "開示の受け取り", Noted.FORGOTTEN: "個人情報の消去",
    Noted.CALLED_IN: "期限の利益の喪失",
    **{Noted[deed.act.name]: deed.name for deed in DEEDS.values()},
    Noted.NOTICE_PUBLISHED: "お知らせの掲示", Noted.NOTICE_WITHDRAWN: "お知らせの取り下げ",
    Noted.COUPON_PUBLISHED: "クーポンの掲示", Noted.COUPON_WITHDRAWN: "クーポンの取り下げ",
    Noted.OUTAGE_PUBLISHED: "障害・点検の掲示", Noted.OUTAGE_TOLD: "障害・点検の続報",
    Noted.OUTAGE_ENDED: "障害・点検の終わり", Noted.OUTAGE_WITHDRAWN: "障害・点検の取り下げ",
    Noted.PAYMENTS_TAKEN: "入金ファイルの取り込み", Noted.PAYMENTS_DROPPED: "入金ファイルの取り消し",
    Noted.PAYMENT_CHOSEN: "入金の会員を選んだ", Noted.PAYMENT_POSTED: "入金の記帳",
    Noted.PAYMENT_KEPT: "入金を預かった", Noted.PAYMENT_RETURNED: "入金を送り返した",
    Noted.TRANSFERS_MADE: "送金ファイルの作成", Noted.TRANSFERS_DONE: "送金ファイルの結果",
    Noted.DEBITS_MADE: "口座振替ファイルの作成", Noted.DEBITS_HANDED: "口座振替ファイルを銀行に渡した",
    Noted.DEBITS_ANSWERED: "口座振替の結果の取り込み", Noted.BANK_FILE_FETCHED: "銀行ファイルのダウンロード",
}  # fmt: skip
KINDS = [("", "すべて"), *((noted.word, words) for noted, words in WORDS.items())]


class FilterForm(Form):
    """Which lines are wished."""

    by_whom = WordsField("だれが", longest=40, required=False)
    kind = ChoiceField("何を", KINDS, default="")
    member = NarrowField("会員番号", digits=True, required=False)
    since = DayField("いつから", required=False)
    until = DayField("いつまで", required=False)


@blueprint.get("/desk/audit")
@needs_right(Right.AUDIT)
def show() -> Response:
    """A page of lines, the newest first; the filter stands in the address."""
    form = FilterForm(formdata=request.args if request.args else None, kind="")
    wished = form.validate() if request.args else True
    lines = audit.found(office(), _wish(form)) if wished else []
    more = lines[-1].seq if len(lines) == audit.PAGE else None
    kept = {name: value for name, value in request.args.items() if name != "before" and value}
    words = {noted.word: told for noted, told in WORDS.items()}
    facts = {"lines": lines, "more": more, "kept": kept, "words": words, "told": audit_words.told}
    return page("desk/audit.html", form=form, proof=None, **facts)


@blueprint.post("/desk/audit/proof")
@needs_right(Right.AUDIT)
def prove() -> Response:
    """Walk the whole chain and tell what was changed or is missing."""
    found = list(audit.differences(office()))
    return page("desk/audit-proof.html", found=found)


def _wish(form: Any) -> Filter:
    before = request.args.get("before", "")
    return Filter(
        by_whom=form.by_whom.words,
        kind=form.kind.data or "",
        member_id=finding.id_of(office(), form.member.data) if form.member.data else None,
        since=_start(form.since.data),
        until=_start(form.until.data + timedelta(days=1)) if form.until.data else None,
        before=int(before) if is_digits(before) and len(before) <= 15 else None,
    )


def _start(day: Any) -> datetime | None:
    return datetime.combine(day, time(), JAPAN) if day else None
