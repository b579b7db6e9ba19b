"""/documents/check: anybody who holds a paper learns whether it is genuine, and nobody learns more."""

import pytest

from madoguchi.domain.documents import DocumentKind, grouped_code, grouped_number
from madoguchi.services import documents
from tests import people
from tests.support.signing import told

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
