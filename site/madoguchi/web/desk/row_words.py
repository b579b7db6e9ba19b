"""What the desk calls each letter, where it stands, and what holds a contract: words for what rows keep."""

from __future__ import annotations

from typing import Final

from madoguchi.domain.letter_kinds import Kind
from madoguchi.services import deeds_card, deeds_states
from madoguchi.web.desk.case_words import BY
from madoguchi.web.desk.words import STATES
from madoguchi.web.security import OUTCOMES

LETTERS: Final = {
    Kind.SIGN_IN_NEW_DEVICE: "はじめての端末からログインがありました",
    Kind.WEB_ID_LINK: "Web-IDの登録のご案内",
    Kind.PASSWORD_LINK: "パスワードの再設定のご案内",
    Kind.CODE: "確認コードのお知らせ",
    Kind.CODE_TEXT: "確認コード",
    Kind.PASSWORD_CHANGED: "パスワードが変わりました",
    Kind.WEB_ID_CHANGED: "Web-IDが登録されました",
    Kind.SECOND_STEP_CHANGED: "2段階認証の設定が変わりました",
    Kind.HOLD_REASON: "ログインできなかった理由のお知らせ",
    Kind.WAIT_REASON: "ログインを一時的に止めています",
    Kind.MAIL_CHANGED_OLD: "登録のメールアドレスが変わりました",
    Kind.MAIL_CHANGED_NEW: "メールアドレスを登録しました",
    Kind.MAIL_CHANGED_TEXT: "メールアドレスの変更（SMS）",
    Kind.MAIL_LINK: "メールアドレスの確認のお願い",
    Kind.MAIL_ASKED: "メールアドレスの変更のお申し込みがありました",
    Kind.ADDRESS_CHANGED: "ご住所が変わりました",
    Kind.PHONE_CHANGED: "ご登録の電話番号が変わりました",
    Kind.PHONE_CHANGED_TEXT: "電話番号の変更",
    Kind.WORK_CHANGED: "勤務先・年収が変わりました",
    Kind.BANK_ACCOUNT_CHANGED: "お振込先の口座が変わりました",
    Kind.MANDATE_AGREED: "口座振替が登録されました",
    Kind.MANDATE_DECLINED: "口座振替を登録できませんでした",
    Kind.MANDATE_ENDED: "口座振替を取りやめました",
    Kind.DEBIT_PAID: "口座振替でのお支払いを確認しました",
    Kind.DEBIT_FAILED: "口座振替でのお支払いを確認できませんでした",
    Kind.PAYMENT_RECEIVED: "インターネット返済を受け取りました",
    Kind.TRANSFER_RECEIVED: "銀行振込でのご返済を受け取りました",
    Kind.HOLD_LIFTED: "カードの利用を再開しました",
    Kind.RECOVERY_USED: "回復コードが使われました",
    Kind.SIGNED_OUT_ALL: "ほかの端末をすべてログアウトしました",
    Kind.ALL_STOPPED: "カードと新しいお借り入れを止めました",
    Kind.TRANSFER_SENT: "振込が終わりました",
    Kind.TRANSFER_RETURNED: "振込ができませんでした",
    Kind.ATM_DRAWN: "ATMでのお引き出しがありました",
    Kind.ATM_PAID: "ATMでのご返済を受け取りました",
    Kind.ATM_UNDONE: "ATMのお引き出しを取り消しました",
    Kind.ATM_HELD: "暗証番号の間違いが続き、カードを止めました",
    Kind.LATE_1: "ご返済の確認のお願い（遅れ1日）",
    Kind.LATE_7: "ご返済についてのお知らせ（遅れ7日）",
    Kind.LATE_30: "ご返済についてのご相談のお願い（遅れ30日）",
    Kind.LATE_61: "ご返済についての大切なお知らせ（遅れ61日）",
    Kind.LATE_OVER: "遅れが解消しました",
    Kind.RECOUNTED: "ご返済の期日を延ばし、遅延損害金を計算し直しました",
    Kind.FREE_DAYS_ENDED: "無利息の期間が終わりました",
    Kind.REMINDER: "ご返済日のお知らせ",
    Kind.LETTERS_CHANGED: "お知らせの送り方が変わりました",
    Kind.DESK_DONE: "お申し出の手続きをしました",
    Kind.DESK_DECIDED: "窓口で決めたことのお知らせ",
    Kind.APPLICATION_SENT: "お申し込みを受け付けました",
    Kind.APPLICATION_ASKED: "お申し込みについて、お返事をお願いします",
    Kind.APPLICATION_APPROVED: "お申し込みを承りました",
    Kind.APPLICATION_REFUSED: "お申し込みの結果のお知らせ",
    Kind.APPLICATION_ENDED: "お申し込みが終わりました",
    Kind.CONTRACT_CLOSED: "ご契約を終了しました",
    Kind.DORMANT_WARNING: "長いあいだご利用のないご契約についてのお知らせ",
    Kind.STOP_BEGAN: "借入ストップを始めました",
    Kind.STOP_LONGER: "借入ストップの日数を長くしました",
    Kind.STOP_LIFT_ASKED: "借入ストップの解除を受け付けました",
    Kind.STOP_LIFTED: "借入ストップを解除しました",
    Kind.ANSWERED: "お問い合わせに返事があります",
    Kind.CONTACT_RECEIVED: "お問い合わせを受け付けました",
    Kind.STATEMENT_READY: "ご利用明細書ができました",
    Kind.DOCUMENT_ISSUED: "書面を発行しました",
    Kind.DELIVERY_CHANGED: "書面の受け取り方が変わりました",
    Kind.CARD_HELD: "カードを止めました",
    Kind.CARD_LOST: "カードの紛失の届け出を受け付けました",
    Kind.CARD_REPORTED: "カードを止めました（紛失の届け出）",
    Kind.PIN_SET: "カードの暗証番号を設定しました",
    Kind.WELCOME: "ご契約ありがとうございます",
    Kind.NAME_CHANGED: "ご登録のお名前が変わりました",
    Kind.CALLED_IN: "ご返済の残り全額のお支払いについて",
    Kind.DESK_WROTE: "担当者からのメッセージがあります",
    Kind.POINTS_JOINED: "ポイントサービスに参加されました",
    Kind.POINTS_LEFT: "ポイントサービスを退会されました",
}
LETTER_STATES: Final = {
    "new": "送信を待っています",
    "claimed": "送信しています",
    "sent": "送信しました",
    "poison": "送信できませんでした",
    "void": "送りませんでした",
}
# Why a state holds, beside what the acts of the desk say.
REASONS: Final = {
    **deeds_states.ALL,
    "death": "亡くなられたため",
    "reported": "紛失のお届け",
    "called_in": "期限の利益の喪失",
}
CARDS: Final = deeds_card.STATES
SIGN_INS: Final = {outcome: words for outcome, (words, _) in OUTCOMES.items()}
OF_STATES: Final = {state.value: words for state, words in STATES.items()}
OF_LETTERS: Final = {kind.value: words for kind, words in LETTERS.items()}


def dossier_words() -> dict[str, dict[str, str]]:
    """What the page of a member needs; a word that is in none of them stands for itself."""
    return {
        "card_words": CARDS,
        "state_words": OF_STATES,
        "reason_words": REASONS,
        "letter_words": OF_LETTERS,
        "letter_states": LETTER_STATES,
        "sign_in_words": SIGN_INS,
        "by": BY,
    }
