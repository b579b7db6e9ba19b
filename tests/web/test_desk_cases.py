"""One case on the screen: taken, handed on, noted and closed; typed text outlives somebody else's act."""

from io import BytesIO

import pytest

from madoguchi.domain.staff import Role
from madoguchi.services import audit, cases, casework
from madoguchi.services.cases import CaseKind
from madoguchi.store import cases as rows
from madoguchi.store.audit import Filter
from tests import people
from tests.page import Visitor
from tests.support import desk
from tests.support.applying import CARD, RAISE, send, stage
from tests.support.casework import glance, lose_by_form, take, write
from tests.support.money import standing

ONE = "/desk/cases/1"


@pytest.fixture
def hanako(office):
    """Who stands in the books already."""
    return people.Made(1, 1, people.cast.HANAKO)


@pytest.fixture
def at_desk(visitor, office):
    """desk1 at the desk."""
    return desk.walk_in(visitor, office)


@pytest.fixture
def other(app, office, at_desk):
    """desk2, at another screen."""
    found = Visitor(app)
    return desk.walk_in(found, office, "desk2", Role.APPROVER)


def opened(office, kind=CaseKind.CONTACT, facts=None, **about):
    """A case of its own."""
    with office.store.transaction():
        return cases.open_within(office, kind, facts or {"name_kana": "ヤマダ タロウ"}, **about).case_id


def test_a_case_nobody_has_is_taken_noted_on_and_closed(at_desk, office):
    opened(
        office,
        facts={
            "name_kana": "ヤマダ タロウ",
            "topic": "repay",
            "message": "支払いの相談",
            "phone": "0312345678",
        },
    )
    at_desk.get("/desk")
    at_desk.follow("お問い合わせ 1")
    assert "支払いの相談" in at_desk.text
    assert "引き受けました" in at_desk.submit(f"{ONE}/holder").text
    at_desk.submit(f"{ONE}/notes", note="電話で説明した")
    assert "電話で説明した" in at_desk.text
    at_desk.submit(f"{ONE}/closing", outcome="answered", close_words="電話")
    assert "返事をした" in at_desk.text
    assert not at_desk.find("//form[contains(@action, 'closing')]")
    assert "待っている案件はありません" in at_desk.get("/desk").text


def test_a_case_goes_back_and_to_a_colleague(at_desk, other, office):
    opened(office)
    at_desk.get(ONE)
    at_desk.submit(f"{ONE}/holder")
    at_desk.submit(f"{ONE}/return")
    assert "受付箱に戻しました" in at_desk.text
    assert at_desk.submit(f"{ONE}/handover", to="desk2").error_of("hand_words") != ""
    at_desk.submit(f"{ONE}/handover", to="desk2", hand_words="折り返し待ち")
    assert rows.read(office.store, 1).taken_by == "desk2"
    assert "折り返し待ち" in other.get("/desk", whose="mine").text or "お問い合わせ 1" in other.text
    other.follow("お問い合わせ 1")
    assert "desk2さんに引き継ぎました：折り返し待ち" in other.text


def test_two_people_at_one_case_see_each_other_and_that_it_moved(at_desk, other, office):
    opened(office)
    at_desk.get(ONE)
    assert "desk1さんも、いまこの案件を見ています" in other.get(ONE).text
    [asked] = at_desk.find("//div[@id='presence']/@data-hx-get")
    assert "desk2さんも" in at_desk.get(asked).text
    assert "動きました" not in at_desk.text
    other.submit(f"{ONE}/notes", note="こちらで電話します")
    assert "見ているあいだに動きました" in at_desk.get(asked).text


def test_what_was_typed_stays_when_somebody_was_faster_and_goes_through_the_second_time(
    at_desk, other, office
):
    opened(office)
    at_desk.get(ONE)
    other.get(ONE)
    other.submit(f"{ONE}/notes", note="こちらで電話しました")
    page = at_desk.submit(f"{ONE}/notes", note="私の長い説明")
    assert page.status == 422
    assert "この案件が動きました" in page.text
    assert "こちらで電話しました" in page.text
    assert page.find("//textarea[@name='note']/text()")[0].strip() == "私の長い説明"
    at_desk.submit(f"{ONE}/notes")
    assert [note.text for note in rows.notes(office.store, 1)] == ["こちらで電話しました", "私の長い説明"]


def test_a_fault_in_a_form_does_not_hide_that_the_case_moved(at_desk, other, office):
    opened(office)
    at_desk.get(ONE)
    other.get(ONE)
    other.submit(f"{ONE}/notes", note="こちらで電話しました")
    assert "書きとめることを入れてください" in at_desk.submit(f"{ONE}/notes", note="").error_of("note")
    assert "見ているあいだに動きました" in at_desk.text
    assert "この案件が動きました" in at_desk.submit(f"{ONE}/notes", note="電話します").text


def test_who_has_a_case_is_named_and_can_be_relieved(at_desk, other, office, hanako):
    write(office, hanako)
    other.get(ONE)
    other.submit(f"{ONE}/holder")
    at_desk.get(ONE)
    at_desk.submit(f"{ONE}/answer", message="お答えします")
    assert "desk2さんが持っている案件です" in at_desk.text
    assert "お答えします" in at_desk.text
    at_desk.submit(f"{ONE}/holder")
    at_desk.submit(f"{ONE}/answer", message="お答えします")
    assert rows.read(office.store, 1).outcome == "answered"


def test_a_raise_stands_beside_its_papers_and_the_law_and_is_agreed_to_for_less(at_desk, office, hanako):
    send(office, hanako, RAISE, proven=True)
    at_desk.get(ONE)
    for figure in ("4,200,000円", "1,400,000円", "300,000円", "1,100,000円", "600,000円", "500,000円"):
        assert figure in at_desk.text
    assert at_desk.find("//img/@src") == ["/desk/uploads/1"]
    at_desk.submit(f"{ONE}/taking-up")
    assert stage(office, 1) == "taken"
    assert "A-17" in at_desk.submit(f"{ONE}/approval", limit="500000").text
    at_desk.submit(f"{ONE}/approval", limit="５５０，０００")
    assert (stage(office, 1), standing(office, hanako).limit) == ("approved", 550_000)
    assert "承りました" in at_desk.text


def test_words_are_needed_to_ask_and_to_refuse(at_desk, office, hanako):
    send(office, hanako, CARD)
    at_desk.get(ONE)
    assert at_desk.submit(f"{ONE}/questions").error_of("words") != ""
    assert "お返事を待っています" in at_desk.submit(f"{ONE}/questions", words="いつからですか。").text
    seen = at_desk.find("//input[@name='seen']/@value")[0]
    at_desk.post(f"{ONE}/refusal", words="できません。", seen=seen)
    assert stage(office, 1) == "refused"


def test_what_is_decided_twice_is_decided_once(at_desk, office, hanako):
    send(office, hanako, RAISE, proven=True)
    form = at_desk.get(ONE)
    at_desk.submit(f"{ONE}/approval")
    at_desk.page = form
    assert "先に終わっていて" in at_desk.submit(f"{ONE}/approval").text
    assert standing(office, hanako).limit == 600_000


def test_a_card_that_is_made_leads_to_handing_it_over_for_this_case(at_desk, office, hanako):
    send(office, hanako, CARD)
    at_desk.get(ONE)
    at_desk.submit(f"{ONE}/approval")
    at_desk.follow("新しいカードを渡す")
    assert at_desk.find("//select[@name='case']/option[@selected]/@value") == ["1"]


def test_an_answer_is_sent_once_for_each_form(at_desk, office, hanako):
    write(office, hanako)
    form = at_desk.get(ONE)
    for _ in range(2):
        at_desk.page = form
        at_desk.submit(f"{ONE}/answer", message="新しいカードをお送りします")
    assert office.store.rows("SELECT COUNT(*) FROM message") == [(2,)]
    assert audit.found(office, Filter(kind="member_written"))[0].by_whom == "desk1"


def test_an_empty_answer_is_told_and_a_thread_can_be_ended(at_desk, office, hanako):
    write(office, hanako)
    at_desk.get(ONE)
    assert "入れてください" in at_desk.submit(f"{ONE}/answer", message=" ").error_of("message")
    at_desk.submit(f"{ONE}/end")
    assert rows.read(office.store, 1).outcome == "closed"


def test_a_report_that_fits_somebody_leads_to_their_card_and_one_that_fits_nobody_to_the_search(
    at_desk, office, hanako
):
    lose_by_form(office, hanako)
    at_desk.get(ONE)
    assert "停止中" in at_desk.text
    at_desk.follow("紛失と決める（新しいカードを作る）")
    assert at_desk.heading == "カードの紛失を受け付ける"
    opened(office, CaseKind.LOST_CARD, {"found": False, "number": "09000000000", "from": "form"})
    at_desk.get("/desk/cases/2")
    assert "なし（会員をさがしてください）" in at_desk.text


def test_files_are_shown_to_the_desk_and_the_look_is_noted(at_desk, office, hanako):
    send(office, hanako, RAISE, proven=True)
    answer = at_desk.client.get("/desk/uploads/1")
    assert BytesIO(answer.data).read(2) == b"\xff\xd8"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    line = audit.found(office, Filter(kind="file_seen"))[0]
    assert (line.by_whom, line.member_id, line.facts) == ("desk1", hanako.member_id, {"file": 1})


@pytest.mark.parametrize("path", ["/desk/cases/9", "/desk/cases/9/presence", "/desk/uploads/9"])
def test_what_never_was_is_not_found(at_desk, path):
    assert at_desk.get(path).status == 404


@pytest.mark.parametrize("act", ["taking-up", "approval", "answer", "end"])
def test_acts_of_another_kind_are_not_found(at_desk, office, act):
    opened(office)
    at_desk.get(ONE)
    assert at_desk.post(f"{ONE}/{act}", message="x").status == 404


def test_no_case_asks_more_than_a_page_may_however_long_its_story(at_desk, office, hanako):
    send(office, hanako, RAISE, proven=True)
    who = casework.Colleague(1, "desk1", None, office.now(), False)
    take(office, 1, who)
    for turn in range(20):
        casework.note(office, glance(office, 1, who), f"電話 {turn}")
    at_desk.get(ONE)
    office.store.asked.clear()
    at_desk.client.get(ONE)
    assert len(office.store.asked) <= 8, office.store.asked


def test_a_case_where_nothing_was_done_is_closed_with_words_alone(at_desk, office):
    number = opened(office)
    at_desk.get(f"/desk/cases/{number}")
    page = at_desk.submit(f"/desk/cases/{number}/closing", outcome="no_need")
    assert "わけを書いて" in page.error_of("close_words")
    at_desk.submit(f"/desk/cases/{number}/closing", outcome="no_need", close_words="間違い電話")
    assert "手当てはいらなかった：間違い電話" in at_desk.text
