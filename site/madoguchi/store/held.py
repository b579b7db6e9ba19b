"""Every table that holds something about a member: what of it is told, and what becomes of it in the end.

A new table with a member or a contract in it has to be put here (tests/services/test_forgetting.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from madoguchi.store.db import Store

MEMBER, CONTRACT = "member", "contract"
STAYS, GOES = "stays", "goes"


_WHERE: Final = {
    MEMBER: "member_id = ?",
    CONTRACT: "contract_id IN (SELECT id FROM contract WHERE member_id = ?)",
}
_OF_APPLICATION: Final = "application_id IN (SELECT id FROM application WHERE member_id = ?)"
_OF_THREAD: Final = "thread_id IN (SELECT id FROM thread WHERE member_id = ?)"
_OF_DOCUMENT: Final = (
    "document_id IN (SELECT d.id FROM document d JOIN contract c ON c.id = d.contract_id "
    "WHERE c.member_id = ?)"
)
_OF_CASE: Final = "case_id IN (SELECT id FROM case_file WHERE member_id = ?)"


@dataclass(frozen=True, slots=True)
class Held:
    """A table: by whom its rows are found, its name in words, the columns that are told to nobody.

    `by` is MEMBER or CONTRACT where the table has such a column, else the SQL condition with one parameter,
    the member. HELD is walked from the top when rows are deleted: what hangs on others stands before them.

    `end` is STAYS for what belongs to the books, GOES for rows that are deleted, else the SQL that takes the
    personal out of them. A table that is `secret` is named with its number of rows alone.
    """

    table: str
    by: str
    words: str
    hidden: frozenset[str] = frozenset()
    end: str = GOES
    secret: bool = False

    @property
    def where(self) -> str:
        """The condition that finds a member's rows; its one parameter is the member."""
        return _WHERE.get(self.by, self.by)


def _held(table: str, by: str, words: str, end: str = GOES, hidden: str = "", secret: bool = False) -> Held:
    return Held(table, by, words, frozenset(hidden.split()), end, secret)


_NO_ACCOUNT: Final = "number = '', holder_kana = ''"
HELD: Final[tuple[Held, ...]] = (
    _held("contract", MEMBER, "契約", STAYS),
    _held("contract_state", CONTRACT, "契約の状態", "reason = ''"),
    _held("term", CONTRACT, "契約の条件", STAYS),
    _held("entry", CONTRACT, "取引", STAYS, "idempotency_key"),
    _held("line", CONTRACT, "帳簿の仕訳", STAYS),
    _held("paper", CONTRACT, "取引の書面", STAYS),
    _held("bank_account", MEMBER, "お振込先の口座", _NO_ACCOUNT),
    _held("payout", CONTRACT, "送金", "account_number = '', holder_kana = ''", "entry_key bank_key"),
    _held("bank_payment", CONTRACT, "インターネット返済", STAYS, "key form_key"),
    _held("mandate", CONTRACT, "口座振替の依頼", _NO_ACCOUNT),
    _held("incoming", CONTRACT, "銀行振込でのご入金", "payer = '', reference = ''", "key"),
    _held("recount", CONTRACT, "数え直した取引", STAYS),
    _held("debit", CONTRACT, "口座振替", STAYS),
    _held("card", CONTRACT, "カード", "number = 'gone-' || id, pin_hash = NULL", "pin_hash"),
    _held("web_id", MEMBER, "Web-ID", GOES, "folded password_hash"),
    _held("device", MEMBER, "ログインした端末", GOES, "key"),
    _held("session", MEMBER, "ログイン中の端末", secret=True),
    _held("sign_in_event", MEMBER, "ログインの記録"),
    _held("letter", MEMBER, "お知らせ", GOES, "last_error"),
    _held("token", MEMBER, "メールのリンク", secret=True),
    _held("not_me", MEMBER, "身に覚えがないときのリンク", secret=True),
    _held("second_step", MEMBER, "2段階認証", secret=True),
    _held("factor_try", MEMBER, "確認番号の試み", secret=True),
    _held("recovery_code", MEMBER, "回復コード", secret=True),
    _held("passkey", MEMBER, "パスキー", secret=True),
    _held("code", MEMBER, "確認番号", secret=True),
    _held("code_entry", MEMBER, "番号を先に聞くログイン", secret=True),
    _held("pending", MEMBER, "途中のログイン", secret=True),
    _held("kept", MEMBER, "途中まで入れた内容", secret=True),
    _held("choice", MEMBER, "お知らせの設定"),
    _held("member_change", MEMBER, "登録内容の変更"),
    _held("mail_change", MEMBER, "メールアドレスの変更", GOES, "key"),
    _held("application_event", _OF_APPLICATION, "お申し込みの経過"),
    _held("application", MEMBER, "お申し込み", "facts = '{}'"),
    _held("borrow_stop", CONTRACT, "借入ストップ", STAYS),
    _held("dormant_told", CONTRACT, "長くお使いがないことのお知らせ", STAYS),
    _held("dormant_kept", CONTRACT, "契約を続けるお申し出", STAYS),
    _held("point_account", MEMBER, "ポイント", STAYS),
    _held("point_entry", MEMBER, "ポイントの履歴", STAYS),
    _held("notice_read", MEMBER, "読んだお知らせ"),
    _held("coupon_use", MEMBER, "使ったクーポン"),
    _held("reminder", CONTRACT, "ご返済日のお知らせ", STAYS),
    _held("message", _OF_THREAD, "メッセージの内容", GOES, "key"),
    _held("thread", MEMBER, "メッセージ"),
    _held("document_post", _OF_DOCUMENT, "書類の郵送"),
    _held("document_bytes", _OF_DOCUMENT, "書類のファイル", GOES, "bytes"),
    _held("document", CONTRACT, "書類", GOES, "key"),
    _held("paper_post", CONTRACT, "書面の郵送", STAYS),
    _held("upload", MEMBER, "お送りいただいたファイル", GOES, "name"),
    _held("shelved", MEMBER, "捨てられるファイル", STAYS, secret=True),
    _held("case_note", _OF_CASE, "案件の記録"),
    _held("case_file", MEMBER, "お問い合わせ・案件", "facts = '{}'"),
    _held("desk_request", CONTRACT, "社内の承認", "facts = '{}', reason = '', words = '', shown = '[]'"),
    _held("desk_look", MEMBER, "社内から画面を見た記録", "reason = ''", "key session_key"),
    _held("counter_ticket", CONTRACT, "店頭の画面", STAYS),
    _held("disclosure", MEMBER, "個人情報の開示", "reason = ''"),
    _held("audit", MEMBER, "社内の操作の記録", STAYS, "previous hash"),
    _held("atm_link", CONTRACT, "スマホATMの接続", secret=True),
    _held("atm_use", CONTRACT, "ATMの利用", "facts = '{}', number = ''", "transaction_id facts answer"),
    _held("atm_pin", CONTRACT, "ATMの暗証番号の試み", secret=True),
    _held("atm_waiver", CONTRACT, "ATM手数料の無料", STAYS),
    _held("late_told", CONTRACT, "遅れのお知らせ", STAYS),
    _held("free_told", CONTRACT, "無利息の終わりのお知らせ", STAYS),
    _held("capacity_check", CONTRACT, "返済能力の調査", STAYS),
)
# What is left in the member's own row: the number, under which the books stand.
BLANK_MEMBER: Final = (
    "name = '（消去済み）', name_kana = '', name_romaji = '', birth_date = 19000101, email = '', phone = '', "
    "postcode = '', address = '', employer = '', annual_income = 0, other_debts = 0, income_stated = 0, "
    "email_bounced_at = NULL, died_on = NULL"
)
_HIDDEN_OF_MEMBER: Final = frozenset({"forgotten_at"})


def columns_of(store: Store, table: str) -> list[str]:
    """Return the names of a table's columns in their order."""
    if store.sqlite:
        return [row[0] for row in store.rows("SELECT name FROM pragma_table_info(?)", (table,))]
    sql = (
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position"
    )
    return [row[0] for row in store.rows(sql, (table,))]


def rows_of(store: Store, held: Held, member_id: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the columns that are told of a table, and a member's rows."""
    names = [name for name in columns_of(store, held.table) if name not in held.hidden]
    sql = f"SELECT {', '.join(names)} FROM {held.table} WHERE {held.where}"  # noqa: S608
    return names, store.rows(sql, (member_id,))


def count_of(store: Store, held: Held, member_id: int) -> int:
    """Return how many rows of a table are a member's."""
    row = store.one(f"SELECT COUNT(*) FROM {held.table} WHERE {held.where}", (member_id,))  # noqa: S608
    return int(row[0]) if row else 0


def member_of(store: Store, member_id: int) -> tuple[list[str], Sequence[tuple[Any, ...]]]:
    """Return a member's own row with its columns."""
    names = [name for name in columns_of(store, "member") if name not in _HIDDEN_OF_MEMBER]
    sql = f"SELECT {', '.join(names)} FROM member WHERE id = ?"  # noqa: S608
    return names, store.rows(sql, (member_id,))
