"""/applications: a new card, and the end of the contract."""

from datetime import timedelta

import pytest

from madoguchi.services.cast import HANAKO
from madoguchi.store import contracts
from tests import people
from tests.support.applying import CARD, send
from tests.support.members import signed_in
from tests.support.money import draw, pay, sound


@pytest.fixture
def hanako(plain_office):
    """花子 in her first days: limit 500,000, nothing borrowed."""
    return people.newcomer(plain_office, HANAKO)


@pytest.fixture
def member(plain_office, hanako):
    """Her browser."""
    return signed_in(plain_office, hanako)


def test_a_new_card_is_asked_for_and_taken_back(member):
    member.get("/applications/reissue")
    page = member.submit("/applications/reissue", reason="worn")
    assert page.heading == "カードの再発行：受け付けました"
    assert "取り消しました" in member.submit(f"{page.path}/withdrawal").heading


def test_the_receipt_of_a_new_card_for_one_that_is_gone_says_that_it_works_no_more(member):
    page = member.get("/applications/reissue")
    assert "いまのカードはすぐに使えなくなります" in page.text
    page = member.submit("/applications/reissue", reason="lost")
    assert (page.heading, "もう使えません" in page.text) == ("カードの再発行：受け付けました", True)
    assert "紛失の届け出を受けています" in member.get("/card").text


def test_the_contract_is_closed_in_one_visit_and_its_page_stays(plain_office, hanako, member):
    member.get("/applications/closing")
    assert "印を付けて" in member.submit("/applications/closing").error_of("sure")
    form = member.page
    page = member.submit("/applications/closing", sure=True)
    assert ("ご契約は終わりました" in page.text, "完済証明書" in page.text) == (True, True)
    member.page = form
    assert member.submit("/applications/closing", sure=True).path == page.path
    assert "ご契約は" in member.get("/home").text
    assert member.get("/applications").status == 403
    assert contracts.read(plain_office.store, hanako.contract_id).closed_on
    assert sound(plain_office)


def test_a_closing_leads_to_its_certificate_and_what_ended_with_it_leads_home(plain_office, hanako, member):
    number = send(plain_office, hanako, CARD).id
    member.get("/applications/closing")
    member.submit("/applications/closing", sure=True)
    assert "完済証明書" in member.follow("完済証明書を受け取る").heading
    page = member.get(f"/applications/{number}")
    assert ("いつでも、もう一度" in page.text, page.find("//main//a[@href='/applications']")) == (False, [])
    assert member.follow("ホームに戻る").status == 200


def test_closing_says_what_is_left_to_pay_or_to_give_back(plain_office, hanako, member):
    draw(plain_office, hanako, 1_000)
    assert "A-12" in member.get("/applications/closing").text
    pay(plain_office, hanako, 1_500)
    page = member.get("/applications")
    assert "A-13" in page.text
    assert member.follow("お預かりしているお金を、登録の口座に返してもらう").status == 200


def test_a_contract_that_is_to_be_closed_is_kept_by_a_press(plain_office, hanako, member):
    with plain_office.store.transaction():
        from madoguchi.store import dormant

        today = plain_office.business_day()
        dormant.tell(plain_office.store, hanako.contract_id, plain_office.now(), today, today + timedelta(60))
    assert "2027年1月19日（火）に、ご契約を終了する予定です" in member.get("/applications").text
    assert "ご契約を続けます" in member.submit("/applications/keep").text
