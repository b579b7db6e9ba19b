"""What waits for a member stands on their home page, the most urgent first, and goes when it is done."""

from madoguchi.domain.applications import Kind
from madoguchi.domain.bulletins import NewNotice
from madoguchi.domain.rights import State
from madoguchi.domain.topics import Topic
from madoguchi.services import (
    application_review,
    bank_account,
    borrow_stop,
    card,
    mail_change,
    message_desk,
    messages,
    notices,
)
from madoguchi.services.applications import Wish
from madoguchi.services.bank_account import Written
from madoguchi.store import dormant, states
from tests import people
from tests.support import applying, markup
from tests.support.debits import DUE, made, mandated
from tests.support.members import signed_in, statements
from tests.support.money import DAY


def home_of(office, who):
    """The home page as this member sees it."""
    return signed_in(office, who).get("/home")


def test_what_waits_stands_in_order_of_urgency(plain_office):
    hanako = people.hanako(plain_office)
    today = people.TODAY.date()
    notices.publish(plain_office, NewNotice("お知らせ", "本文です", today, today), "広報")
    sent = applying.send(plain_office, hanako, applying.CARD)
    application_review.ask_more(plain_office, sent.id, "desk1", "お近くの窓口をお知らせください")
    author = messages.Author(hanako.member_id, hanako.contract_id)
    thread = messages.begin(plain_office, author, Topic.OTHER, "おたずねします", "key").thread_id
    message_desk.answer(plain_office, thread, "desk1", "お答えします")
    home = home_of(plain_office, hanako)
    assert [line[:6] for line in waiting(home)] == ["お申し込みに", "担当者からの", "まだ読んでい"]


def waiting(page):
    """What the home page says is waiting, from the top."""
    return [markup.words(line) for line in page.find("//section[@aria-labelledby='waiting']//a")]


def test_an_end_and_an_address_that_wait_are_told_as_well(plain_office):
    hanako = people.hanako(plain_office)
    today = people.TODAY.date()
    with plain_office.store.transaction():
        dormant.tell(plain_office.store, hanako.contract_id, people.TODAY, today, today + 60 * DAY)
    mail_change.ask(plain_office, hanako.member_id, "new@example.jp")
    told = waiting(home_of(plain_office, hanako))
    assert told[0].startswith("長くお使いがないため、2027年1月19日")
    assert told[1].startswith("新しいメールアドレスの確認")


def test_nothing_waits_for_whoever_has_seen_everything(plain_office):
    assert waiting(home_of(plain_office, people.hanako(plain_office))) == []


def test_a_changed_account_is_named_with_the_moment_from_which_it_receives_money(plain_office):
    hanako = people.hanako(plain_office)
    account = Written("0001", "240", 1, "7654321", "ｻﾄｳ ﾊﾅｺ")
    bank_account.change(plain_office, hanako.member_id, account)
    home = home_of(plain_office, hanako)
    assert "11月21日 10:00 から、お振込みできます" in home.text
    assert not home.find("//main//a[@href='/borrow']")
    plain_office.clock.move(DAY)
    assert home_of(plain_office, hanako).find("//main//a[@href='/borrow']")


def test_a_debit_that_is_planned_is_told_on_home_and_where_one_pays(plain_office):
    hanako = people.hanako(plain_office)
    mandated(plain_office, hanako)
    browser = signed_in(plain_office, hanako)
    with statements(plain_office.store) as asked:
        browser.client.get("/home")
    assert len(asked) <= 3
    assert "この日に、口座から9,000円を引き落とす予定です" in browser.get("/home").text
    assert "口座から9,000円を引き落とす予定です" in browser.get("/repay").text


def test_no_debit_is_promised_once_its_file_is_made_without_it(plain_office):
    hanako = people.hanako(plain_office)
    plain_office.clock.move(4 * DAY)
    made(plain_office, DUE)
    mandated(plain_office, hanako)
    browser = signed_in(plain_office, hanako)
    for path in ("/home", "/repay"):
        assert "引き落とす予定" not in browser.get(path).text


def test_a_card_on_its_way_a_lifting_and_another_due_day_are_told(plain_office):
    hanako = people.hanako(plain_office)
    card.replace(plain_office, applying.visitor(plain_office, hanako), "lost")
    applying.send(plain_office, hanako, Wish(Kind.DUE_DAY, due_day=5))
    borrow_stop.stop(plain_office, applying.visitor(plain_office, hanako), 3)
    borrow_stop.ask_lift(plain_office, applying.visitor(plain_office, hanako))
    home = home_of(plain_office, hanako)
    assert [line[:6] for line in waiting(home)] == ["新しいカード", "いまの返済日"]
    assert "毎月5日に変わります" in home.text
    assert "11月23日 10:00に解除します" in home.text


def test_a_suspended_member_who_stops_reads_the_code_of_each(plain_office):
    ken = people.hanako(plain_office)
    with plain_office.store.transaction():
        states.begin(plain_office.store, ken.contract_id, State.SUSPENDED, people.TODAY, "fraud", "desk1")
    borrow_stop.stop(plain_office, applying.visitor(plain_office, ken), 3)
    home = home_of(plain_office, ken)
    stop = next(box for box in home.find("//div[@class='notice']") if "借入ストップ中" in markup.words(box))
    assert "B-04" in markup.words(stop)
    assert "B-02" in home.text
