"""The queue of cases as the desk sees it: order, filters, pages, and asking anew by itself."""

from datetime import timedelta

import pytest

from madoguchi.services import cases, staff
from madoguchi.services.cases import CaseKind
from tests import people
from tests.support import desk
from tests.support.casework import lose_by_form, take, write


@pytest.fixture
def hanako(office):
    """Who stands in the books already."""
    return people.Made(1, 1, people.cast.HANAKO)


@pytest.fixture
def at_desk(visitor, office):
    """desk1 at the desk."""
    return desk.walk_in(visitor, office)


def shown(page):
    """The names of the cases in the table, as they stand."""
    return [name.strip() for name in page.find("//tbody/tr/th/a/text()")]


def test_an_empty_queue_says_so(at_desk):
    assert "待っている案件はありません" in at_desk.get("/desk").text
    assert at_desk.heading == "受付箱"


def test_the_queue_is_in_the_menu_and_what_is_late_stands_first(at_desk, office, hanako):
    write(office, hanako)
    lose_by_form(office, hanako)
    at_desk.get("/desk/home")
    at_desk.follow("受付箱")
    assert shown(at_desk) == ["カードの紛失 2", "メッセージ 1"]
    counted = [option.strip() for option in at_desk.find("//select[@name='kind']/option/text()")]
    assert "カードの紛失（1件）" in counted


def test_late_and_left_are_told_in_words(at_desk, office, hanako):
    write(office, hanako)
    lose_by_form(office, hanako)
    for _ in range(8):
        office.clock.move(timedelta(minutes=10))
        at_desk.get("/desk")
    assert "0時間" not in at_desk.text
    assert "20分の遅れ" in at_desk.text
    assert "あと4時間40分" in at_desk.text
    assert "佐藤 花子（100000019）" in at_desk.text


def test_kinds_and_holders_filter_and_stay_in_the_address(at_desk, office, hanako):
    write(office, hanako)
    lose_by_form(office, hanako)
    take(office, 1, staff.Colleague(1, "desk1", None, office.now(), False))
    assert shown(at_desk.get("/desk", whose="mine")) == ["メッセージ 1"]
    assert shown(at_desk.get("/desk", whose="free")) == ["カードの紛失 2"]
    at_desk.get("/desk", kind="message")
    assert shown(at_desk) == ["メッセージ 1"]
    at_desk.submit("/desk", whose="free")
    assert shown(at_desk) == []


@pytest.mark.parametrize("query", ["kind=x", "whose=x", "after=x", "after=1-2-3", "kind=&whose=&after="])
def test_strange_addresses_show_a_queue_all_the_same(at_desk, query):
    assert at_desk.get(f"/desk?{query}").status == 200


def test_a_long_queue_goes_on_by_a_link(at_desk, office):
    with office.store.transaction():
        for _ in range(31):
            cases.open_within(office, CaseKind.CONTACT, {"name_kana": "ヤマダ"})
    assert len(shown(at_desk.get("/desk"))) == 30
    at_desk.follow("つづきの案件")
    assert shown(at_desk) == ["お問い合わせ 31"]
    assert at_desk.find("//section[@id='queue']/@data-hx-trigger") == []
    at_desk.follow("はじめのページへ")
    assert len(shown(at_desk)) == 30


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(at_desk, office):
    at_desk.get("/desk")
    [asked] = at_desk.find("//section[@id='queue']/@data-hx-get")
    for _ in range(14):
        office.clock.move(timedelta(minutes=1))
        assert at_desk.client.get(asked, headers={"HX-Request": "true"}).status_code == 200
    office.clock.move(timedelta(minutes=2))
    answer = at_desk.client.get(asked, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/desk/login?next=/desk/queue")


def test_the_queue_asks_few_questions_however_long_it_is(at_desk, office):
    at_desk.get("/desk")
    with office.store.transaction():
        for _ in range(29):
            cases.open_within(office, CaseKind.CONTACT, {"name_kana": "ヤマダ"})
    office.store.asked.clear()
    at_desk.client.get("/desk")
    assert len(office.store.asked) <= 4, office.store.asked
