"""/documents/check: anybody who holds a paper learns whether it is genuine, and nobody learns more."""

from datetime import timedelta

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.domain.documents import DocumentKind, grouped_code, grouped_number
from madoguchi.services import documents, posting
from tests import people
from tests.support.money import pay
from tests.support.signing import told

DAY = timedelta(days=1)
WRONG = "0000-0000-0000-0000"


@pytest.fixture
def paper(plain_office):
    """A balance certificate of Hanako's."""
    hanako = people.hanako(plain_office)
    return documents.issue(plain_office, hanako.contract_id, DocumentKind.BALANCE).document


def ask(stranger, number, code):
    """The answer to the form, typed."""
    stranger.get("/documents/check")
    return stranger.submit("/documents/check", number=number, code=code)


def test_a_genuine_paper_is_told_by_kind_day_and_half_a_name(stranger, paper):
    page = ask(stranger, grouped_number(paper.number), grouped_code(paper.code).lower())
    assert page.heading == "当社が発行した書面です"
    for words in ("残高証明書", "2026年11月20日 10:00", "まどぐちファイナンス株式会社", "佐＊ 花＊"):
        assert words in page.text
    assert "佐藤" not in page.text
    assert "231,844" not in page.text


def test_full_width_is_understood(stranger, paper):
    wide = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
    page = ask(stranger, paper.number.translate(wide), paper.code.translate(wide))
    assert page.heading == "当社が発行した書面です"


def test_a_wrong_code_and_an_unknown_number_are_answered_alike(stranger, paper):
    wrong, unknown = ask(stranger, paper.number, WRONG), ask(stranger, "00000000000", WRONG)
    assert told(wrong) == told(unknown)
    assert wrong.heading == "この書面は確かめられませんでした"


@pytest.mark.parametrize(
    ("number", "code", "field"),
    [("", WRONG, "number"), ("12345678901", WRONG, "number"), ("00000000000", "UUUU", "code")],
)
def test_what_can_be_no_number_or_code_is_told_beside_its_field_and_kept(stranger, number, code, field):
    page = ask(stranger, number, code)
    assert page.status == 422
    assert page.error_of(field)
    assert page.find("//input[@name='number']/@value") == [number]


def test_the_link_of_the_qr_code_fills_the_form_and_asks_nothing(stranger, paper):
    page = stranger.get("/documents/check", number=paper.number, code=paper.code)
    assert page.find("//input[@name='number']/@value") == [paper.number]
    assert "佐＊" not in page.text
    assert stranger.submit("/documents/check").heading == "当社が発行した書面です"


def test_guessing_is_throttled_and_genuine_papers_cost_nothing(stranger, paper):
    for _ in range(35):
        assert ask(stranger, paper.number, paper.code).status == 200
    statuses = [ask(stranger, paper.number, WRONG).status for _ in range(31)]
    assert statuses == [200] * 30 + [429]
    assert stranger.headers["Retry-After"]


def test_a_paper_that_was_corrected_is_genuine_and_says_so(plain_office, stranger):
    hanako = people.hanako(plain_office)
    plain_office.clock.move(2 * DAY)
    first = pay(plain_office, hanako, 20_000, "known").entry
    receipt = documents.issue(plain_office, hanako.contract_id, DocumentKind.ENTRY, seq=first.seq).document
    pay(plain_office, hanako, 10_000, "late", plain_office.business_day() - DAY)
    page = ask(stranger, receipt.number, receipt.code)
    assert page.heading == "当社が発行し、あとで訂正された書面です"
    assert "ご本人が会員サイトで発行できます" in page.text
    newer = documents.issue(plain_office, hanako.contract_id, DocumentKind.ENTRY, seq=first.seq + 3).document
    page = ask(stranger, receipt.number, receipt.code)
    assert f"新しい書面の確認番号は {grouped_number(newer.number)} です" in page.text
    assert not page.find("//main//a[contains(., '新しい書面')]")


def test_an_older_certificate_of_a_day_names_the_newer_one(plain_office, stranger, paper):
    posting.receive_payment(
        plain_office, paper.contract_id, 5_000, Channel.ATM, plain_office.business_day(), "p"
    )
    newer = documents.issue(plain_office, paper.contract_id, DocumentKind.BALANCE).document
    page = ask(stranger, paper.number, paper.code)
    assert page.heading == "当社が発行した書面です"
    assert "同じ日についての、新しい証明書があります" in page.text
    assert grouped_number(newer.number) in page.text
