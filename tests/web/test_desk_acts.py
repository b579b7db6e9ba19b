"""Each act at the desk on its page: what it asks, what it would do, what it did, and why it cannot be."""

import re
from datetime import timedelta

import pytest

from madoguchi.domain.ladder import LADDER, Check, DeskAct
from madoguchi.domain.staff import Role
from madoguchi.services import audit, posting
from madoguchi.store.audit import Filter
from tests import people
from tests.page import Visitor
from tests.support import desk, signing
from tests.support.members import statements

KEN = "/desk/members/100000043"
ASKED = {
    Check.NOTHING: {},
    Check.PHONE: {"told_name": "y", "told_birth_date": "y", "told_address": "y"},
    Check.DOCUMENTS: {"document": "licence", "place": "本店の窓口"},
}


@pytest.fixture
def at_desk(visitor, office):
    """An operator at the desk."""
    return desk.walk_in(visitor, office)


def send(at_desk, path, act, **fields):
    """Open the page of an act and send its form with all that the ladder asks."""
    at_desk.get(f"{path}/{act.value}")
    typed = {"reason": "お申し出", "step": "do", **ASKED[LADDER[act].check], **fields}
    return at_desk.submit(f"{path}/{act.value}", **typed)


def newest(at_desk):
    """The number of the newest entry that can be taken back."""
    return at_desk.get(f"{KEN}/adjustment").find("//select[@name='entry']/option[2]/@value")[0]


def approve(app, office, at_desk):
    """Another person approves what was asked for; returns the page."""
    office.clock.move(timedelta(minutes=1))
    other = desk.walk_in(Visitor(app), office, "desk2", Role.APPROVER)
    path = at_desk.path
    other.get(path)
    return other.submit(f"{path}/approval", words="")


@pytest.mark.parametrize("act", DeskAct)
def test_each_page_says_what_it_asks_or_why_it_cannot_be(at_desk, office, act):
    people.ken(office)
    page = at_desk.get(f"{KEN}/{act.value}")
    assert page.status == 200
    assert page.find("//form[@class='card stack']") or "いまはできません" in page.text


def test_the_members_page_leads_to_every_act(at_desk, office):
    people.ken(office)
    links = at_desk.get(KEN).find("//nav[@class='card']//a/@href")
    assert {f"{KEN}/{act.value}" for act in DeskAct} <= set(links)


def test_a_hold_is_done_with_a_reason_alone_and_told(at_desk, office):
    people.ken(office)
    page = send(at_desk, KEN, DeskAct.HOLD)
    assert page.heading == "カードを止める：終わりました"
    assert "desk1" in page.text
    again = at_desk.get(f"{KEN}/hold")
    assert "窓口で、もう止めています" in again.text


def test_a_reason_is_asked_and_no_number_may_stand_in_it(at_desk, office):
    people.ken(office)
    assert send(at_desk, KEN, DeskAct.HOLD, reason=" ").error_of("reason")
    page = send(at_desk, KEN, DeskAct.HOLD, reason="免許証 １２３４-５６７８")
    assert "番号は書かないでください" in page.error_of("reason")
    assert audit.found(office, Filter(kind="act:hold")) == []


def test_too_few_facts_are_told_beside_the_boxes_and_the_rest_is_kept(at_desk, office):
    people.ken(office)
    page = send(at_desk, KEN, DeskAct.TELL_NUMBER, told_address=None)
    assert page.status == 422
    assert "ご住所か電話番号" in page.text
    assert page.find("//input[@name='reason']/@value") == ["お申し出"]


def test_the_number_is_told_after_the_check(at_desk, office):
    people.ken(office)
    page = send(at_desk, KEN, DeskAct.TELL_NUMBER)
    assert "100000043" in page.text
    assert audit.found(office, Filter(kind="act:number"))[0].by_whom == "desk1"


def test_a_waiver_is_shown_then_asked_for_then_approved_by_somebody_else(app, at_desk, office):
    who = people.ken(office)
    posting.charge_fee(office, who.contract_id, 110, office.business_day(), "fee")
    page = send(at_desk, KEN, DeskAct.WAIVE, fees="１１０", step="look")
    assert "110円 → 0円" in page.text
    assert page.find("//input[@name='fees']/@value")
    page = at_desk.submit(f"{KEN}/waiver", step="do")
    assert page.path.startswith("/desk/requests/")
    assert "運転免許証（本店の窓口）" in page.text
    page = approve(app, office, at_desk)
    assert "承認（desk2" in re.sub(r"\s", "", page.text)
    assert at_desk.get(f"{KEN}/done/waiver").heading == "利息などを免除する：終わりました"


def test_a_waiver_of_more_than_is_owed_says_so(at_desk, office):
    people.ken(office)
    page = send(at_desk, KEN, DeskAct.WAIVE, fees="1", step="look")
    assert page.status == 422
    assert "手数料は、いま支払いが必要な額までです" in page.text


def test_an_adjustment_shows_its_effect_and_gives_back_nothing_before_the_approval(app, at_desk, office):
    people.ken(office)
    page = send(at_desk, KEN, DeskAct.ADJUST, entry=newest(at_desk), step="look")
    assert "取り消す取引" in page.text
    assert "→" in page.text
    page = at_desk.submit(f"{KEN}/adjustment", step="do")
    assert page.path.startswith("/desk/requests/")
    assert "承認" in approve(app, office, at_desk).text


def test_an_adjustment_with_a_day_that_is_none_keeps_what_was_typed(at_desk, office):
    people.ken(office)
    page = send(
        at_desk, KEN, DeskAct.ADJUST, entry=newest(at_desk), step="look", amount="5000", day="2026-02-31"
    )
    assert page.error_of("day")
    assert page.find("//input[@name='amount']/@value") == ["5000"]


def test_a_reset_pin_leads_to_the_counters_screen(app, at_desk, office):
    people.ken(office)
    send(at_desk, KEN, DeskAct.PIN_RESET)
    approve(app, office, at_desk)
    page = at_desk.get(f"{KEN}/pin")
    assert page.find("//a[starts-with(@href, '/desk/counter/')]")


def test_a_paper_is_never_chosen_beforehand(at_desk, office):
    people.ken(office)
    page = send(at_desk, KEN, DeskAct.PIN_RESET, document="")
    assert page.error_of("document")
    assert page.find("//input[@name='place']/@value") == ["本店の窓口"]


def test_what_another_asked_for_already_is_said_on_the_page(at_desk, office):
    people.ken(office)
    send(at_desk, KEN, DeskAct.PIN_RESET)
    page = send(at_desk, KEN, DeskAct.PIN_RESET, reason="ほかの理由")
    assert page.status == 422
    assert "決まるのを待っています" in page.text


def test_a_double_press_ends_on_the_same_page_and_is_one_request(at_desk, office):
    people.ken(office)
    first = send(at_desk, KEN, DeskAct.PIN_RESET).path
    assert send(at_desk, KEN, DeskAct.PIN_RESET).path == first


def test_the_arrangement_cannot_begin_tomorrow(at_desk, office):
    people.ken(office)
    page = send(at_desk, KEN, DeskAct.ARRANGE, day="2026-11-21")
    assert "今日までの日" in page.error_of("day")


def test_what_was_never_done_has_no_page(at_desk, office):
    people.ken(office)
    assert at_desk.get(f"{KEN}/done/hold").status == 404
    assert at_desk.get(f"{KEN}/done/no-such-act").status == 404


def test_the_member_reads_of_a_waiver_in_the_history(app, at_desk, office):
    who = people.ken(office)
    posting.charge_fee(office, who.contract_id, 110, office.business_day(), "fee")
    send(at_desk, KEN, DeskAct.WAIVE, fees="110")
    approve(app, office, at_desk)
    member = Visitor(app)
    member.get("/login")
    signing.by_web_id(member, who.persona.web_id, who.persona.password)
    page = member.get("/history")
    assert "免除" in page.text
    page = member.get(page.find("//tbody/tr[1]//a/@href")[0])
    assert "110円" in page.text


def test_no_page_of_an_act_asks_the_books_more_than_eight_times(at_desk, office):
    people.sakura(office)
    at_desk.get("/desk/members/100000051/hold")
    for act in DeskAct:
        with statements(office.store) as asked:
            at_desk.client.get(f"/desk/members/100000051/{act.value}")
        assert len(asked) <= 8, (act, asked)


@pytest.mark.parametrize(("email", "words"), [("ken@example.jp", "登録の連絡先へ"), ("", "知らせていません")])
def test_an_act_says_whether_its_member_is_told(at_desk, office, email, words):
    people.ken(office)
    with office.store.transaction():
        office.store.write("UPDATE member SET email = ? WHERE number = '100000043'", (email,))
    assert words in send(at_desk, KEN, DeskAct.HOLD).text
