"""The pages that register a Web-ID: one answer for all, one use of a link, no password sent back."""

from dataclasses import replace

import pytest

from madoguchi.services import cast
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support.mailbox import letters, token
from tests.support.signing import told
from tests.web.conftest import ROOT

ICHIRO, PASSWORD = cast.ICHIRO.member, "Kikyou4821x"


@pytest.fixture
def ichiro(plain_office):
    return people.newcomer(plain_office)


def ask(visitor, number=ICHIRO.number, email=ICHIRO.email, **more):
    visitor.get("/web-id/register")
    return visitor.submit("/web-id/register", member_number=number, email=email, **more)


def opened(visitor, office):
    """Somebody who asked and followed the link."""
    ask(visitor)
    return visitor.get("/web-id/register/" + token(office, "web_id_link"))


def choose(visitor, web_id="suzuki9602x", password=PASSWORD, again=None, **more):
    return visitor.submit(
        "choose", web_id=web_id, password=password, password_again=again or password, **more
    )


def test_from_the_number_to_the_first_sign_in(stranger, plain_office, ichiro):
    opened(stranger, plain_office)
    assert choose(stranger).heading == "Web-IDを登録しました"
    stranger.get("/login")
    stranger.submit("/login/web-id", web_id="suzuki9602x", password=PASSWORD, follow=False)
    assert stranger.client.get("/home").status_code == 200


def test_a_match_and_a_mismatch_read_the_same_to_the_byte(stranger, plain_office, ichiro):
    answers = [
        told(ask(stranger, number, email, follow=follow))
        for follow in (False, True)
        for number, email in ((ICHIRO.number, ICHIRO.email), ("100000099", ICHIRO.email))
    ]
    assert answers[0] == answers[1]
    assert answers[2] == answers[3]
    assert answers[2][0] == 200
    assert [letter["to"] for letter in letters(plain_office)] == [ICHIRO.email] * 2


@pytest.mark.parametrize(
    ("number", "email", "field"),
    [
        ("", ICHIRO.email, "member_number"),
        ("9990110000000014", ICHIRO.email, "member_number"),
        (ICHIRO.number, "", "email"),
        (ICHIRO.number, "ichiro.example.jp", "email"),
        (ICHIRO.number, "i@" + "a" * 300 + ".jp", "email"),
    ],
)
def test_what_has_the_wrong_form_is_told_beside_its_field_and_written_nowhere(
    stranger, plain_office, number, email, field
):
    page = ask(stranger, number, email)
    assert page.status == 422
    assert page.error_of(field)
    assert page.find(f"//input[@name='{field}']/@value") == [number if field == "member_number" else email]
    assert plain_office.store.rows("SELECT 1 FROM token") == []


def test_any_width_is_understood(stranger, plain_office, ichiro):
    assert ask(stranger, "１０００－０００２７", "ｉｃｈｉｒｏ＠ｅｘａｍｐｌｅ．ｊｐ").status == 200
    assert len(letters(plain_office)) == 1


def test_scanners_that_open_the_link_and_press_its_button_use_nothing_up(stranger, plain_office, ichiro):
    opened(stranger, plain_office)
    path = stranger.path
    for _ in range(3):
        assert stranger.client.head(path).status_code == 200
        stranger.get(path)
        assert stranger.submit("choose").status == 422
    assert choose(stranger).status == 200
    assert stranger.path == "/web-id/register/done"


def test_used_and_made_up_links_get_the_same_page(stranger, plain_office, ichiro):
    opened(stranger, plain_office)
    path = stranger.path
    choose(stranger)
    used, forged = stranger.get(path), stranger.get("/web-id/register/" + "A" * 43)
    assert told(used) == told(forged)
    assert (used.status, used.heading) == (410, "このリンクは使えません")
    assert "/web-id/register" in used.find("//main//a/@href")


def test_a_used_link_sets_nothing_more(stranger, plain_office, ichiro):
    opened(stranger, plain_office)
    second = Visitor(stranger.client.application)
    second.get(stranger.path)
    choose(stranger)
    assert choose(second, web_id="another77").status == 410
    assert plain_office.store.rows("SELECT web_id FROM web_id") == [("suzuki9602x",)]


@pytest.mark.parametrize(
    ("web_id", "password", "again", "field", "words"),
    [
        ("short", PASSWORD, None, "web_id", "8〜32文字"),
        ("suzuki_9602", PASSWORD, None, "web_id", "8〜32文字"),
        ("100000027", PASSWORD, None, "web_id", "会員番号やカード番号"),
        ("9990110000000022", PASSWORD, None, "web_id", "会員番号やカード番号"),
        ("suzuki9602x", "", None, "password", "入れてください"),
        ("suzuki9602x", PASSWORD, PASSWORD + "y", "password_again", "2回の入力"),
        ("suzuki9602x", "Ｋｉｋｙｏｕ４８２１", None, "password", "全角"),
        ("suzuki9602x", "Kikyou4821!", None, "password", "半角の英数字"),
        ("suzuki9602x", "Kik4821", None, "password", "8文字以上"),
        ("suzuki9602x", "Kikyou4821Kikyou4821x", None, "password", "20文字まで"),
        ("suzuki9602x", "asuzuki9602X", None, "password", "Web-ID"),
        ("suzuki9602x", "Kikyou960203", None, "password", "生年月日"),
        ("suzuki9602x", "password123", None, "password", "よく使われる"),
    ],
)
def test_each_fault_is_told_beside_its_field_and_no_secret_comes_back(
    stranger, plain_office, ichiro, web_id, password, again, field, words
):
    opened(stranger, plain_office)
    page = choose(stranger, web_id, password, again)
    assert page.status == 422
    assert words in page.error_of(field)
    assert page.find("//input[@name='web_id']/@value") == [web_id]
    assert not password or password not in page.body


def test_anothers_web_id_is_refused_in_any_case(stranger, plain_office, ichiro):
    people.newcomer(plain_office, cast.HANAKO)
    opened(stranger, plain_office)
    assert "使えません" in choose(stranger, "HANAKO2026").error_of("web_id")
    assert choose(stranger).status == 200


def test_while_one_types_the_answer_is_a_sentence_without_the_password(stranger, plain_office, ichiro):
    opened(stranger, plain_office)
    path, found = stranger.path, {}
    for typed in ("", "Kikyou", "suzuki9602x1", PASSWORD, "Passw0rd1"):
        stranger.get(path)
        answer = stranger.post(f"{path}/estimate", web_id="suzuki9602x", password=typed)
        assert answer.status == 200
        assert not typed or typed not in answer.body
        (found[typed],) = (line.text or "" for line in answer.find("//*[@id='estimate']"))
        assert not answer.find("//main//input")
    assert found[""] == ""
    assert "8文字以上" in found["Kikyou"]
    assert "Web-ID" in found["suzuki9602x1"]
    assert found[PASSWORD].startswith("使えます")
    assert "よく使われる" in found["Passw0rd1"]


def test_an_estimate_needs_a_link_that_works(stranger, ichiro):
    stranger.get("/web-id/register")
    answer = stranger.post("/web-id/register/made-up/estimate", password=PASSWORD)
    assert answer.status == 410


def test_password_managers_are_told_what_is_what(stranger, plain_office, ichiro):
    page = opened(stranger, plain_office)
    kinds = {i.get("name"): i.get("autocomplete") for i in page.find("//form[@id='choose']//input")}
    assert kinds["web_id"] == "username"
    assert kinds["password"] == kinds["password_again"] == "new-password"


def test_asking_again_and_again_from_one_place_is_told_to_wait(stranger, plain_office, ichiro):
    for number in range(plain_office.rules.throttle.address_minute):
        ask(stranger, f"1000001{number:02}", follow=False)
    page = ask(stranger)
    assert page.status == 429
    assert int(page.headers["Retry-After"]) > 0
    assert letters(plain_office) == []


def test_nothing_of_the_host_header_reaches_the_letter(stranger, plain_office, ichiro):
    ask(stranger)
    assert stranger.client.get("/web-id/register", headers={"Host": "evil.example"}).status_code == 400
    assert set(letters(plain_office)[0]) == {"token", "until", "name", "to", "kind"}


def test_a_taken_web_id_and_a_common_password_are_told_at_once(stranger, plain_office, ichiro):
    people.newcomer(plain_office, cast.HANAKO)
    opened(stranger, plain_office)
    page = choose(stranger, web_id=cast.HANAKO.web_id.upper(), password="password1234")
    assert page.status == 422
    assert "ほかの方のものと同じ" in page.error_of("web_id")
    assert page.error_of("password")


@pytest.mark.parametrize(("seconds", "words"), [(0, ""), (60, "1分たつまでは"), (90, "90秒たつまでは")])
@pytest.mark.parametrize("path", ["/web-id/register/sent", "/password/reset/sent"])
def test_how_long_to_leave_between_two_requests_is_as_the_lender_set_it(plain_office, seconds, words, path):
    rules = people.rules()
    rules = replace(rules, links=replace(rules.links, apart_seconds=seconds))
    visitor = Visitor(create_app(replace(plain_office, rules=rules), Face("http://localhost"), ROOT))
    text = visitor.get(path).text
    assert ("前のお申し込みから" in text) is bool(seconds)
    assert words in text
