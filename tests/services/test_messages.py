"""Messages: threads, cases, the promise by the hours, double clicks, answers and what was read."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from madoguchi.domain.topics import Topic
from madoguchi.ports import JAPAN
from madoguchi.services import desk_queue, message_desk, messages, uploads
from madoguchi.services.cases import CaseKind
from madoguchi.services.messages import Author, NoSuchThread, Posted, TooMany
from madoguchi.services.uploads import Sent
from madoguchi.store import cases
from tests import people
from tests.support import files
from tests.support.debits import kinds_of_letters
from tests.support.together import at_once, each_at_once


@pytest.fixture
def hanako(office):
    """佐藤 花子 in her first days."""
    return people.newcomer(office, people.cast.HANAKO)


@pytest.fixture
def author(hanako):
    """She who writes."""
    return Author(hanako.member_id, hanako.contract_id)


def begun(office, author, text="払える日が変わりました", key="key-of-a-form", topic=Topic.REPAY, ready=()):
    """Her thread."""
    return messages.begin(office, author, topic, text, key, ready)


def open_cases(office):
    """Kind and subject of every open case."""
    return [(case.kind, case.subject_id) for case in cases.still_open(office.store, 10)]


@pytest.mark.parametrize(
    ("sent", "read"),
    [((20, 20, 59), (20, 20, 59)), ((20, 21, 0), (24, 9, 0)), ((25, 8, 59), (25, 9, 0))],
)
def test_a_message_is_read_by_the_hours_and_opens_a_case(office, author, sent, read):
    office.clock.move(datetime(2026, 11, *sent, tzinfo=JAPAN) - people.TODAY)
    assert messages.promised(office, office.now()) == datetime(2026, 11, *read, tzinfo=JAPAN)
    found = begun(office, author)
    assert found.read_from == datetime(2026, 11, *read, tzinfo=JAPAN)
    assert open_cases(office) == [("message", found.thread_id)]


def test_a_second_message_stands_on_the_same_case_and_an_answer_closes_it_with_one_letter(office, author):
    number = begun(office, author).thread_id
    messages.reply(office, author, number, "もう一つあります", "another-key")
    (case,) = cases.still_open(office.store, 10)
    assert [note.by_whom for note in cases.notes(office.store, case.id)] == ["member"]
    message_desk.answer(office, number, "desk1", "承りました。")
    message_desk.answer(office, number, "desk1", "もう一点お伝えします。")
    assert open_cases(office) == []
    assert cases.read(office.store, case.id).outcome == "answered"
    assert kinds_of_letters(office) == ["answered"]


def test_an_answer_is_unread_until_it_was_shown_and_the_letter_tells_nothing_of_it(office, author):
    number = begun(office, author).thread_id
    assert messages.unread(office, author.member_id) == 0
    message_desk.answer(office, number, "desk1", "秘密の返事")
    assert messages.unread(office, author.member_id) == 1
    thread = messages.look(office, author.member_id, number)
    assert [(one.by_member, one.fresh) for one in thread.spoken] == [(True, False), (False, True)]
    messages.see(office, author.member_id, thread)
    assert messages.unread(office, author.member_id) == 0
    (facts,) = office.store.rows("SELECT facts FROM letter")
    assert "秘密" not in facts[0]


def test_an_answer_that_came_while_looking_stays_unread(office, author):
    number = begun(office, author).thread_id
    message_desk.answer(office, number, "desk1", "一つ目")
    thread = messages.look(office, author.member_id, number)
    message_desk.answer(office, number, "desk1", "二つ目")
    messages.see(office, author.member_id, thread)
    messages.reply(office, author, number, "ありがとう", "another-key")
    assert messages.unread(office, author.member_id) == 1


def test_a_closed_thread_is_opened_again_by_a_reply_with_a_case_of_its_own(office, author):
    number = begun(office, author).thread_id
    assert message_desk.close_thread(office, number, "desk1")
    assert not message_desk.close_thread(office, number, "desk1")
    assert messages.look(office, author.member_id, number).closed_at
    messages.reply(office, author, number, "まだあります", "another-key")
    assert messages.look(office, author.member_id, number).closed_at is None
    assert open_cases(office) == [("message", number)]


def test_a_double_click_says_things_once_even_from_two_tabs_at_once(office, author):
    found = at_once(office, 4, lambda: begun(office, author))
    assert len({one.thread_id for one in found}) == 1
    assert sorted(one.repeated for one in found) == [False, True, True, True]
    assert len(open_cases(office)) == 1


def test_replies_and_answers_at_once_all_stand_there(office, author):
    number = begun(office, author).thread_id

    def one(turn):
        if turn % 2:
            return message_desk.answer(office, number, "desk1", f"返事{turn}")
        return messages.reply(office, author, number, f"文{turn}", f"key-{turn}")

    acts = [lambda turn=turn: one(turn) for turn in range(8)]
    assert all(isinstance(found, Posted) for found in each_at_once(office, acts))
    thread = messages.look(office, author.member_id, number)
    assert len(thread.spoken) == 9
    assert messages.unread(office, author.member_id) == 1


def test_who_goes_back_and_writes_something_else_says_more(office, author):
    first, second = begun(office, author), begun(office, author, text="書き直しました")
    assert first.thread_id != second.thread_id


def test_a_days_messages_have_a_limit_that_repeats_do_not_meet(office, author):
    strict = replace(office, rules=replace(office.rules, messages=replace(office.rules.messages, day=2)))
    number = begun(strict, author).thread_id
    messages.reply(strict, author, number, "二つ目", "key-2")
    assert messages.reply(strict, author, number, "三つ目", "key-3") == TooMany(2)
    assert begun(strict, author).repeated
    office.clock.move(timedelta(days=1, seconds=1))
    assert isinstance(messages.reply(strict, author, number, "三つ目", "key-3"), Posted)


def test_anothers_thread_is_as_unknown_as_none(office, author):
    number = begun(office, author).thread_id
    ichiro = people.ichiro(office)
    other = Author(ichiro.member_id, ichiro.contract_id)
    assert messages.look(office, ichiro.member_id, number) is None
    assert messages.reply(office, other, number, "見せて", "key-9") == NoSuchThread()
    assert messages.reply(office, author, 99, "だれ", "key-9") == NoSuchThread()
    assert message_desk.answer(office, 99, "desk1", "だれ") == NoSuchThread()
    assert messages.listed(office, ichiro.member_id).lines == ()


def test_files_come_with_their_message_and_only_once(office, author):
    photo = (Sent("写真.jpg", files.jpeg()),)
    for _ in range(2):
        ready = uploads.check(office, photo, author.member_id)
        found = begun(office, author, ready=ready)
    thread = messages.look(office, author.member_id, found.thread_id)
    assert [file.title for file in thread.spoken[0].files] == ["写真.jpg"]
    assert office.store.rows("SELECT COUNT(*) FROM shelved") == [(1,)]


def test_the_list_shows_what_was_said_last_and_goes_on_by_pages(office, author, monkeypatch):
    for turn in range(messages.LISTED + 3):
        office.clock.move(timedelta(days=1))
        begun(office, author, text=f"文{turn}", key=f"key-of-{turn}")
    first = messages.listed(office, author.member_id)
    rest = messages.listed(office, author.member_id, first.before)
    assert [line.last.text for line in first.lines][:2] == [
        f"文{messages.LISTED + 2}",
        f"文{messages.LISTED + 1}",
    ]
    assert ([line.last.text for line in rest.lines], rest.before) == (["文2", "文1", "文0"], None)


def test_the_desk_sees_what_waits_by_the_hour_it_should_be_read(office, author):
    first = begun(office, author).thread_id
    begun(office, author, text="後の件", key="another-key", topic=Topic.OTHER)
    found = desk_queue.look(office, desk_queue.Wish(CaseKind.MESSAGE)).rows
    assert [(row.case.subject_id, row.name) for row in found] == [(1, "佐藤 花子"), (2, "佐藤 花子")]
    message_desk.answer(office, first, "desk1", "はい", key="desk-form")
    assert message_desk.answer(office, first, "desk1", "はい", key="desk-form").repeated
    assert [row.case.subject_id for row in desk_queue.look(office, desk_queue.Wish()).rows] == [2]


def test_what_was_said_cannot_be_changed_by_anybody(office, author):
    begun(office, author)
    with pytest.raises(Exception, match="append-only"), office.store.transaction():
        office.store.write("UPDATE message SET text = 'x'")
