"""/login/code: the page between a right secret and a session."""

from datetime import timedelta

import pytest

from madoguchi.domain.codes import Level
from madoguchi.web import code_forms
from tests.page import Visitor
from tests.support.factors import mailed, turn_on, with_app, wrong
from tests.support.mailbox import letters
from tests.support.signing import by_card, by_web_id


@pytest.fixture
def hanako(office):
    """Hanako's row, made by the office's fixture; she is asked on new devices."""
    row = office.store.one("SELECT id FROM member")
    who = type("Who", (), {"member_id": row[0]})
    who.recovery = turn_on(office, who)
    return who


@pytest.fixture
def asked(visitor, hanako):
    """Somebody who knows Hanako's PIN."""
    by_card(visitor)
    return visitor


def test_a_right_secret_leads_to_the_code_and_opens_nothing_else(asked, app):
    assert (asked.path, asked.heading) == ("/login/code", "もう1つの確認")
    assert "h…@example.jp" in asked.text
    assert asked.get("/home").path == "/login"


def test_the_code_leads_to_where_one_was_going(visitor, office, hanako):
    visitor.get("/history?kind=repayment")
    by_card(visitor)
    answer = visitor.submit("/login/code", code=mailed(office), follow=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/history?kind=repayment")
    assert visitor.get("/home").path == "/home"


@pytest.mark.parametrize(
    "way", ["{0}", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", "{0[0]}{0[1]}{0[2]}-{0[3]}{0[4]}{0[5]}"]
)
def test_a_code_may_be_typed_in_any_grouping_and_width(asked, office, way):
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    asked.submit("/login/code", code=way.format(mailed(office)).translate(wide))
    assert asked.path == "/home"


def test_a_wrong_code_is_told_beside_the_field_with_the_tries_left(asked, office):
    page = asked.submit("/login/code", code=wrong(mailed(office)))
    assert page.status == 422
    assert page.error_of("code") == "コードが違います。あと4回試せます"
    assert page.find("//input[@name='code']/@autocomplete") == ["one-time-code"]


@pytest.mark.parametrize("typed", ["", "12345", "abc", "1" * 500])
def test_what_is_no_code_costs_no_try(asked, office, typed):
    assert asked.submit("/login/code", code=typed).status == 422
    assert office.store.rows("SELECT tries FROM code") == [(0,)]


def test_a_recovery_code_has_a_page_with_letters(asked, hanako):
    asked.follow("控えておいた回復コードを使う")
    assert asked.find("//input[@name='code']/@inputmode") == ["text"]
    asked.submit("/login/code", code=hanako.recovery[0])
    assert asked.path == "/home"


def test_another_code_is_sent_by_a_button_and_not_too_soon(asked, office):
    page = asked.submit("/login/code/mail")
    assert (page.status, page.errors[0]) == (429, "いまは新しいコードをお送りできません")
    assert "10:01" in page.text
    office.clock.move(timedelta(minutes=1))
    assert "新しいコードをお送りしました" in asked.submit("/login/code/mail").text
    assert len(letters(office, "code")) == 2


def test_sms_is_offered_only_where_it_is_carried(asked):
    assert "SMS" not in asked.text


def test_an_app_is_named_and_no_mail_is_sent_unasked(visitor, office, hanako):
    with_app(office, hanako)
    by_web_id(visitor)
    assert "認証アプリ" in visitor.text
    assert letters(office, "code") == []


def test_after_five_wrong_app_codes_the_page_says_from_when_and_what_else(visitor, office, hanako):
    app = with_app(office, hanako)
    office.clock.move(timedelta(minutes=1, seconds=20))
    by_web_id(visitor)
    for _ in range(6):
        page = visitor.submit("/login/code", code=wrong(app.at(office.now())))
    assert "10:12以降に試せます" in page.error_of("code")
    assert {"/login/code/mail"} <= set(page.find("//main//form/@action"))


def again(visitor):
    """Sign out and in again by the same browser; the page that comes."""
    visitor.submit("/logout")
    visitor.get("/login?other=1")
    return by_card(visitor).path


def test_a_browser_is_new_once_unless_others_use_it_too(asked, office):
    asked.submit("/login/code", code=mailed(office), shared=True)
    assert again(asked) == "/login/code"
    office.clock.move(timedelta(minutes=1))
    asked.submit("/login/code/mail")
    asked.submit("/login/code", code=mailed(office))
    assert again(asked) == "/home"


def test_asked_each_time_one_can_have_thirty_days_off_on_this_browser(visitor, office, hanako):
    turn_on(office, hanako, Level.ALWAYS)
    by_card(visitor)
    assert "この端末では30日間たずねない" in visitor.text
    assert not visitor.find("//input[@name='shared']")
    visitor.submit("/login/code", code=mailed(office), trust=True)
    assert again(visitor) == "/home"


def test_a_box_that_was_not_offered_says_nothing(asked, office):
    assert not asked.find("//input[@name='trust']")
    asked.post("/login/code", code=mailed(office), trust="y")
    assert office.store.rows("SELECT trusted_until FROM device") == [(None,)]


def test_nobody_without_a_waiting_sign_in_sees_the_page(visitor):
    assert visitor.get("/login/code").path == "/login"
    for address in ("/login/code", "/login/code/mail", "/login/code/passkey"):
        visitor.get("/login")
        assert visitor.post(address, code="123456").headers["Location"] == "/login"


def test_a_waiting_sign_in_belongs_to_its_browser(asked, app, office):
    other = Visitor(app)
    other.get("/login")
    assert other.post("/login/code", code=mailed(office)).headers["Location"] == "/login"


def test_htmx_is_led_to_the_page(visitor, hanako):
    answer = by_card(visitor, htmx=True, follow=False)
    assert (answer.status, answer.headers["HX-Redirect"]) == (204, "/login/code")


def test_signing_in_again_within_the_minute_takes_the_code_in_hand(asked, office):
    asked.get("/login")
    page = by_card(asked)
    assert page.find("//input[@name='code']")
    page = asked.submit("/login/code/mail")
    assert page.status == 429
    assert "この画面のために届いたコードは、期限まで使えます。" in page.text
    assert asked.submit("/login/code", code=mailed(office)).path == "/home"


def test_another_browser_within_the_minute_is_told_from_when_and_not_that_the_other_code_works(
    asked, app, office
):
    other = Visitor(app)
    other.get("/login")
    page = by_card(other)
    assert "次は10:01以降にお送りできます。" in page.text
    for told in (page, other.submit("/login/code/mail")):
        assert "ほかの端末や画面のためにお送りしたコードは、ここでは使えません。" in told.text
        assert "期限まで使えます" not in told.text
    office.clock.move(timedelta(minutes=1))
    other.submit("/login/code/mail")
    assert other.submit("/login/code", code=mailed(office)).path == "/home"


def test_a_code_of_an_app_that_was_used_is_told_so_and_not_called_wrong(visitor, app, office, hanako):
    shown = with_app(office, hanako)
    office.clock.move(timedelta(minutes=1))
    code = shown.at(office.now())
    by_card(visitor)
    assert visitor.submit("/login/code", code=code).path == "/home"
    other = Visitor(app)
    other.get("/login")
    by_card(other)
    said = other.submit("/login/code", code=code).error_of("code")
    assert said == code_forms.USED
    assert "次の数字が出るのを待って" in said
