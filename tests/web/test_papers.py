"""/repay/<id> and /borrow/<id>/paper: the member's own papers, as page and as the same words in a PDF."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from madoguchi.domain.channels import Channel
from madoguchi.services import posting
from tests import people
from tests.support.members import signed_in, statements
from tests.support.money import pay


@pytest.fixture
def hanako(plain_office):
    """Hanako, with 20,000 yen paid today."""
    return people.hanako(plain_office)


@pytest.fixture
def paid(plain_office, hanako):
    """The entry of today's payment."""
    today = plain_office.business_day()
    return posting.receive_payment(
        plain_office, hanako.contract_id, 20_000, Channel.INTERNET, today, "p1"
    ).entry


@pytest.fixture
def member(plain_office, hanako, paid):
    """Hanako, signed in after the payment."""
    return signed_in(plain_office, hanako)


def test_the_receipt_tells_what_was_received_and_what_it_was_taken_for(member, paid):
    page = member.get(f"/repay/{paid.seq}")
    assert page.heading == "受取証書（領収書） 11月20日"
    told = {name: page.data(name) for name in ("payment", "interest", "damages", "principal", "balance")}
    assert told == {
        "payment": 20_000, "interest": paid.interest, "damages": 0, "principal": paid.principal,
        "balance": paid.balance,
    }  # fmt: skip
    for words in ("まどぐちファイナンス株式会社", "東京都知事（1）第00000号", "ご契約の日", "インターネット"):
        assert words in page.text
    assert "佐藤 花子 様" in page.text


def test_the_file_says_the_same_as_the_page(member, paid):
    page = member.get(f"/repay/{paid.seq}")
    file = member.client.get(f"/repay/{paid.seq}.pdf")
    assert file.mimetype == "application/pdf"
    assert file.headers["Cache-Control"] == "no-store"
    name = f'attachment; filename="receipt-100000019-{paid.seq}.pdf"'
    assert file.headers["Content-Disposition"] == name
    told = "".join(PdfReader(BytesIO(file.data)).pages[0].extract_text().split())
    for term in page.find("//dl//dt | //dl//dd"):
        assert "".join(term.itertext()).replace(" ", "") in told
    assert file.data == member.client.get(f"/repay/{paid.seq}.pdf").data


def test_the_paper_of_a_drawdown_tells_its_terms(plain_office):
    ichiro = people.ichiro(plain_office)
    today = plain_office.business_day()
    drawn = posting.draw(plain_office, ichiro.contract_id, 100_000, Channel.TRANSFER, today, "d1").entry
    member = signed_in(plain_office, ichiro)
    page = member.get(f"/borrow/{drawn.seq}/paper")
    assert (page.data("principal"), page.data("balance"), page.data("minimum")) == (100_000, 100_000, 4_000)
    assert page.data("limit") == 300_000
    assert page.data("total") > 100_000
    assert "17.8%" in page.text
    assert "32回" in page.text
    assert "2026年12月15日（火）" in page.text
    assert member.client.get(f"/borrow/{drawn.seq}/paper.pdf").data.startswith(b"%PDF-")


@pytest.mark.parametrize("amount", [200, 20_000, 400_000])
def test_each_figure_of_a_receipt_has_its_name_once(plain_office, amount):
    misaki = people.misaki(plain_office)
    entry = pay(plain_office, misaki, amount).entry
    page = signed_in(plain_office, misaki).get(f"/repay/{entry.seq}")
    names = page.find("//data/@data-name")
    assert len(names) == len(set(names))
    if amount == 200:
        assert page.data("payoff") > page.data("balance")


def test_the_history_leads_to_the_paper(member, paid):
    member.get(f"/history/{paid.seq}")
    assert member.follow("領収書を見る").heading.startswith("受取証書")
    assert member.find("//a[text()='PDFで保存する']/@href") == [f"/repay/{paid.seq}.pdf"]


@pytest.mark.parametrize(
    "address", ["/repay/{}", "/repay/{}.pdf", "/borrow/{}/paper", "/borrow/{}/paper.pdf"]
)
def test_what_is_not_there_and_what_is_not_ones_own_is_the_same_404(plain_office, member, address):
    other = people.ken(plain_office)
    assert other.contract_id
    for seq in (50, 10_000, 10**15):
        assert member.client.get(address.format(seq)).status_code == 404


def test_a_receipt_is_no_loan_paper(member, paid):
    assert member.get(f"/borrow/{paid.seq}/paper").status == 404


def test_a_closed_contract_still_gives_its_papers(plain_office):
    sho = people.sho(plain_office)
    sql = "SELECT seq FROM entry WHERE contract_id = ? AND kind = 2 ORDER BY seq DESC"
    (seq,) = plain_office.store.one(sql, (sho.contract_id,))
    page = signed_in(plain_office, sho).get(f"/repay/{seq}")
    assert page.status == 200
    assert not page.find("//main//a[contains(@href, '/history')]")


def test_a_paper_costs_two_statements(plain_office, member, paid):
    with statements(plain_office.store) as asked:
        member.client.get(f"/repay/{paid.seq}")
    assert len(asked) == 2


def test_a_receipt_that_was_split_anew_leads_to_the_one_that_counts(plain_office, hanako, paid, member):
    earlier = plain_office.business_day() - timedelta(days=10)
    posting.receive_payment(plain_office, hanako.contract_id, 1_000, Channel.BANK_TRANSFER, earlier, "p2")
    page = member.get(f"/repay/{paid.seq}")
    assert "この書面は訂正されました" in page.text
    (newer,) = page.find("//main//a[starts-with(text(), '番号')]/@href")
    page = member.get(newer)
    assert page.data("payment") == 20_000
    assert f"番号100000019-{paid.seq}の書面に代わる" in page.text
    assert page.data("interest") < paid.interest


def test_the_paper_of_a_drawdown_that_never_was_says_so(plain_office):
    ichiro = people.ichiro(plain_office)
    today = plain_office.business_day()
    drawn = posting.draw(plain_office, ichiro.contract_id, 100_000, Channel.TRANSFER, today, "d1").entry
    posting.undo_draw(plain_office, ichiro.contract_id, "d1", "back")
    page = signed_in(plain_office, ichiro).get(f"/borrow/{drawn.seq}/paper")
    assert "この取引は取り消されました" in page.text
