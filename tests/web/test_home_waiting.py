"""What waits for a member stands on their home page, the most urgent first, and goes when it is done."""

from madoguchi.domain.bulletins import NewNotice
from madoguchi.domain.topics import Topic
from madoguchi.services import application_review, mail_change, message_desk, messages, notices
from madoguchi.store import dormant
from tests import people
from tests.support import applying, markup
from tests.support.members import signed_in
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
