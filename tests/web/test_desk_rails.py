"""The desk's bank files: out, back, and payments that came in, each done once and told."""

import io
from dataclasses import replace

import pytest

from madoguchi.adapters.banks.zengin import ZenginBank
from madoguchi.domain import debit_file
from madoguchi.domain.debit_file import Result
from madoguchi.services import audit, debit_files, payouts
from madoguchi.store import contracts
from madoguchi.store.audit import Filter
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Page, Visitor
from tests.support import desk, members
from tests.support.banks import Member
from tests.support.debits import DUE, made, mandated

HEAD = "date,amount,payer,reference\n"
GOOD = "2026-11-20,10000,サトウ ハナコ,100000019\n"


@pytest.fixture
def books(sqlite_url, tmp_path):
    """An office whose bank is reached by files."""
    office = people.office(Store(sqlite_url))
    bank = ZenginBank(tmp_path / "transfers.db", office.rules.bank_files, people.DIRECTORY)
    return replace(office, bank=bank, bank_books=bank, transfers=bank)


@pytest.fixture
def hanako(books):
    """佐藤 花子."""
    return people.hanako(books)


@pytest.fixture
def at_desk(books, hanako):
    """An operator at its desk."""
    visitor = Visitor(create_app(books, Face("http://localhost"), people.ROOT))
    return desk.walk_in(visitor, books)


def upload(visitor, path, data, name="in.csv"):
    """Choose a file and press the button, following where that leads."""
    (token,) = visitor.find(f"//form[@action='{path}']//input[@name='csrf_token']/@value")
    sent = {"csrf_token": token, "file": (io.BytesIO(data), name)}
    response = visitor.client.post(path, data=sent)
    if response.status_code == 303:
        return visitor.get(response.headers["Location"])
    visitor.page = Page(response, path)
    return visitor.page


def bring(visitor, *lines):
    """Bring in a file of payments."""
    visitor.get("/desk/rails/payments")
    return upload(visitor, "/desk/rails/payments", (HEAD + "".join(lines)).encode())


def kinds(books):
    """What the audit log has of files, the newest first."""
    return [one.kind for one in audit.found(books, Filter()) if one.kind != "signed_in"]


def test_payments_are_read_looked_at_and_posted_once(at_desk, books, hanako):
    before = contracts.read(books.store, hanako.contract_id).last_seq
    page = bring(at_desk, GOOD, "2026-11-19,500,ダレカ,\n")
    assert "佐藤 花子（100000019）" in page.text
    assert "預かって案件にします" in page.text
    assert "残る元金" in page.text
    assert (at_desk.data("ready"), at_desk.data("open")) == (1, 1)
    seen = at_desk.page
    for _ in range(2):
        at_desk.page = seen
        at_desk.submit("/desk/rails/payments/1/posting")
    assert (at_desk.data("posted"), at_desk.data("kept")) == (1, 1)
    assert contracts.read(books.store, hanako.contract_id).last_seq == before + 1
    assert kinds(books)[:3] == ["payment_kept", "payment_posted", "payments_taken"]
    assert "前に取り込んであります" in bring(at_desk, GOOD, "2026-11-19,500,ダレカ,\n").text


def test_a_file_with_a_fault_is_told_by_line_and_field_and_nothing_is_taken(at_desk):
    page = bring(at_desk, GOOD, "2026-11-20,x,ア,\n")
    assert page.status == 422
    assert "3行目、項目2（金額）" in page.error_of("file")
    assert "入金のファイル（CSV）を選んでください" in at_desk_empty(at_desk).error_of("file")
    assert "取り込んだファイル" not in at_desk.get("/desk/rails").text


def at_desk_empty(visitor):
    """Press without a file."""
    visitor.get("/desk/rails/payments")
    (token,) = visitor.find("//form[@action='/desk/rails/payments']//input[@name='csrf_token']/@value")
    return Page(
        visitor.client.post("/desk/rails/payments", data={"csrf_token": token}), "/desk/rails/payments"
    )


def test_a_large_file_of_payments_fits(at_desk):
    lines = [f"2026-11-20,{n + 1},ダレカ," + "x" * 60 + "\n" for n in range(500)]
    assert (
        at_desk_text(bring(at_desk, *[line.replace("x" * 60, "あ" * 60) for line in lines])).count("ﾀﾞﾚｶ")
        == 500
    )
    with members.statements(at_desk.client.application.config["OFFICE"].store) as asked:
        at_desk.client.get("/desk/rails/payments/1")
    assert len(asked) <= 8


def at_desk_text(page):
    """The words of a page."""
    return page.text


def test_a_kept_payment_is_given_to_a_member_by_hand(at_desk):
    bring(at_desk, "2026-11-20,700,サトウ ハナヨ,\n")
    at_desk.submit("/desk/rails/payments/1/posting")
    at_desk.get("/desk/rails")
    assert "だれのものか、わからない入金（1件）" in at_desk.text
    at_desk.get("/desk/rails/payment/1")
    assert "この番号の会員はいません" in at_desk.submit("/desk/rails/payment/1/member", number="1").error_of(
        "number"
    )
    at_desk.submit("/desk/rails/payment/1/member", number="１０００００-０１９")
    assert "佐藤 花子さんに、入金日の日付で記帳します" in at_desk.text
    at_desk.submit("/desk/rails/payment/1/posting")
    assert "記帳済み（desk1" in at_desk.text
    assert "わからない入金" not in at_desk.get("/desk/rails").text


def test_a_kept_payment_goes_back_with_a_reason(at_desk, books):
    bring(at_desk, "2026-11-20,700,ダレカ,\n")
    at_desk.submit("/desk/rails/payments/1/posting")
    at_desk.get("/desk/rails/payment/1")
    assert at_desk.submit("/desk/rails/payment/1/return").status == 422
    at_desk.submit("/desk/rails/payment/1/return", reason="銀行から返した")
    assert "送り返した（desk1" in at_desk.text
    assert kinds(books)[0] == "payment_returned"


def test_a_wrong_match_is_unmade_before_it_is_posted_and_a_wrong_file_forgotten(at_desk):
    bring(at_desk, GOOD)
    at_desk.get("/desk/rails/payment/1")
    at_desk.submit("/desk/rails/payment/1/nobody")
    assert at_desk.data("ready") == 0
    at_desk.submit("/desk/rails/payments/1/removal")
    assert "入金ファイルを取り消しました" in at_desk.text
    assert at_desk.get("/desk/rails/payments/1").status == 404


def test_transfers_go_out_in_a_file_and_what_came_back_is_given_back(at_desk, books, hanako):
    Member(books, hanako).borrow(20_000)
    payouts.deliver(books)
    at_desk.get("/desk/rails")
    assert "ファイルを待っている送金は1件" in at_desk.text
    at_desk.submit("/desk/rails/transfers", on="2026-11-20")
    assert at_desk.data("total") == 20_000
    data = at_desk.client.get("/desk/rails/transfers/1.txt").data
    assert data == books.transfers.again(1).data
    for typed, told in (("41", "番号と理由"), ("9 x", "このファイルにない番号")):
        page = at_desk.submit("/desk/rails/transfers/1/completion", returned=typed)
        assert told in page.error_of("returned")
    at_desk.submit("/desk/rails/transfers/1/completion", returned="１　口座がありません")
    assert "戻りました（口座がありません）" in at_desk.text
    assert kinds(books)[:3] == ["transfers_done", "bank_file_fetched", "transfers_made"]
    at_desk.get("/desk/rails")
    at_desk.submit("/desk/rails/transfers", on="2026-11-20")
    assert "ファイルは作っていません" in at_desk.text


def test_a_debit_file_is_made_fetched_handed_over_and_answered(at_desk, books, hanako):
    mandated(books, hanako)
    made(books, DUE)
    at_desk.get("/desk/rails/debits/new")
    at_desk.submit("/desk/rails/debits", on="2026-11-25")
    assert (at_desk.data("count"), "まだです" in at_desk.text) == (1, True)
    asked = at_desk.client.get("/desk/rails/debits/1.txt").data
    at_desk.submit("/desk/rails/debits/1/handing")
    assert "まだです" not in at_desk.text
    books.clock.move(DUE - books.business_day())
    desk_again(at_desk, books)
    result = debit_file.answer(asked, [Result.PAID])
    at_desk.get("/desk/rails/debits/new")
    assert "正しくないため" in upload(at_desk, "/desk/rails/debits/results", asked[:-300]).error_of("file")
    assert "引き落とせた1件" in upload(at_desk, "/desk/rails/debits/results", result).text
    assert "前に取り込んであります" in upload(at_desk, "/desk/rails/debits/results", result).text
    assert at_desk.get("/desk/rails/debits/1").data("paid") == 1
    assert kinds(books)[0] == "debits_answered"


def desk_again(visitor, books):
    """Sign in once more after days have passed."""
    visitor.get("/desk/login")
    fields = {"staff_name": "desk1", "password": desk.PASSWORD, "code": desk.code(books)}
    visitor.submit("/desk/login", **fields)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-11-22", "銀行が休みの日"),
        ("2026-11-01", "過ぎた日"),
        ("2027-11-25", "まだ作れません"),
        ("x", "日付で"),
    ],
)
def test_a_day_without_a_debit_file_is_told(at_desk, books, on, told):
    filed_days(books)
    at_desk.get("/desk/rails/debits/new")
    assert told in at_desk.submit("/desk/rails/debits", on=on).error_of("on")


def filed_days(books):
    """Close the days before today."""
    made(books, debit_files.next_business_day(books.business_day()))


def test_a_site_whose_bank_has_no_files_says_so(visitor, office):
    desk.walk_in(visitor, office)
    assert "送金のファイルは、ここでは扱っていません" in visitor.get("/desk/rails").text


def test_a_case_about_money_that_is_kept_ends_with_the_money_alone(at_desk, books):
    bring(at_desk, "2026-11-19,500,ダレカ,\n")
    at_desk.submit("/desk/rails/payments/1/posting")
    page = at_desk.get("/desk/cases/1")
    assert not at_desk.find("//form[contains(@action, 'closing')]")
    assert "送り返すと、この案件も終わります" in page.text
    (token,) = at_desk.find("//form[contains(@action, '/notes')]//input[@name='csrf_token']/@value")
    sent = {"csrf_token": token, "seen": "0", "outcome": "done", "close_words": "済み"}
    answer = at_desk.client.post("/desk/cases/1/closing", data=sent)
    assert answer.status_code == 422
    assert "まだお金を預かっています" in answer.get_data(as_text=True)


def test_a_form_that_came_too_late_leads_back_to_the_desk(at_desk):
    page = Page(at_desk.client.post("/desk/rails/transfers"), "/desk/rails/transfers")
    assert page.status == 400
    assert "窓口へもどる" in page.text
    assert "会員ログインへ" not in page.text
