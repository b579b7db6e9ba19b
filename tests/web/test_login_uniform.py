"""What a stranger learns from signing in: the same for every account, existing or not."""

from datetime import timedelta

import pytest

from madoguchi.services import cast, locks
from tests import people
from tests.page import Visitor
from tests.support.signing import CARD, NOBODY, PIN, by_card, known, told


def test_twelve_tries_on_nobody_read_exactly_as_twelve_on_a_member(app, office):
    real, unknown = Visitor(app), Visitor(app)
    for visitor in (real, unknown):
        visitor.get("/login")
    for _ in range(12):
        for visitor in (real, unknown):
            visitor.get("/login")
        assert told(by_card(real, CARD, "0000")) == told(by_card(unknown, NOBODY, "0000"))
        office.clock.move(timedelta(minutes=7))


@pytest.mark.parametrize("person", [cast.SAKURA, cast.SHO, cast.YUI])
def test_a_right_pin_that_may_not_enter_reads_as_a_wrong_one(app, office, person):
    made = people.newcomer(office, person)
    locks.hold_card(office, made.contract_id)
    for _ in range(4):
        pages = []
        for number, pin in ((person.card, person.pin), (NOBODY, person.pin)):
            visitor = Visitor(app)
            visitor.get("/login")
            pages.append(told(by_card(visitor, number, pin)))
        assert pages[0] == pages[1]


def test_nobody_costs_as_many_statements_as_a_member(app, office):
    asked = []
    for number in (CARD, NOBODY, CARD, NOBODY):
        visitor = Visitor(app)
        visitor.get("/login")
        office.store.asked.clear()
        by_card(visitor, number, "0000")
        asked.append(list(office.store.asked))
    assert asked[0] == asked[1]
    assert asked[2] == asked[3]


def test_the_sign_in_page_asks_the_books_once_and_once_in_a_while_for_news_and_what_is_shut(app, office):
    office.store.asked.clear()
    app.test_client().get("/login")
    shut, first, news = office.store.asked  # the second: whether a code comes first for strangers
    assert "outage" in shut
    assert "site_hour" in first
    assert "FROM notice" in news
    office.store.asked.clear()
    app.test_client().get("/login")
    assert len(office.store.asked) == 1
    visitor = known(app)
    office.store.asked.clear()
    visitor.client.get("/login")
    assert len(office.store.asked) == 1


def test_who_must_wait_is_told_from_when_and_every_way_on(visitor):
    for _ in range(3):
        by_card(visitor, CARD, "0000")
    assert "10:01以降" in visitor.text.replace(" ", "")
    page = by_card(visitor, CARD, PIN)
    assert (page.status, page.headers["Retry-After"]) == (429, "60")
    assert page.heading == "少し時間をおいてください"
    assert "10:01以降" in page.text.replace(" ", "")
    links = page.find("//main//a/@href")
    assert {"/login?other=1#by-web-id", "/repay/transfer", "/lost-card", "/help/login"} <= set(links)
    assert "いま受付中です" in page.text


def test_a_wait_beyond_today_names_the_day(visitor, office):
    by_card(visitor, CARD, "0000")
    for _ in range(6):
        office.clock.move(timedelta(hours=2))
        by_card(visitor, CARD, "0000")
        visitor.get("/login")
    assert "11月21日" in by_card(visitor, CARD, PIN).text


def test_the_message_comes_into_the_forms_place_for_htmx(visitor):
    wrong = by_card(visitor, CARD, "0000", htmx=True)
    assert wrong.status == 422
    assert wrong.find("//*[@id='sign-in']//*[@role='alert'][@tabindex='-1']")
    for _ in range(2):
        visitor.get("/login")
        by_card(visitor, CARD, "0000")
    visitor.get("/login")
    waiting = by_card(visitor, CARD, "0000", htmx=True)
    assert waiting.status == 429
    assert waiting.find("//*[@id='sign-in']//section[@tabindex='-1']")
