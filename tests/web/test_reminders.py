"""/settings/reminders: what holds, the form, what comes next, and the past of it all."""

from datetime import timedelta

import pytest

from madoguchi.services import cast, reminders, rounds
from madoguchi.services.choices import Choice
from madoguchi.services.choices import of as chosen
from tests import people
from tests.page import Visitor
from tests.support.signing import by_web_id

PAGE = "/settings/reminders"


@pytest.fixture
def office(office):
    """The office with 渡辺 翔, whose contract is closed, as well."""
    people.sho(office)
    return office


@pytest.fixture
def member(app):
    """Hanako in her first days, signed in."""
    found = Visitor(app)
    found.get("/login")
    by_web_id(found, follow=False)
    return found


@pytest.fixture
def borrower(plain_office, stranger):
    """Hanako with her fourteen months, signed in after the round of the night."""
    people.hanako(plain_office)
    list(rounds.close_days(plain_office))
    stranger.get("/login")
    by_web_id(stranger, follow=False)
    return stranger


def held(office):
    """What holds for Hanako."""
    return chosen(office, 1)


def test_the_page_shows_the_defaults_and_an_empty_past(member):
    page = member.get(PAGE)
    assert page.heading == "お知らせメールの設定"
    assert page.find("//select[@name='days']/option[@selected]/@value") == ["3"]
    assert page.find("//select[@name='hour']/option[@selected]/@value") == ["10"]
    assert page.find("//input[@name='transaction_mail'][@checked]")
    assert not page.find("//input[@name='discreet'][@checked]")
    assert "はじめの設定のままです" in page.text


def test_only_the_hours_of_the_day_are_offered(member):
    hours = member.get(PAGE).find("//select[@name='hour']/option/@value")
    assert hours == [str(hour) for hour in range(8, 21)]
    assert "21:00から8:00まで" in member.text


def test_what_is_chosen_holds_and_stands_in_the_past(member, office):
    member.get(PAGE)
    page = member.submit(PAGE, days="7", hour="20", transaction_mail=None, discreet=True)
    assert "設定を変えました" in page.text
    now = held(office)
    assert [now[Choice.REMINDER_DAYS], now[Choice.REMINDER_HOUR]] == ["7", "20"]
    assert [now[Choice.TRANSACTION_MAIL], now[Choice.DISCREET]] == ["no", "yes"]
    assert len(page.find("//section[@aria-labelledby='past']//tbody/tr")) == 4
    assert "もとのまま" in member.submit(PAGE).text


@pytest.mark.parametrize(("field", "value"), [("days", "8"), ("hour", "21"), ("hour", "x"), ("days", "")])
def test_what_is_not_offered_is_told_beside_its_field(member, office, field, value):
    member.get(PAGE)
    page = member.submit(PAGE, htmx=False, **{field: value})
    assert page.status == 422
    assert "一覧から選んでください" in page.error_of(field)
    assert held(office)[Choice.REMINDER_DAYS] == "3"


def test_who_switched_reminders_off_is_told_where_the_day_stands(member):
    member.get(PAGE)
    assert "お送りしない設定です" in member.submit(PAGE, days="off").text


def test_the_next_reminder_is_announced_and_then_told_as_done(borrower, plain_office):
    assert "11月22日 10:00 ごろに、お知らせをお送りします" in borrower.get(PAGE).text
    plain_office.clock.move(timedelta(days=2))
    reminders.run(plain_office)
    borrower.get("/login")
    by_web_id(borrower, follow=False)
    assert "9,000円のお知らせを用意しました" in borrower.get(PAGE).text


def test_without_a_mail_address_the_page_says_so(member, office):
    with office.store.transaction():
        office.store.write("UPDATE member SET email = ''")
    assert "いまはメールをお送りできません" in member.get(PAGE).text


def test_a_closed_contract_may_still_choose(app):
    visitor = Visitor(app)
    visitor.get("/login")
    by_web_id(visitor, cast.SHO.web_id, cast.SHO.password, follow=False)
    visitor.get(PAGE)
    assert "設定を変えました" in visitor.submit(PAGE, discreet=True).text


def test_the_page_asks_the_books_a_few_times_however_much_was_chosen(member, office):
    for days in ("1", "2", "5", "6"):
        member.get(PAGE)
        member.submit(PAGE, days=days)
        office.store.asked.clear()
        member.client.get(PAGE)
        assert len(office.store.asked) <= 6


def test_the_menu_leads_here(member):
    assert {PAGE, "/letters"} <= set(member.get("/home").find("//footer//a/@href"))
