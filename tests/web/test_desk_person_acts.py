"""A person's acts at the desk: what is asked, what a second person decides, and what is on the list."""

import pytest

from madoguchi.services import four_eyes, letters
from tests import people
from tests.support import desk
from tests.support.contracts import fill_in

HANAKO = "/desk/members/100000019"
PAPERS = {"document": "運転免許証", "place": "本店の窓口", "reason": "店頭"}
NAME = PAPERS | {"person_name": "高橋 花子", "name_kana": "ﾀｶﾊｼ ﾊﾅｺ", "name_romaji": "Takahashi Hanako"}
CONTACTS = PAPERS | {"phone": "09000000001", "email": "hanako2@example.jp"}
DEATH = PAPERS | {"document": "住民票の除票", "died_on": "2026-11-01", "heirs": "長女"}
MAIL = {"email": "hanako2@example.jp", "reason": "戻ってきた"} | dict.fromkeys(
    ("asked_name", "asked_birth", "asked_address"), "y"
)


@pytest.fixture
def at_desk(visitor, office):
    """An operator at the desk."""
    return desk.walk_in(visitor, office)


@pytest.mark.parametrize(("which", "typed"), [("name", NAME), ("contacts", CONTACTS), ("death", DEATH)])
def test_what_is_typed_becomes_a_request(at_desk, office, which, typed):
    at_desk.get(f"{HANAKO}/{which}")
    page = at_desk.submit(f"{HANAKO}/{which}", **typed)
    assert page.path.startswith("/desk/requests/")
    assert "100000019" in page.text
    assert len(four_eyes.waiting(office)) == 1


@pytest.mark.parametrize(
    ("which", "typed", "field"),
    [
        ("name", NAME | {"document": ""}, "document"),
        ("name", NAME | {"name_kana": "高橋"}, "name_kana"),
        ("contacts", CONTACTS | {"phone": "0120"}, "phone"),
        ("contacts", CONTACTS | {"email": "x"}, "email"),
        ("death", DEATH | {"died_on": "2026-11-21"}, "died_on"),
        ("death", DEATH | {"heirs": ""}, "heirs"),
        ("mail", MAIL | {"email": "x"}, "email"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(at_desk, office, which, typed, field):
    letters.bounced(office, "hanako@example.jp")
    at_desk.get(f"{HANAKO}/{which}")
    page = at_desk.submit(f"{HANAKO}/{which}", **typed)
    assert page.status == 422
    assert page.error_of(field)
    assert four_eyes.waiting(office) == []


def test_a_death_that_is_noted_can_only_be_taken_back(at_desk, office):
    with office.store.transaction():
        office.store.write("UPDATE member SET died_on = 20261101 WHERE number = '100000019'")
    page = at_desk.get(f"{HANAKO}/death")
    assert "2026年11月1日" in page.text
    assert at_desk.submit(f"{HANAKO}/death/undoing", **PAPERS | {"place": ""}).error_of("place")
    page = at_desk.submit(f"{HANAKO}/death/undoing", **PAPERS)
    assert page.heading == "亡くなられた登録の取り消し"


def test_bounced_mail_is_asked_to_be_set_right_once_all_was_asked(at_desk, office):
    assert "ありません" in at_desk.get("/desk/bounced").text
    letters.bounced(office, "hanako@example.jp")
    assert "佐藤 花子さん（100000019）" in at_desk.get("/desk/bounced").text
    at_desk.get(f"{HANAKO}/mail")
    assert at_desk.submit(f"{HANAKO}/mail", email=MAIL["email"], reason="x", asked_name="y").status == 422
    assert at_desk.submit(f"{HANAKO}/mail", **MAIL).heading == "メールアドレスの訂正"
    assert [one.act for one in four_eyes.waiting(office)] == ["set_mail_right"]


def test_a_mail_address_that_is_fine_has_no_form(at_desk):
    page = at_desk.get(f"{HANAKO}/mail")
    assert "戻ってきていない" in page.text
    assert not page.find("//main//form")


@pytest.mark.parametrize(("which", "typed"), [("mail", MAIL), ("contacts", CONTACTS)])
def test_an_address_that_another_member_has_asks_for_a_tick(at_desk, office, which, typed):
    people.ichiro(office)
    letters.bounced(office, "hanako@example.jp")
    at_desk.get(f"{HANAKO}/{which}")
    typed = typed | {"email": "ichiro@example.jp"}
    assert "ほかの会員" in at_desk.submit(f"{HANAKO}/{which}", **typed).error_of("email")
    at_desk.submit(f"{HANAKO}/{which}", **typed, shared="y")
    assert len(four_eyes.waiting(office)) == 1


@pytest.mark.parametrize("which", ["name", "contacts", "mail", "counter"])
def test_of_a_member_who_died_nothing_can_be_asked_for(at_desk, office, which):
    with office.store.transaction():
        office.store.write("UPDATE member SET died_on = 20261101 WHERE number = '100000019'")
    page = at_desk.get(f"{HANAKO}/{which}")
    assert page.heading == "いまはできません"
    assert not page.find("//main//form")


def test_a_card_without_a_pin_gets_a_ticket_and_one_with_a_pin_none(at_desk, office):
    people.ichiro(office)
    page = at_desk.get(f"{HANAKO}/counter")
    assert "もう暗証番号があります" in page.text
    with office.store.transaction():
        office.store.write("UPDATE card SET pin_hash = NULL WHERE number = '9990110000000022'")
    at_desk.get("/desk/members/100000027/counter")
    page = at_desk.submit("/desk/members/100000027/counter", **PAPERS)
    assert page.path == "/desk/counter/1"
    assert at_desk.get("/desk/members/100000027/counter").path == "/desk/counter/1"


def test_the_members_page_leads_to_each_act(at_desk):
    links = at_desk.get(HANAKO).find("//main//a/@href")
    for which in ("name", "contacts", "death", "mail", "counter"):
        assert f"{HANAKO}/{which}" in links


@pytest.mark.parametrize(
    "path",
    ["/desk/bounced", "/desk/retention", "/desk/contracts/new"]
    + [
        f"{HANAKO}/{which}"
        for which in ("name", "contacts", "death", "mail", "counter", "disclosure", "call-in")
    ],
)
def test_no_page_asks_the_books_more_than_eight_times(at_desk, office, path):
    office.store.asked.clear()
    assert at_desk.client.get(path).status_code == 200
    assert len(office.store.asked) <= 8, office.store.asked


def test_a_number_that_nobody_has_is_not_found(at_desk):
    assert at_desk.client.get("/desk/members/999999999/name").status_code == 404
    assert fill_in(at_desk).status == 200
