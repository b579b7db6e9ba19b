"""/settings/borrow-stop: one press stops, and lifting takes the days that were chosen."""

from datetime import timedelta

import pytest

from madoguchi.domain.rights import State
from madoguchi.services import bank_account, borrow_stop
from madoguchi.services.bank_account import Written
from madoguchi.services.cast import HANAKO
from madoguchi.store import states
from tests import people
from tests.support.atm import ask
from tests.support.members import signed_in
from tests.support.settings import lines

HOME = "/settings/borrow-stop"


@pytest.fixture
def hanako(plain_office):
    """花子 in her first days."""
    return people.newcomer(plain_office, HANAKO)


@pytest.fixture
def member(plain_office, hanako):
    """Her browser."""
    return signed_in(plain_office, hanako)


def test_one_press_stops_and_every_page_of_borrowing_says_so(member):
    member.get(HOME)
    page = member.submit(HOME, days="3")
    assert "新しいお借り入れを止めています" in page.text
    page = member.get("/borrow")
    assert (page.status, "B-04" in page.text) == (403, True)
    member.get("/home")
    assert "3日かかります" in member.follow("借入ストップの内容を見る").text


def test_lifting_is_told_to_the_minute_and_can_be_taken_back(plain_office, member):
    member.get(HOME)
    member.submit(HOME, days="7")
    page = member.submit(f"{HOME}/lifting")
    assert "11月27日 10:00に解除します" in page.text
    assert "解除をやめました" in member.submit(f"{HOME}/lifting/withdrawal").text
    member.submit(f"{HOME}/lifting")
    plain_office.clock.move(timedelta(minutes=10))
    plain_office.clock.move(timedelta(days=7))
    assert borrow_stop.lift_due(plain_office) == 1


@pytest.mark.parametrize("days", ["2", "", "x"])
def test_other_days_stop_nothing(member, days):
    member.get(HOME)
    page = member.submit(HOME, forged={"days": days})
    assert (page.status, "一覧から選んで" in page.error_of("days")) == (422, True)


def test_a_stop_for_another_reason_is_told_and_not_lifted_here(plain_office, hanako, member):
    with plain_office.store.transaction():
        now = plain_office.now()
        states.insist(plain_office.store, hanako.contract_id, State.STOPPED, now, "not_me", "member")
    page = member.get(HOME)
    assert "ほかの理由でも止まっています" in page.text
    assert page.find("//form[@action='/settings/borrow-stop/lifting']") == []
    member.post(f"{HOME}/lifting")
    assert "に解除します" not in member.get(HOME).text


@pytest.mark.parametrize("who", ["misaki", "yui", "daisuke"])
def test_it_is_open_in_every_state_that_can_sign_in(plain_office, who):
    visitor = signed_in(plain_office, getattr(people, who)(plain_office))
    assert visitor.get(HOME).status == 200


def test_a_refused_drawdown_leads_to_the_stop_and_says_from_when_the_days_run(member):
    member.get(HOME)
    member.submit(HOME, days="3")
    page = member.get("/borrow")
    assert ("解除を申し出てから" in page.text, "選んだ日数がたつと解除できます" in page.text) == (True, False)
    for path in ("/borrow", "/atm"):
        assert member.get(path).find(f"//main//a[@href='{HOME}']"), path


def test_another_number_from_a_second_tab_is_told_and_not_taken(member):
    form = member.get(HOME)
    member.submit(HOME, days="3")
    member.page = form
    page = member.submit(HOME, days="1")
    assert "解除にかかる日数は、3日のままです" in page.text
    page = member.submit(f"{HOME}/longer", days="7")
    assert ("日数を7日にしました" in page.text, page.find(f"//form[@action='{HOME}/longer']")) == (True, [])
    member.post(f"{HOME}/longer", days="1")
    assert "3日" in member.get(HOME).text


def test_the_page_tells_what_became_of_stops_and_what_a_machine_may_still_pay(plain_office, hanako, member):
    ask(plain_office, hanako, 10_000)
    member.get(HOME)
    page = member.submit(HOME, days="1")
    assert "ATMで10,000円が出ることがあります" in page.text
    assert "止めました" in lines(page)[0]


def test_a_changed_account_says_from_when_and_leads_to_its_page(plain_office, hanako, member):
    account = Written("0001", "240", 1, "7654321", "ｻﾄｳ ﾊﾅｺ")
    bank_account.change(plain_office, hanako.member_id, account)
    page = member.get("/borrow")
    assert ("B-10" in page.text, "11月21日 10:00 から" in page.text) == (True, True)
    assert page.find("//main//a[@href='/settings/bank-account']")


def test_whose_contract_is_over_is_offered_no_stop(plain_office):
    member = signed_in(plain_office, people.sho(plain_office))
    page = member.get(HOME)
    assert not page.find(f"//form[@action='{HOME}']")
    assert "止める手続きはいりません" in page.text
    assert "ご契約は終わっています" in member.get("/settings").text
