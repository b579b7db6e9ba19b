"""/lost-card and /misuse without signing in: the same answer for everybody, at any hour."""

from datetime import datetime, timedelta

import pytest

from madoguchi.domain.maintenance import JAPAN
from madoguchi.services import cast
from tests.page import Visitor
from tests.support.signing import by_card, by_web_id, told

WHO = {"name_kana": "サトウ ハナコ", "phone_or_member_number": cast.HANAKO.member.number}
BORN = cast.HANAKO.member.birth_date.isoformat()
BOTH = pytest.mark.parametrize("address", ["/lost-card", "/misuse"])


@pytest.fixture
def owner(app):
    """Somebody without a session."""
    return Visitor(app)


def report(visitor, address, **changes):
    """Fill and send the form."""
    visitor.get(address)
    return visitor.submit(address, **({**WHO, "birth_date": BORN} | changes))


def states(office):
    """The states of Hanako's contract, as they are cached."""
    return office.store.one("SELECT states FROM contract")[0]


def test_a_card_that_is_reported_signs_nobody_in_any_more(office, owner, visitor):
    page = report(owner, "/lost-card")
    assert (page.status, page.path.partition("?")[0]) == (200, "/lost-card/done")
    assert page.heading == "カードの届け出を受け付けました"
    for words in ("交番", "受理番号", "24時間"):
        assert words in page.text
    assert {"/repay/transfer", "/web-id/register"} <= set(page.find("//main//a/@href"))
    by_card(visitor)
    assert visitor.path != "/home"
    by_web_id(visitor)
    assert "紛失の届け出を受けて、止めました" in visitor.text


def test_misuse_ends_the_sessions_and_stops_borrowing(office, owner, visitor):
    by_web_id(visitor)
    assert report(owner, "/misuse").path.partition("?")[0] == "/misuse/done"
    assert visitor.get("/home", follow=False).status == 303
    assert states(office) == 8 + 32


@BOTH
def test_the_answer_is_the_same_for_somebody_and_for_nobody(office, app, address):
    mine, wrong = Visitor(app), Visitor(app)
    mine.get(address), wrong.get(address)
    first = mine.submit(address, follow=False, **WHO, birth_date=BORN)
    second = wrong.submit(
        address, follow=False, **WHO | {"phone_or_member_number": "100000999"}, birth_date=BORN
    )
    assert told(first) == told(second)
    done = first.headers["Location"]
    assert done == second.headers["Location"]
    assert told(mine.get(done)) == told(wrong.get(done))
    assert states(office) > 0


@BOTH
def test_who_reported_nothing_is_not_told_that_it_was_taken(owner, address):
    for query in ("", "?at=1&mark=x"):
        page = owner.get(f"{address}/done{query}")
        assert "届け出を受け付けました" not in page.text
        assert "もう" not in page.find("//main//h2")[0].text
        assert address in page.find("//main//a/@href")


@BOTH
def test_it_works_in_maintenance(office, owner, address):
    office.clock.move(datetime(2026, 11, 23, 3, 0, tzinfo=JAPAN) - office.now())
    assert report(owner, address).status == 200
    assert states(office) > 0


@pytest.mark.parametrize("name", ["さとう はなこ", "ｻﾄｳ ﾊﾅｺ", "サトウハナコ"])
def test_any_kana_and_width_will_do(office, owner, name):
    born = f"{cast.HANAKO.member.birth_date:%Y年%m月%d日}"
    report(
        owner, "/lost-card", name_kana=name, phone_or_member_number="１００-０００-０１９", birth_date=born
    )
    assert states(office) == 8


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name_kana", "佐藤 花子", "お名前の「佐」は読み取れません。カタカナかひらがなで入れてください"),
        ("name_kana", "", "お名前（カナ）を入れてください"),
        ("birth_date", "1988-02-30", "生年月日に、暦にない日付が入っています"),
        ("birth_date", "2027-01-01", "生年月日に、これからの日付が入っています"),
        ("phone_or_member_number", "123", "電話番号（10桁か11桁）か、会員番号（9桁）を数字で入れてください"),
    ],
)
@BOTH
def test_what_cannot_be_is_told_beside_its_field(office, owner, address, field, typed, sentence):
    page = report(owner, address, **{field: typed})
    assert (page.status, page.error_of(field)) == (422, sentence)
    assert "止めていません" in page.errors[0]
    assert page.find(f"//input[@name='{field}']/@value") == [typed]
    assert states(office) == 0


def test_the_sixth_report_of_a_number_in_an_hour_is_led_to_the_phone(office, owner):
    for _ in range(5):
        assert report(owner, "/lost-card").status == 200
    page = report(owner, "/lost-card")
    assert (page.status, page.headers["Retry-After"]) == (429, "3600")
    assert page.find("//main//a[starts-with(@href, 'tel:')]")
    office.clock.move(timedelta(hours=1))
    assert report(owner, "/lost-card").status == 200


def test_an_address_that_reports_too_often_is_led_to_the_phone(office, owner):
    for n in range(30):
        report(owner, "/lost-card", phone_or_member_number=f"2000000{n:02}")
    assert report(owner, "/lost-card").status == 429
    assert states(office) == 0
