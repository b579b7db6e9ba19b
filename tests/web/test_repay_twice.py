"""/repay: nobody pays twice without being told: payments under way or just made, debits at the bank."""

from datetime import timedelta

import pytest

from tests import people
from tests.support.bank_page import post
from tests.support.members import signed_in
from tests.support.money import filed


@pytest.fixture
def who(plain_office):
    """Hanako: 231,844 yen since 26 October, 9,000 due on 25 November."""
    return people.hanako(plain_office)


@pytest.fixture
def hanako(plain_office, who):
    """Hanako, signed in."""
    return signed_in(plain_office, who)


def begin(visitor, amount="20,000", bank="0009"):
    """Choose amount and bank; stands on the page before the bank's."""
    visitor.get("/repay/bank")
    return visitor.submit("/repay/bank", amount=amount, bank_code=bank)


def test_whoever_goes_back_is_told_of_the_payment_before_beginning_another(plain_office, hanako):
    assert "さきほど" not in hanako.get("/repay/bank").text
    path = begin(hanako).path
    page = hanako.get("/repay/bank", amount="20000")
    assert "銀行からの知らせを待っているお支払いがあります" in page.text
    assert page.find(f"//main//a[@href='{path}']")
    hanako.get(path)
    post(plain_office, hanako)
    page = hanako.get("/repay/bank", amount="20000")
    assert "さきほど20,000円のお支払いを受け取りました" in page.text
    assert "銀行からの知らせを待っているお支払い" not in page.text
    plain_office.clock.move(timedelta(minutes=13))
    assert "さきほど" not in hanako.get("/repay/bank").text


def test_a_debit_at_the_bank_is_warned_of_on_every_page(plain_office, who, hanako):
    filed(plain_office, who)
    for path in ("/repay", "/repay/bank?amount=9000", "/repay/quote"):
        assert "口座振替の予定があります" in hanako.get(path).text, path
    text = begin(hanako).text
    assert "口座振替の予定があります" in text
    assert "11月25日（水）のご返済9,000円は、この日に口座から引き落とすように銀行に頼んであります" in text
    assert "結果を" not in text


def test_after_the_day_of_a_debit_its_result_is_awaited(plain_office, who):
    filed(plain_office, who)
    plain_office.clock.move(timedelta(days=6))
    hanako = signed_in(plain_office, who)
    for path in ("/repay", "/repay/bank?amount=9000", "/repay/quote"):
        assert "口座振替の結果を待っています" in hanako.get(path).text, path
    assert "ふつうご返済日から3営業日" in hanako.get("/repay").text
