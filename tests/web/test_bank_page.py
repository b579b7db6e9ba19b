"""/repay/callback as banks call it, and the page at which the demo plays a bank."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.adapters.bank_pages import PlayedPage
from madoguchi.ports.bank_page import Telling
from madoguchi.services import bank_page, repay
from madoguchi.store import contracts
from madoguchi.store.db import Store
from tests import people
from tests.support.bank_page import answer, begun, post
from tests.support.members import signed_in


@pytest.fixture
def who(plain_office):
    """Hanako, who owes about 230,000 yen."""
    return people.hanako(plain_office)


@pytest.fixture
def hanako(plain_office, who):
    """Hanako, signed in."""
    return signed_in(plain_office, who)


def test_a_repeated_answer_is_answered_the_same_and_posts_once(plain_office, who, hanako):
    hanako.get("/repay/bank", amount="20000")
    hanako.submit("/repay/bank")
    fields = post(plain_office, hanako)
    before = contracts.read(plain_office.store, who.contract_id)
    again = hanako.client.post("/repay/callback", data=fields)
    assert (again.status_code, again.text) == (200, "repeated\n")
    assert contracts.read(plain_office.store, who.contract_id) == before


def test_what_is_forged_or_of_another_amount_is_refused(plain_office, who, hanako):
    payment = begun(plain_office, who, 20_000)
    sent = [
        (answer(plain_office, payment, after=timedelta(0)) | {"amount": "20001"}, 400),
        (answer(plain_office, payment, amount=20_001), 409),
        (answer(plain_office, payment, key="0" * 32), 404),
        (answer(plain_office, payment, after=timedelta(hours=1)), 422),
        ({}, 400),
    ]
    for fields, status in sent:
        assert hanako.client.post("/repay/callback", data=fields).status_code == status
    assert repay.look(plain_office, who.contract_id, payment.key).state == "begun"


def test_a_field_that_comes_twice_is_refused(plain_office, who, hanako):
    fields = answer(plain_office, begun(plain_office, who, 20_000), after=timedelta(0))
    twice = [*fields.items(), ("amount", "20000")]
    body = "&".join(f"{name}={value}" for name, value in twice).replace("+", "%2B")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    told = hanako.client.post("/repay/callback", data=body, headers=kind)
    assert (told.status_code, told.text, told.mimetype) == (400, "forged\n", "text/plain")


@pytest.fixture
def demo(sqlite_url, tmp_path):
    """The demo's office, with the bank that it plays."""
    office = people.office(Store(sqlite_url), demo=True)
    bank = PlayedPage(tmp_path / "bank.db", people.BANK_PAGE_KEY, office.clock)
    yield replace(office, demo=replace(office.demo, bank_page=bank))
    office.store.close()


@pytest.fixture
def payer(demo):
    """Hanako in the demo, before the bank's page with 20,000 yen."""
    visitor = signed_in(demo, people.hanako(demo))
    visitor.get("/repay/bank", amount="20000")
    visitor.submit("/repay/bank")
    visitor.follow("銀行のページへ進む")
    return visitor


def pay(payer, telling=Telling.AT_ONCE):
    """Pays at the played bank and comes back."""
    payer.submit("/demo/bank/pay", telling=telling.value)
    return payer.follow("会員サイトに戻る")


def test_the_demos_bank_says_that_it_is_none(payer):
    assert "本物の銀行のページではありません" in payer.text
    assert payer.data("payment") == 20_000


def test_from_the_banks_page_one_comes_back_to_the_receipt(payer):
    page = pay(payer)
    assert page.heading == "受取証書（領収書） 11月20日"
    assert page.data("payment") == 20_000


def test_paid_twice_at_the_bank_or_told_twice_is_posted_once(demo, payer):
    order = payer.page
    pay(payer, Telling.TWICE)
    payer.page = order
    payer.submit("/demo/bank/pay")
    assert "支払いました" in payer.text
    sql = "SELECT COUNT(*) FROM entry WHERE idempotency_key LIKE '%:bank-page:%'"
    assert demo.store.one(sql) == (1,)


def test_an_answer_that_comes_later_is_posted_though_the_browser_is_closed(demo, payer):
    assert pay(payer, Telling.LATE).heading == "お支払いの確認"
    assert bank_page.collect(demo) == 0
    demo.clock.move(timedelta(minutes=1))
    assert (bank_page.collect(demo), bank_page.collect(demo)) == (1, 0)
    assert payer.get(payer.path).heading.startswith("受取証書")


@pytest.mark.parametrize("telling", [Telling.FORGED, Telling.OTHER_AMOUNT])
def test_what_the_bank_tells_wrongly_is_not_posted(payer, telling):
    assert pay(payer, telling).heading == "お支払いの確認"


def test_turning_round_at_the_bank_posts_nothing(payer):
    form = payer.form("/demo/bank/pay")
    payer.post(form.xpath(".//button[@formaction]/@formaction")[0], telling="at_once")
    payer.get(payer.response.headers["Location"])
    assert "支払いませんでした" in payer.text
    assert "お支払いは行われませんでした" in payer.follow("会員サイトに戻る").text


@pytest.mark.parametrize("change", [{"amount": "200"}, {"signature": "0" * 64}, {"more": "1"}, {"key": None}])
def test_an_order_that_was_changed_on_the_way_is_no_order(payer, change):
    query = {name: value for name, value in (payer.response.request.args.to_dict() | change).items() if value}
    page = payer.get("/demo/bank/pay", **query)
    assert "読めませんでした" in page.text
    assert not page.find("//main//form")
