"""/atm: the number is understood, the company number is shown, and what came of it is told."""

from datetime import timedelta

import pytest

from madoguchi.domain.atm import with_check
from madoguchi.services import atm_authorise, atm_limits, atm_settle
from madoguchi.store.db import Store
from tests import people
from tests.support.atm import ask, ask_in, number, question, withdraw
from tests.support.members import signed_in, statements


@pytest.fixture
def office(sqlite_url):
    """The shipped lender on a blank database."""
    store = Store(sqlite_url)
    yield people.office(store)
    store.close()


def at_atm(office, make):
    """Somebody signed in who looks at /atm, and who they are."""
    who = make(office)
    visitor = signed_in(office, who)
    visitor.get("/atm")
    return visitor, who


def test_a_typed_number_links_the_machine_and_shows_the_company_number(office):
    visitor, _who = at_atm(office, people.hanako)
    visitor.submit("/atm", number=number())
    assert "ATMに、この企業番号を入れてください" in visitor.text
    assert visitor.find("//p[@class='amount'][text()='0912']")
    assert "10:10" in visitor.text


def test_what_a_phone_read_fills_the_number_in_and_links_nothing_by_itself(office):
    visitor, _who = at_atm(office, people.hanako)
    screen = number()
    visitor.get("/atm", number=screen)
    assert visitor.find("//input[@name='number']/@value") == [screen]
    visitor.submit("/atm")
    assert "つなぐのをやめる" in visitor.text


def test_full_width_and_grouped_numbers_are_understood(office):
    visitor, _who = at_atm(office, people.hanako)
    digits = number()
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in digits)
    visitor.submit("/atm", number=f"{wide[:3]}ー{wide[3:6]}ー{wide[6:]}")
    assert "つながっています" in visitor.text


@pytest.mark.parametrize(
    ("typed", "told"), [("123", "10桁"), ("1234567890", "番号が違うようです"), ("", "入れてください")]
)
def test_a_wrong_number_is_told_beside_its_field_and_kept(office, typed, told):
    visitor, _who = at_atm(office, people.hanako)
    page = visitor.submit("/atm", number=typed)
    assert (page.status, page.find("//input[@name='number']/@value")) == (422, [typed])
    assert told in page.error_of("number")


def test_a_number_that_somebody_has_is_refused(office):
    hanako, _who = at_atm(office, people.hanako)
    ichiro, _who = at_atm(office, people.ichiro)
    screen = number()
    hanako.submit("/atm", number=screen)
    page = ichiro.submit("/atm", number=screen)
    assert (page.status, "もう使われています" in page.error_of("number")) == (422, True)


def test_letting_go_ends_the_link(office):
    visitor, who = at_atm(office, people.hanako)
    screen = number()
    visitor.submit("/atm", number=screen)
    visitor.submit("/atm/unlinking")
    assert "ATMの画面の番号を入れる" in visitor.text
    assert atm_authorise.authorise(office, question(who, screen, 1_000)).told["code"] == "T-14"


def test_the_link_is_gone_after_ten_minutes(office):
    visitor, _who = at_atm(office, people.hanako)
    visitor.submit("/atm", number=number())
    office.clock.move(timedelta(minutes=10))
    assert "ATMの画面の番号を入れる" in visitor.get("/atm").text


def test_the_page_tells_how_far_a_withdrawal_has_come(office):
    visitor, who = at_atm(office, people.hanako)
    told = ask(office, who, 20_000)
    assert "ATMで20,000円をお受け取りください" in visitor.get("/atm").text
    atm_settle.confirm(office, told.transaction)
    visitor.get("/atm")
    assert "20,000円をお引き出しになりました" in visitor.text
    assert "手数料220円は、次のご返済のとき" in visitor.text
    assert visitor.follow("この取引の明細を見る").status == 200
    atm_settle.reverse(office, told.transaction)
    assert "お引き出し20,000円は取り消されました" in visitor.get("/atm").text


def test_the_page_tells_of_a_deposit_and_of_a_refusal(office):
    visitor, who = at_atm(office, people.hanako)
    atm_settle.confirm(office, ask_in(office, who, 10_000).transaction)
    assert "ご返済10,000円をお受けしました" in visitor.get("/atm").text
    assert "そのうち110円は手数料です" in visitor.text
    office.clock.move(timedelta(minutes=1))
    ask(office, who, 1_000, pin="0000")
    assert "暗証番号が違います" in visitor.get("/atm").text
    assert "T-11" in visitor.text


def test_what_may_be_drawn_is_in_whole_notes_and_within_the_day(office):
    visitor, who = at_atm(office, people.ken)
    assert visitor.data("available") == 200_000
    withdraw(office, who, 150_000)
    assert visitor.get("/atm").data("available") == 50_000


@pytest.mark.parametrize(("make", "code"), [(people.misaki, "T-03"), (people.yui, "T-02")])
def test_who_may_not_withdraw_reads_why_and_that_repaying_goes_on(office, make, code):
    visitor, _who = at_atm(office, make)
    assert f"理由コード {code}" in visitor.text
    assert "ATMでのご返済は、いつでもできます" in visitor.text
    assert "電話" in visitor.text


def test_a_waived_fee_is_told_with_its_last_day(office):
    visitor, who = at_atm(office, people.hanako)
    today = office.business_day()
    with office.store.transaction():
        atm_limits.waive_within(office, who.contract_id, today, today + timedelta(days=41), "points:1")
    assert "無料（12月31日（木）まで）" in visitor.get("/atm").text


def test_the_page_asks_the_books_few_questions_whatever_happened(office):
    visitor, who = at_atm(office, people.hanako)
    for many in (1, 5):
        for _ in range(many):
            withdraw(office, who, 1_000)
        with statements(office.store) as asked:
            visitor.client.get("/atm")
        assert len(asked) <= 6


def test_another_members_number_is_never_shown(office):
    hanako, _ = at_atm(office, people.hanako)
    ichiro, _ = at_atm(office, people.ichiro)
    screen = with_check("987654321")
    hanako.submit("/atm", number=screen)
    assert screen[:3] + "-" not in ichiro.get("/atm").text
