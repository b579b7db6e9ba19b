"""/messages: writing to the desk, the promise before and after, files, and what only its owner sees."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from madoguchi.ports import JAPAN
from madoguchi.services import message_desk, messages
from tests import people
from tests.support.members import signed_in, statements


@pytest.fixture
def hanako(plain_office):
    """花子 with her fourteen months."""
    return people.hanako(plain_office)


@pytest.fixture
def member(plain_office, hanako):
    """Her browser."""
    return signed_in(plain_office, hanako)


def written(member, topic="other", **fields):
    """A thread of hers, with her browser before it."""
    member.get(f"/messages/new?topic={topic}")
    return member.submit("/messages/new", message="おたずねします", **fields)


def test_who_has_written_nothing_finds_the_way_to(member):
    assert "まだやり取りはありません" in member.get("/messages").text
    member.follow("新しいメッセージを書く")
    member.follow("そのほか")
    assert member.heading == "そのほかのメッセージ"
    assert "電話がいちばん早く" not in member.text


def test_a_payment_question_shows_the_phone_and_its_state_before_the_form(member, plain_office, hanako):
    seen = member.get("/messages/new?topic=repay").text
    assert seen.index("電話がいちばん早く") < seen.index("担当者への文章")
    assert seen.index("いま受付中です（本日18:00まで）") < seen.index("担当者への文章")
    plain_office.clock.set(datetime(2026, 11, 20, 18, 0, tzinfo=JAPAN))
    later = signed_in(plain_office, hanako).get("/messages/new?topic=repay").text
    assert "いまは受付時間外です" in later


@pytest.mark.parametrize(
    ("moment", "before", "after"),
    [
        ((20, 59), "いまは、担当者が読んでいる時間です", "届いた順に読みます"),
        ((21, 0), "11月24日（火） 9:00から、担当者が届いた順に読みます", "11月24日（火） 9:00から、担当者が"),
    ],
)
def test_the_promise_is_told_before_and_after_sending(plain_office, hanako, moment, before, after):
    plain_office.clock.set(datetime(2026, 11, 20, *moment, tzinfo=JAPAN))
    member = signed_in(plain_office, hanako)
    assert before in member.get("/messages/new?topic=other").text
    written(member)
    assert "お送りしました" in member.text
    assert after in member.text


class Running:
    """A clock that goes on between any two looks at it, as real ones do."""

    def __init__(self, clock):
        self._clock = clock

    def now(self):
        """A little later each time."""
        self._clock.move(timedelta(microseconds=1))
        return self._clock.now()


def test_by_day_no_hour_is_named_though_the_clock_runs_on(plain_office, hanako):
    member = signed_in(replace(plain_office, clock=Running(plain_office.clock)), hanako)
    assert "担当者が読んでいる時間です" in member.get("/messages/new?topic=other").text
    written(member)
    assert "担当者に届いています" in member.text


def test_what_was_sent_keeps_its_promise_when_it_is_looked_at_later(plain_office, hanako):
    plain_office.clock.set(datetime(2026, 11, 20, 20, 59, tzinfo=JAPAN))
    member = signed_in(plain_office, hanako)
    written(member)
    plain_office.clock.move(timedelta(minutes=1))
    seen = member.get("/messages/1").text
    assert "いまは、担当者が読んでいる時間です" not in seen.split("続けて書く")[0]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "メッセージを入れてください"),
        (" \u3000\n", "メッセージを入れてください"),
        ("あ" * 2001, "2,000文字までで入れてください（いま2,001文字）"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_kept(member, typed, words):
    member.get("/messages/new?topic=other")
    member.submit("/messages/new", message=typed)
    assert member.status == 422
    assert words in member.error_of("message")
    assert member.find("//textarea")[0].xpath("string()").strip() == typed.strip()


def test_two_thousand_letters_pass_with_their_line_ends_and_the_page_counts(member):
    member.get("/messages/new?topic=other")
    assert "あと2,000文字" in member.text
    member.submit("/messages/new", message="あ\r\n" * 999 + "いう")
    assert "お送りしました" in member.text


def test_a_double_click_makes_one_thread(member, plain_office, hanako):
    member.get("/messages/new?topic=other")
    form = member.page
    for _ in range(2):
        member.page = form
        member.submit("/messages/new", message="一度だけ")
    assert len(messages.listed(plain_office, hanako.member_id).lines) == 1


def test_an_answer_is_marked_until_it_is_read_and_a_closed_thread_goes_on(member, plain_office):
    written(member)
    assert "返事を待っています" in member.get("/messages").text
    message_desk.answer(plain_office, 1, "desk1", "一行目\n二行目")
    assert "新しい返事" in member.get("/messages").text
    member.get("/messages/1")
    assert "二行目" in member.text
    assert "desk1" not in member.text
    assert "新しい返事" not in member.get("/messages").text
    message_desk.close_thread(plain_office, 1, "desk1")
    assert "に終わりました" in member.get("/messages/1").text
    member.submit("/messages/1", message="続きです")
    assert "に終わりました" not in member.text


def test_what_is_written_is_shown_as_written_and_never_as_markup(member):
    member.get("/messages/new?topic=other")
    member.submit("/messages/new", message="<script>alert(1)</script>\n{{ 7 * 7 }} & <b>")
    assert member.find("//p[@class='said']")[0].text == "<script>alert(1)</script>\n{{ 7 * 7 }} & <b>"


@pytest.mark.parametrize("who", ["yui", "misaki", "sho"])
def test_everybody_who_can_sign_in_may_write(plain_office, who):
    member = signed_in(plain_office, getattr(people, who)(plain_office))
    written(member)
    assert "お送りしました" in member.text


def test_a_day_full_of_messages_is_told_with_the_phone(member, plain_office):
    for turn in range(plain_office.rules.messages.day):
        messages.begin(plain_office, author_of(plain_office), messages.Topic.OTHER, "文", f"key-{turn}")
    written(member)
    assert "1日に30通まで" in member.error_of("message")


def author_of(office):
    """Hanako as who writes."""
    ((member_id, contract_id),) = office.store.rows("SELECT member_id, id FROM contract LIMIT 1")
    return messages.Author(member_id, contract_id)


@pytest.mark.parametrize("path", ["/messages", "/messages/1", "/messages/new?topic=repay"])
def test_a_page_asks_few_questions_however_much_was_said(member, plain_office, path):
    written(member)
    author = author_of(plain_office)
    for turn in range(20):
        messages.reply(plain_office, author, 1, f"文{turn}", f"key-{turn}")
        messages.begin(plain_office, author, messages.Topic.CARD, f"件{turn}", f"begun-{turn}")
    with statements(plain_office.store) as asked:
        member.client.get(path)
    assert len(asked) <= 8


@pytest.mark.parametrize("path", ["/messages?before=x", "/messages?before=-1", "/messages/1?before=²"])
def test_an_address_that_was_made_up_is_not_found(member, path):
    written(member)
    assert member.get(path).status == 404


@pytest.mark.parametrize("topic", ["", "nonsense", "../x"])
def test_a_topic_that_is_not_offered_leads_to_the_choice(member, topic):
    assert member.get(f"/messages/new?topic={topic}").heading == "メッセージを書く"
