"""While money is on its way every page says what is due today, and what will be from its arrival."""

from datetime import date

import pytest

from tests import people
from tests.support.borrowing import borrowed, change
from tests.support.members import signed_in
from tests.support.money import draw

ARRIVES = date(2026, 11, 24)
THEN = "11月24日（火）に送金手続き中のお金が届いたあとは、11月25日（水）のご返済額が11,000円になります"


@pytest.fixture
def hanako(plain_office):
    """Hanako, signed in: 231,844 yen, 9,000 due on 25 November, and 50,000 that arrive the day before it."""
    who = people.hanako(plain_office)
    draw(plain_office, who, 50_000, "d1", ARRIVES)
    return signed_in(plain_office, who)


@pytest.mark.parametrize("path", ["/home", "/repay", "/interest"])
def test_what_is_due_is_what_a_payment_of_today_meets(hanako, path):
    page = hanako.get(path)
    assert page.data("minimum") == 9_000
    assert THEN in page.text


def test_the_preview_meets_it_and_tells_the_next_after_the_arrival(hanako):
    page = hanako.get("/repay/bank", amount="9000")
    assert "11月25日（水）のご返済に9,000円をあてます" in page.text
    assert "残高のうち50,000円は送金手続き中で、11月24日（火）に届きます" in page.text
    assert page.data("minimum") == 9_000
    assert "11月24日（火）にお金が届いたあとの、次のご返済日12月25日（金） その日のご返済額" in page.text


def test_paying_all_of_today_names_what_falls_due_of_the_money_that_arrives(hanako):
    payoff = hanako.get("/repay").data("payoff")
    page = hanako.get("/repay/bank", amount=str(payoff))
    assert page.data("balance") == 50_000
    assert (
        "11月24日（火）にお金が届いたあとの、次のご返済日12月25日（金） その日のご返済額2,000円" in page.text
    )
    assert "これで完済です" not in page.text


def test_the_receipt_of_the_drawdown_tells_both(plain_office):
    hanako = signed_in(plain_office, people.hanako(plain_office))
    change(plain_office, "UPDATE bank_account SET bank_code = '9900'")
    page = borrowed(hanako, "50000")
    assert "11月25日（水）に11,000円" in page.text
    assert "お金が届くまでのご返済は、11月25日（水）に9,000円です" in page.text
    assert "11,000円" in hanako.get(f"{page.path}/paper").text


@pytest.mark.parametrize("path", ["/interest", "/repay/quote", "/repay"])
def test_who_owes_nothing_yet_is_told_of_the_money_on_its_way(plain_office, path):
    who = people.ichiro(plain_office)
    draw(plain_office, who, 20_000, "d1", ARRIVES)
    page = signed_in(plain_office, who).get(path)
    assert "いまお借り入れはなく" not in page.text
    assert "11月24日（火）に届く20,000円（送金手続き中）" in page.text


@pytest.mark.parametrize("path", ["/home", "/interest"])
def test_who_owes_nothing_yet_is_told_what_will_be_due(plain_office, path):
    who = people.ichiro(plain_office)
    draw(plain_office, who, 20_000, "d1", ARRIVES)
    assert "のご返済額が1,000円になります" in signed_in(plain_office, who).get(path).text
