"""/repay/deposit: what was paid above the debt, given back once to the account on file."""

import pytest

from madoguchi.services.cast import HANAKO
from tests import people
from tests.support.members import signed_in
from tests.support.money import pay, standing


@pytest.fixture
def who(plain_office):
    """Hanako, who paid 5,000 yen too much; her account was drawn to before."""
    hanako = people.hanako(plain_office)
    debt = standing(plain_office, hanako).debt
    pay(plain_office, hanako, debt)
    left = standing(plain_office, hanako).debt
    pay(plain_office, hanako, left + 5_000, "p2")
    return hanako


@pytest.fixture
def hanako(plain_office, who):
    """Hanako, signed in."""
    return signed_in(plain_office, who)


def test_home_and_repay_lead_there(hanako):
    hanako.get("/home")
    assert hanako.follow("登録の口座に返してもらう").heading == "お預かりしているお金のお返し"
    hanako.get("/repay")
    assert hanako.follow("登録の口座に返してもらう").find("//input[@name='amount']/@value") == ["5000"]


def test_it_goes_back_once_and_its_page_says_where_it_is(plain_office, who, hanako):
    hanako.get("/repay/deposit")
    form = hanako.page
    page = hanako.submit("/repay/deposit")
    assert page.heading == "お返しを受け付けました"
    assert (page.data("payment"), "送金手続き中" in page.text) == (5_000, True)
    assert standing(plain_office, who).deposit == 0
    first, hanako.page = page.path, form
    assert hanako.submit("/repay/deposit").path == first
    hanako.page = form
    assert "この画面は古くなりました" in hanako.submit("/repay/deposit", amount="4000").text
    assert "お預かりしているお金はありません" in hanako.get("/repay/deposit").text


@pytest.mark.parametrize(
    ("typed", "words"), [("5001", "5,000円まで"), ("0", "1円から5,000円まで"), ("", "入れて")]
)
def test_a_wrong_amount_is_told_beside_the_field(hanako, typed, words):
    hanako.get("/repay/deposit")
    page = hanako.submit("/repay/deposit", amount=typed)
    assert page.status == 422
    assert words in page.error_of("amount")


def test_a_form_without_a_good_key_gives_nothing_back(plain_office, who, hanako):
    hanako.get("/repay/deposit")
    assert hanako.submit("/repay/deposit", forged={"idempotency_key": "x"}).status == 422
    assert standing(plain_office, who).deposit == 5_000


def test_an_account_that_was_never_drawn_to_asks_the_second_step_first(plain_office):
    newcomer = people.newcomer(plain_office, HANAKO)
    pay(plain_office, newcomer, 3_000)
    visitor = signed_in(plain_office, newcomer)
    visitor.get("/repay/deposit")
    assert visitor.submit("/repay/deposit").path == "/step-up"
    assert standing(plain_office, newcomer).deposit == 3_000


def test_another_number_is_a_404(plain_office, hanako):
    for seq in (1, 10_000):
        assert hanako.get(f"/repay/deposit/{seq}").status == 404
