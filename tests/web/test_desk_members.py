"""The desk finds a member by what it is told on the phone, and sees all that is known of one."""

import pytest

from madoguchi.domain.staff import Role
from madoguchi.services import audit
from madoguchi.store.audit import Filter
from tests import people
from tests.support import desk


@pytest.fixture
def at_desk(visitor, office):
    """An operator at the desk."""
    return desk.walk_in(visitor, office)


def test_a_name_in_kana_leads_to_the_members_page(at_desk, office):
    people.misaki(office)
    at_desk.get("/desk/members")
    at_desk.submit("/desk/members", q="たかはし")
    at_desk.follow("高橋 美咲")
    assert at_desk.heading == "高橋 美咲さん（100000035）"
    assert "返済の遅れ" in at_desk.text
    assert at_desk.data("balance") > 0


@pytest.mark.parametrize(
    ("typed", "told"), [("高橋", "漢字やローマ字では探せません"), ("", "探すものを入れてください")]
)
def test_what_cannot_be_looked_for_is_told_beside_the_field(at_desk, typed, told):
    page = at_desk.get("/desk/members", q=typed) if typed else at_desk.get("/desk/members?q=")
    assert told in page.error_of("q")


def test_nobody_is_found_without_a_word(at_desk):
    at_desk.get("/desk/members", q="ワタナベ")
    assert "当てはまる会員はいません" in at_desk.text


def test_a_number_that_nobody_has_is_not_found(at_desk):
    assert at_desk.get("/desk/members/999999999").status == 404


def test_a_look_is_noted_once_in_ten_minutes(at_desk, office):
    people.ichiro(office)
    for _ in range(2):
        at_desk.get("/desk/members/100000027")
    assert len(audit.found(office, Filter(kind="looked"))) == 1
    office.clock.move(desk.MINUTE * 11)
    at_desk.get("/desk/members/100000027")
    assert len(audit.found(office, Filter(kind="looked"))) == 2


def test_no_secret_stands_on_the_page(at_desk, office):
    people.ken(office)
    text = at_desk.get("/desk/members/100000043").body
    for secret in ("6152", "Momiji5540", "tanakaken1", "9990110003"):
        assert secret not in text


def test_the_page_asks_few_questions_however_much_there_is(at_desk, office):
    people.ken(office)
    at_desk.get("/desk/members/100000043")
    office.store.asked.clear()
    at_desk.client.get("/desk/members/100000043")
    assert len(office.store.asked) <= 12, office.store.asked


def test_an_auditor_sees_members_and_the_way_to_the_log(visitor, office):
    people.ichiro(office)
    desk.walk_in(visitor, office, "audit1", Role.AUDITOR)
    visitor.get("/desk/members/100000027")
    visitor.follow("この会員についての記録")
    assert not visitor.errors
    assert [cell.strip() for cell in visitor.find("//tbody/tr/td[3]/text()")] == ["会員の画面を見た"]
