"""/history/<number>: one entry, its parts, and how its interest came to be."""

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.services import cast, posting
from tests import people
from tests.support.members import signed_in, told
from tests.support.money import DAY, draw, pay
from tests.web.test_history_pages import numbers


@pytest.fixture
def hanako(plain_office):
    """Hanako, signed in: 19 entries."""
    return signed_in(plain_office, people.hanako(plain_office))


def test_one_entry_tells_its_parts_and_how_its_interest_came_to_be(hanako):
    page = hanako.get("/history/19?kind=repayment")
    assert page.heading == "10月26日の返済（インターネット）"
    assert page.find("//dt[.='利息']/following-sibling::dd")[0].text == "3,370円"
    cells = page.find("//section[@aria-labelledby='how']//td[@data-label='残高']/text()")
    assert cells == ["207,474円", "237,474円"]
    assert page.find("//a[.='取引履歴に戻る']/@href") == ["/history?kind=repayment"]


def test_every_repayment_of_the_cast_is_explained_to_the_yen(plain_office):
    for make in (people.hanako, people.misaki, people.daisuke, lambda o: people.ken(o, entries=50)):
        visitor = signed_in(plain_office, make(plain_office))
        visitor.get("/history?kind=repayment")
        for number in numbers(visitor.page):
            page = visitor.get(f"/history/{number}")
            settled = (
                page.find("//section[@aria-labelledby='how']//table") or "利息はついていません" in page.text
            )
            assert settled, f"{visitor.path} does not say how its interest came to be"


def test_a_late_payment_is_explained_by_interest_before_and_damages_after_the_due_date(plain_office):
    def story(life):
        life.open(60)
        life.draw(48, 100_000, Channel.ATM)
        life.go(life.day(2), 12)
        life.pay_on(life.day(2), 10_000, Channel.INTERNET)

    visitor = signed_in(plain_office, told(plain_office, story, cast.MISAKI))
    page = visitor.get("/history/2")
    rates = page.find("//td[@data-label='年率']/text()")
    assert [rate.strip() for rate in rates] == ["無利息", "17.8%", "遅延 20.0%"]


def test_what_was_counted_anew_leads_to_what_took_its_place_and_back(plain_office):
    who = people.hanako(plain_office)
    first = pay(plain_office, who, 20_000, "p1").entry
    pay(plain_office, who, 1_000, "p2", plain_office.business_day() - 10 * DAY)
    visitor = signed_in(plain_office, who)
    page = visitor.get(f"/history/{first.seq}?kind=repayment")
    assert page.find("//*[@class='notice']/h2/text()") == ["この記録は、あとで計算し直しました"]
    newer, undoing = page.find("//*[@class='notice']//a/@href")
    page = visitor.get(newer)
    assert page.find("//*[@class='notice']/h2/text()") == ["計算し直した記録です"]
    assert page.find("//*[@class='notice']//a/@href") == [f"/history/{first.seq}?kind=repayment"]
    page = visitor.get(undoing)
    assert page.find("//*[@class='notice']/h2/text()") == ["前の記録を取り消すための記録です"]
    assert page.find("//*[@class='notice']//a/@href") == [f"/history/{first.seq}?kind=repayment"]


def test_what_never_was_leads_to_what_undid_it(plain_office):
    who = people.ichiro(plain_office)
    drawn = draw(plain_office, who, 100_000).entry
    undone = posting.undo_draw(plain_office, who.contract_id, "d1", "back").entry
    visitor = signed_in(plain_office, who)
    page = visitor.get(f"/history/{drawn.seq}")
    assert page.find("//*[@class='notice']/h2/text()") == ["この取引は、あとで取り消しました"]
    assert page.find("//*[@class='notice']//a/@href") == [f"/history/{undone.seq}"]
    assert visitor.get(f"/history/{undone.seq}").find("//*[@class='notice']//a/@href") == [
        f"/history/{drawn.seq}"
    ]


@pytest.mark.parametrize("number", ["0", "20", "999999999999", "9" * 30, "x", "-1", "1.5"])
def test_an_entry_that_is_not_the_members_own_is_not_found(hanako, number):
    assert hanako.get(f"/history/{number}").status == 404
