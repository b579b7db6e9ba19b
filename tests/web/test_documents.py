"""/documents: the list, certificates as page and as the same words in a PDF, and who may see them."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from madoguchi.domain.documents import DocumentKind
from madoguchi.services import documents, rounds, statements
from tests import people
from tests.support.members import signed_in
from tests.support.members import statements as counted
from tests.support.money import pay

DAY = timedelta(days=1)


@pytest.fixture
def hanako(plain_office):
    """Hanako, with the statement of October."""
    made = people.hanako(plain_office)
    statements.issue_last_month(plain_office)
    return made


@pytest.fixture
def member(plain_office, hanako):
    """Hanako, signed in."""
    return signed_in(plain_office, hanako)


def words(content):
    """All words of a PDF, without blanks."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def file_of(member):
    """The bytes of the file that the page leads to."""
    (href,) = member.find("//a[text()='PDFで保存する']/@href")
    answer = member.client.get(href)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.data


def test_the_list_leads_to_statements_papers_and_wishes(member):
    page = member.get("/documents")
    assert page.heading == "書類"
    for told in ("2026年10月のご利用明細書", "ご契約内容の書面", "受取証書（領収書）", "お借り入れの書面"):
        assert told in page.text
    assert page.find("//a[@href='/documents/balance']")
    assert page.find("//a[@href='/settings/documents']")
    assert not page.find("//form[@action='/documents/paid']")


def test_a_statement_tells_every_act_of_the_month_on_page_and_file(member):
    member.get("/documents")
    (href,) = member.find("//a[contains(., '2026年10月のご利用明細書')]/@href")
    page = member.get(href)
    assert page.heading == "2026年10月のご利用明細書"
    assert page.data("balance") == 231_844
    cells = page.find("//tbody/tr/*")
    assert len(cells) == 14
    told = words(file_of(member))
    for part in [*cells, *page.find("//dl//dt | //dl//dd")]:
        assert "".join("".join(part.itertext()).split()) in told


def test_a_statement_of_an_overdue_member_tells_what_was_not_paid(plain_office):
    hanako = people.hanako(plain_office)
    list(rounds.close_days(plain_office))
    plain_office.clock.move(11 * DAY)
    list(rounds.close_days(plain_office))
    member = signed_in(plain_office, hanako)
    member.get("/documents")
    (href,) = member.find("//a[contains(., '2026年11月のご利用明細書')]/@href")
    page = member.get(href)
    assert "まだお支払いでない2026年11月25日（水）のご返済額9,000円" in "".join(page.text.split())
    assert page.data("arrears") > 9_000


def test_a_balance_of_a_past_day_is_asked_for_and_its_bytes_stay_the_same(member):
    member.get("/documents/balance")
    page = member.submit("/documents/balance", on="2026/10/01")
    assert page.heading == "残高証明書"
    assert page.data("balance") == 207_474
    assert "2026年10月1日（木）" in page.text
    first = file_of(member)
    assert "本物であることは" in words(first)
    assert first == file_of(member)


@pytest.mark.parametrize(
    ("path", "on", "told"),
    [
        ("balance", "2026-11-21", "までの日を入れてください"),
        ("balance", "2020-01-01", "証明する日は2025年9月22日（月）から"),
        ("balance", "", "証明する日を入れてください"),
        ("balance", "2026-02-30", "暦にない日付"),
        ("payoff", "2026-11-19", "証明する日は2026年11月20日（金）から"),
    ],
)
def test_a_wrong_day_is_told_beside_its_field_and_kept(member, path, on, told):
    member.get(f"/documents/{path}")
    page = member.submit(f"/documents/{path}", on=on)
    assert page.status == 422
    assert told in page.error_of("on")
    assert page.find("//input[@name='on']/@value") == [on]


def test_a_payoff_is_certified_for_a_day_to_come(member):
    member.get("/documents/payoff")
    page = member.submit("/documents/payoff", on="2026-11-25")
    assert page.heading == "一括返済額の証明書"
    assert page.data("payoff") == page.data("principal") + page.data("interest")


def test_full_payment_is_certified_at_zero_and_refused_before(plain_office):
    daisuke = people.daisuke(plain_office)
    member = signed_in(plain_office, daisuke)
    member.get("/documents")
    refused = member.post("/documents/paid")
    assert (refused.status, refused.title.startswith("エラー：")) == (409, True)
    assert "640円が残っている" in refused.text
    pay(plain_office, daisuke, 640)
    member.get("/documents")
    page = member.submit("/documents/paid")
    assert page.heading == "完済証明書"
    assert "最後のお支払いの日" in page.text


def test_the_terms_of_the_contract_stand_on_a_paper_of_their_own(member):
    member.get("/documents")
    page = member.submit("/documents/contract")
    assert (page.heading, page.data("limit")) == ("ご契約内容の書面", 500_000)
    for told in ("毎月25日", "3.61%", "20.0%", "第17条第2項", "30日間"):
        assert told in page.text


def test_a_receipt_is_issued_with_number_and_code(member):
    member.get("/repay/2")
    page = member.submit("/documents/papers/2")
    assert page.heading == "受取証書（領収書）"
    assert "確認コード" in page.text
    assert page.data("payment") > 0
    told = words(file_of(member))
    assert "受取証書（領収書）" in told
    for text in (told, page.text):  # two numbers stand on it; the check page takes one of them
        assert "確認番号" in text
        assert "取引の書面の番号（確認には使いません）" in text
        assert "この書面の番号" not in text


def test_a_receipt_without_a_code_has_the_number_of_its_entry_alone(member):
    page = member.get("/repay/2")
    assert "この書面の番号" in page.text
    assert "確認番号" not in words(file_of(member))


def test_a_list_tells_documents_of_a_day_apart(member):
    for on in ("2026-10-01", "2026-11-01"):
        member.get("/documents/balance")
        member.submit("/documents/balance", on=on)
    text = member.get("/documents?kind=balance").text
    assert text.index("残高証明書（2026年11月1日）") < text.index("残高証明書（2026年10月1日）")


def test_a_certificate_that_has_a_newer_one_says_so_in_the_list_and_on_its_page(plain_office, hanako, member):
    old, newer = (balance_after(plain_office, hanako, amount) for amount in (5_000, 6_000))
    page = member.get("/documents?kind=balance")
    told = ["新しい書面があるか" in "".join(one.itertext()) for one in page.find("//ul[@class='links']/li")]
    assert told == [False, True]
    page = member.get(f"/documents/{old.number}")
    assert "同じ日についての、新しい証明書があります" in page.text
    assert member.follow("新しい書面を見る").find(f"//a[@href='/documents/{newer.number}.pdf']")
    assert "新しい証明書" not in member.text


def balance_after(office, who, amount):
    """A balance certificate after a payment."""
    pay(office, who, amount, f"p{amount}")
    return documents.issue(office, who.contract_id, DocumentKind.BALANCE).document


def test_who_has_left_sees_documents_and_asks_for_the_last_one(plain_office):
    sho = people.sho(plain_office)
    member = signed_in(plain_office, sho)
    member.get("/home")
    assert member.follow("書類を見る").heading == "書類"
    assert "ご契約が終わった日" in member.submit("/documents/paid").text


def test_who_owes_nothing_is_shown_the_way_to_the_certificate_of_full_payment(plain_office):
    member = signed_in(plain_office, people.sho(plain_office))
    refused = member.get("/documents/payoff")
    assert refused.status == 409
    assert "お借り入れの残りが0円のため、一括返済額の証明書は発行できません" in refused.text
    assert member.post("/documents/payoff", on="2026-11-20").status == 409
    assert member.submit("/documents/paid").heading == "完済証明書"


def test_one_with_no_documents_at_all_is_told_when_there_will_be_some(plain_office):
    ichiro = signed_in(plain_office, people.ichiro(plain_office))
    assert "まだ、発行したご利用明細書はありません" in ichiro.get("/documents?kind=statement").text
    assert "その書面がここに並びます" in ichiro.get("/documents").text


def test_too_many_wishes_are_told_when_to_come_back(plain_office, member):
    for n in range(20):
        on = plain_office.business_day() - n * DAY
        made = documents.issue(plain_office, 1, DocumentKind.BALANCE, on=on)
        assert isinstance(made, documents.Issued)
    member.get("/documents/balance")
    page = member.submit("/documents/balance", on="2026-10-01")
    assert page.status == 429
    assert "24時間に20通まで" in page.text


@pytest.mark.parametrize("path", ["", ".pdf"])
def test_what_is_somebody_elses_or_nobodys_is_not_there(plain_office, member, path):
    ichiro = people.ichiro(plain_office)
    number = documents.issue(plain_office, ichiro.contract_id, DocumentKind.CONTRACT).document.number
    assert member.get(f"/documents/{number}{path}").status == 404
    assert member.get(f"/documents/00000000000{path}").status == 404


@pytest.mark.parametrize(
    "query", ["?kind=x", "?before=1", "?before=x", "/papers?before=x", "/papers?before=20261399-1"]
)
def test_a_place_that_no_page_gave_is_not_there(member, query):
    assert member.get(f"/documents{query}").status == 404


def test_papers_of_entries_follow_one_another_to_the_first(plain_office):
    member = signed_in(plain_office, people.ken(plain_office, entries=70))
    seen, page = [], member.get("/documents/papers")
    while True:
        seen += page.find("//ul[@class='links']//a/@href")
        if not page.find("//a[text()='もっと前の書面を見る']"):
            break
        page = member.follow("もっと前の書面を見る")
    assert len(seen) == len(set(seen)) == 70


@pytest.mark.parametrize("path", ["/documents", "/documents/papers", "/documents/balance"])
def test_looking_costs_few_statements(plain_office, member, path):
    with counted(plain_office.store) as asked:
        member.client.get(path)
    assert len(asked) <= 8
