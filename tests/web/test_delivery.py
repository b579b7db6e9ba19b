"""/settings/documents: consents are given and withdrawn by one form that says what they mean."""

import pytest

from tests import people
from tests.support.members import signed_in, statements


@pytest.fixture
def hanako(plain_office):
    """Hanako, signed in."""
    return signed_in(plain_office, people.hanako(plain_office))


def test_a_consent_is_given_and_withdrawn_and_both_stay_to_be_seen(hanako):
    page = hanako.get("/settings/documents")
    assert "いまは、紙で取引のたびにお渡ししています" in page.text
    page = hanako.submit("/settings/documents", delivery="electronic", monthly="yes")
    assert "承りました" in page.text
    assert "いまは、電子交付で毎月まとめてお渡ししています" in page.text
    page = hanako.submit("/settings/documents", delivery="paper", monthly="yes")
    told = page.find("//tbody/tr")
    assert len(told) == 3
    assert "電子交付の取りやめ" in page.text
    assert "いまは電子交付" not in hanako.get("/documents").text


def test_the_same_again_says_that_nothing_changed(hanako):
    hanako.get("/settings/documents")
    assert "変わったことはありません" in hanako.submit("/settings/documents").text


def test_the_consent_names_every_paper_the_format_and_how_to_withdraw(hanako):
    page = hanako.get("/settings/documents")
    for words in ("第17条第1項", "第18条第1項", "第17条第6項", "PDF（A4）", "いつでも取りやめられます"):
        assert words in page.text


def test_what_is_not_offered_is_told_beside_its_field(hanako):
    hanako.get("/settings/documents")
    page = hanako.submit("/settings/documents", forged={"delivery": "pigeon"})
    assert page.status == 422
    assert "一覧から選んでください" in page.error_of("delivery")


def test_a_suspended_member_chooses_too_and_it_costs_few_statements(plain_office):
    yui = signed_in(plain_office, people.yui(plain_office))
    with statements(plain_office.store) as asked:
        assert yui.client.get("/settings/documents").status_code == 200
    assert len(asked) <= 8
