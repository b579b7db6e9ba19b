"""A case is taken, given back, handed over, noted on and closed by one person at a time."""

from datetime import timedelta

import pytest

from madoguchi.domain.staff import Role
from madoguchi.services import application_review as review
from madoguchi.services import audit, casework, message_desk
from madoguchi.services.applications import NothingOpen
from madoguchi.services.cases import CaseKind
from madoguchi.services.casework import Changed, Done, HeldBy, Unfinished
from madoguchi.services.messages import Topic
from madoguchi.store import cases
from madoguchi.store.audit import Filter
from tests import people
from tests.support import desk
from tests.support.applying import RAISE, send, stage
from tests.support.casework import glance, open_cases, take, write
from tests.support.debits import kinds_of_letters
from tests.support.money import standing
from tests.support.together import each_at_once


@pytest.fixture
def hanako(office):
    """佐藤 花子, who has asked something: case 1 about thread 1."""
    who = people.newcomer(office, people.cast.HANAKO)
    write(office, who)
    return who


@pytest.fixture
def one(office, hanako):
    """The colleague desk1."""
    return desk.colleague(office)


@pytest.fixture
def other(office, one):
    """The colleague desk2."""
    return desk.colleague(office, "desk2", Role.APPROVER)


def holder(office, case_id=1):
    """Who has a case."""
    return cases.read(office.store, case_id).taken_by


def story(office, case_id=1):
    """What was noted, by whom."""
    return [(note.by_whom, note.text) for note in cases.notes(office.store, case_id)]


def test_who_takes_a_case_has_it_however_often_the_button_is_pressed(office, one):
    seen = glance(office, 1, one)
    assert [casework.take(office, seen) for _ in range(2)] == [Done(), Done()]
    assert (holder(office), story(office)) == ("desk1", [("desk1", "引き受けました")])
    assert audit.found(office, Filter(kind="case_taken"))[0].case_id == 1


def test_of_two_who_take_it_at_once_one_has_it_and_the_other_is_told(office, one, other):
    looks = [glance(office, 1, one), glance(office, 1, other)]
    found = each_at_once(office, [lambda seen=seen: casework.take(office, seen) for seen in looks])
    assert sorted(type(answer).__name__ for answer in found) == ["Changed", "Done"]
    assert len(story(office)) == 1


def test_a_case_that_another_has_can_be_taken_over_and_the_story_says_so(office, one, other):
    take(office, 1, one)
    assert take(office, 1, other) == Done()
    assert holder(office) == "desk2"
    assert story(office)[-1] == ("desk2", "desk1さんから引き取りました")


def test_only_who_has_a_case_gives_it_back(office, one, other):
    take(office, 1, one)
    assert casework.give_back(office, glance(office, 1, other)) == HeldBy("desk1")
    assert casework.give_back(office, glance(office, 1, one)) == Done()
    assert casework.give_back(office, glance(office, 1, one)) == Done()
    assert (holder(office), len(story(office))) == ("", 2)


def test_a_case_is_handed_over_with_words_once(office, one, other):
    take(office, 1, one)
    seen = glance(office, 1, one)
    assert casework.hand_over(office, seen, "desk2", "折り返しの電話を待っています") == Done()
    assert casework.hand_over(office, seen, "desk2", "折り返しの電話を待っています") == Done()
    assert holder(office) == "desk2"
    assert len(story(office)) == 2
    assert casework.hand_over(office, glance(office, 1, one), "desk1", "返して") == HeldBy("desk2")


def test_nothing_is_handed_to_who_does_not_work_on_cases(office, one):
    desk.add(office, "audit1", Role.AUDITOR)
    for name in ("audit1", "nobody"):
        with pytest.raises(LookupError):
            casework.hand_over(office, glance(office, 1, one), name, "お願いします")


def test_a_note_stands_once_and_not_upon_what_was_not_seen(office, one, other):
    seen, theirs = glance(office, 1, one), glance(office, 1, other)
    assert [casework.note(office, seen, "電話しました") for _ in range(2)] == [Done(), Done()]
    assert casework.note(office, theirs, "電話します") == Changed()
    assert story(office) == [("desk1", "電話しました")]


def test_a_closed_case_is_closed_once_and_by_one_word(office, one, other):
    seen = glance(office, 1, one)
    assert casework.close(office, seen, "done", "電話で済みました") == Done()
    assert casework.close(office, seen, "done", "電話で済みました") == Done()
    assert casework.close(office, seen, "twice", "案件2") == Changed()
    assert story(office) == [("desk1", "手当てが済んだ：電話で済みました")]
    assert take(office, 1, other) == Changed()


def test_who_answers_has_the_case_and_what_came_meanwhile_is_read_first(office, hanako, one, other):
    seen = glance(office, 1, one)
    with office.store.transaction():
        casework.cases.note_within(office, 1, "member", "続きのメッセージが届きました")
    assert message_desk.answer(office, 1, "desk1", "はい", "a-key-of-a-form", glance=seen) == Changed()
    take(office, 1, other)
    mine = glance(office, 1, one)
    assert message_desk.answer(office, 1, "desk1", "はい", "a-key-of-a-form", glance=mine) == HeldBy("desk2")
    theirs = glance(office, 1, other)
    message_desk.answer(office, 1, "desk2", "はい", "a-key-of-a-form", glance=theirs)
    assert message_desk.answer(office, 1, "desk2", "はい", "a-key-of-a-form", glance=theirs).repeated
    assert (open_cases(office), kinds_of_letters(office)) == ([], ["answered"])


def test_an_application_is_decided_by_who_saw_it_as_it_stands(office, hanako, one, other):
    send(office, hanako, RAISE, proven=True)
    mine, theirs = glance(office, 2, one), glance(office, 2, other)
    assert review.ask_more(office, 1, "desk2", "もう1枚お送りください。", theirs).id == 1
    assert review.refuse(office, 1, "desk1", "できません。", mine) == Changed()
    assert review.approve(office, 1, "desk1", glance=glance(office, 2, one)) == HeldBy("desk2")
    assert review.approve(office, 1, "desk2", glance=glance(office, 2, other)).id == 1
    assert (stage(office, 1), standing(office, hanako).limit) == ("approved", 600_000)
    assert audit.found(office, Filter(kind="application_moved"))[0].facts["stage"] == "approved"


def test_of_two_decisions_at_once_one_stands(office, hanako, one, other):
    send(office, hanako, RAISE, proven=True)
    mine, theirs = glance(office, 2, one), glance(office, 2, other)
    acts = [
        lambda: review.approve(office, 1, "desk1", glance=mine),
        lambda: review.refuse(office, 1, "desk2", "できません。", theirs),
    ]
    found = each_at_once(office, acts)
    assert sum(isinstance(answer, NothingOpen | Changed) for answer in found) == 1
    assert (standing(office, hanako).limit == 600_000) == (stage(office, 1) == "approved")


def test_an_application_is_not_closed_before_it_is_decided(office, hanako, one):
    send(office, hanako, RAISE, proven=True)
    assert casework.close(office, glance(office, 2, one), "done", "") == Unfinished(CaseKind.APPLICATION)
    review.refuse(office, 1, "desk1", "年収を確かめられませんでした。", glance(office, 2, one))
    assert [text for _, text in story(office, 2)] == [
        "お受けできませんでした：年収を確かめられませんでした。"
    ]
    assert cases.read(office.store, 2).outcome == "refused"


def test_a_member_is_written_to_once_and_the_case_is_over(office, hanako, one):
    seen, about = glance(office, 1, one), (hanako.member_id, hanako.contract_id)
    said = ("口座をお確かめください", "a-key-of-a-form")
    assert not message_desk.begin(office, about, Topic.BORROW, said, seen).repeated
    assert message_desk.begin(office, about, Topic.BORROW, said, seen).repeated
    assert kinds_of_letters(office) == ["desk_wrote"]
    assert cases.read(office.store, 1).outcome == "told"


def test_an_answer_of_a_member_is_told_on_the_case(office, hanako, one):
    office.clock.move(timedelta(minutes=1))
    write(office, hanako, "別の件です", "another-key")
    assert [case.kind for case in open_cases(office)] == [CaseKind.MESSAGE.value] * 2
