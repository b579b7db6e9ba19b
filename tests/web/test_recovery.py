"""The pages that set a new password: one answer for all, and Sakura back in."""

import pytest

from madoguchi.services import cast
from tests import people
from tests.support.mailbox import letters, token
from tests.support.signing import told

SAKURA, PASSWORD = cast.SAKURA, "Kikyou4821x"


@pytest.fixture
def sakura(plain_office):
    return people.sakura(plain_office)


def ask(visitor, who=SAKURA.web_id, email=SAKURA.member.email, **more):
    visitor.get("/password/reset")
    return visitor.submit("/password/reset", web_id_or_member_number=who, email=email, **more)


def opened(visitor, office):
    """Somebody who asked and followed the link."""
    ask(visitor)
    return visitor.get("/password/reset/" + token(office, "password_link"))


def choose(visitor, password=PASSWORD, again=None):
    return visitor.submit("choose", password=password, password_again=again or password)


@pytest.mark.parametrize("who", ["sakura0401", "ｓａｋｕｒａ０４０１", "100000051", "１０００-０００-５１"])
def test_sakura_gets_back_in_by_web_id_or_member_number(stranger, plain_office, sakura, who):
    ask(stranger, who)
    stranger.get("/password/reset/" + token(plain_office, "password_link"))
    assert choose(stranger).heading == "パスワードが変わりました"
    stranger.get("/login")
    stranger.submit("/login/web-id", web_id=SAKURA.web_id, password=PASSWORD, follow=False)
    assert stranger.client.get("/home").status_code == 200


def test_a_match_and_every_mismatch_read_the_same_to_the_byte(stranger, plain_office, sakura):
    people.newcomer(plain_office)  # Ichiro has no Web-ID
    pairs = [
        (SAKURA.web_id, SAKURA.member.email),
        (SAKURA.web_id.upper(), SAKURA.member.email),
        ("nobody123", SAKURA.member.email),
        ("100000051", "nobody@example.jp"),
        (cast.ICHIRO.member.number, cast.ICHIRO.member.email),
    ]
    answers = [told(ask(stranger, *pair)) for pair in pairs]
    assert answers == [answers[0]] * len(pairs)
    assert [letter["to"] for letter in letters(plain_office)] == [SAKURA.member.email]


@pytest.mark.parametrize("who", ["", "short", "a" * 33, "sakura_0401", "12345678901234567890123456789012345"])
def test_what_is_neither_is_told_and_written_nowhere(stranger, plain_office, who):
    page = ask(stranger, who)
    assert page.status == 422
    assert page.error_of("web_id_or_member_number")
    assert plain_office.store.rows("SELECT 1 FROM token") == []


def test_a_signed_in_browser_is_signed_out_by_the_reset(stranger, plain_office):
    people.newcomer(plain_office, cast.HANAKO)
    hanako = cast.HANAKO
    stranger.get("/login")
    stranger.submit("/login/card", card_number=hanako.card, pin=hanako.pin, follow=False)
    copy = stranger.client.get_cookie("session").value
    ask(stranger, hanako.web_id, hanako.member.email)
    stranger.get("/password/reset/" + token(plain_office, "password_link"))
    assert choose(stranger).heading == "パスワードが変わりました"
    stranger.client.set_cookie("session", copy)
    assert stranger.client.get("/home").status_code == 303


def test_a_link_works_once_and_then_says_what_to_do(stranger, plain_office, sakura):
    opened(stranger, plain_office)
    path = stranger.path
    assert stranger.submit("choose").status == 422
    assert choose(stranger, again="Kikyou4821y").error_of("password_again")
    assert "Web-ID" in choose(stranger, "Xsakura0401").error_of("password")
    choose(stranger)
    page = stranger.get(path)
    assert page.status == 410
    assert "/password/reset" in page.find("//main//a/@href")


def test_the_estimate_knows_the_members_own_web_id(stranger, plain_office, sakura):
    opened(stranger, plain_office)
    answer = stranger.post(f"{stranger.path}/estimate", password="xsakura0401")
    assert "Web-ID" in answer.text
    assert "xsakura0401" not in answer.body
