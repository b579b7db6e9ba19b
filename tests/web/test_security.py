"""/settings/security: every session and browser with a button, the history page by page, copies that die."""

from datetime import timedelta

import pytest

from madoguchi.domain.letters import FORMS
from madoguchi.services import (
    admission,
    atm_pin,
    cast,
    login,
    not_me,
    passkeys,
    recovery,
    registration,
    reports,
    second_sign_in,
    second_step,
    sessions,
)
from madoguchi.web.not_me import EVENTS
from madoguchi.web.security import OUTCOMES
from tests import people
from tests.page import Visitor
from tests.support.guessing import place
from tests.support.signing import PASSWORD, WEB_ID, by_web_id

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
PAGE = "/settings/security"


@pytest.fixture
def member(app):
    """Hanako at her phone, signed in."""
    found = Visitor(app)
    found.client.environ_base["HTTP_USER_AGENT"] = IPHONE
    found.get("/login")
    by_web_id(found, follow=False)
    return found


@pytest.fixture
def other(office):
    """Her session in another browser, by its token."""
    return login.by_web_id(office, WEB_ID, PASSWORD, place()).session_token


def rows(page, section):
    """The words of each row in a section's table."""
    return [
        " ".join("".join(row.itertext()).split())
        for row in page.find(f"//section[@aria-labelledby='{section}']//tbody/tr")
    ]


def test_the_page_tells_browser_place_and_hour_in_plain_words(member):
    page = member.get(PAGE)
    assert page.heading == "安全の設定"
    (session,) = rows(page, "sessions")
    assert "iPhoneのSafari いまお使いの端末 127.0.0 で始まるアドレス 11月20日 10:00" in session
    (event,) = rows(page, "sign-ins")
    assert event == (
        "11月20日 10:00 ログインしました Web-ID iPhoneのSafari（はじめての端末） 127.0.0 で始まるアドレス"
    )


def test_the_menu_leads_here(member):
    assert PAGE in member.get("/home").find("//footer//a/@href")


def test_another_session_ends_by_its_button_and_its_copy_is_dead(member, office, other):
    member.get(PAGE)
    (action,) = member.find(
        "//form[contains(@action, '/sessions/') and not(contains(@action, 'others'))]/@action"
    )
    assert other not in action
    assert sessions.key_of(other) not in action
    page = member.submit(action)
    assert "その端末をログアウトしました" in page.text
    assert sessions.current(office, other) is None
    assert len(rows(page, "sessions")) == 1


def test_all_others_end_at_once_and_this_one_goes_on(member, office, other):
    member.get(PAGE)
    page = member.submit(PAGE + "/sessions/end-others")
    assert (page.status, page.heading) == (200, "安全の設定")
    assert sessions.current(office, other) is None
    assert not page.find("//form[contains(@action, 'end-others')]")


def test_forgetting_the_browser_in_hand_signs_out_and_clears(member, office):
    member.get(PAGE)
    copy = member.client.get_cookie("session").value
    (action,) = member.find("//form[contains(@action, '/browsers/')]/@action")
    answer = member.submit(action, follow=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/logout")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert member.client.get_cookie("session") is member.client.get_cookie("dev") is None
    assert sessions.current(office, copy) is None


@pytest.mark.parametrize("path", ["/sessions/made-up/end", "/browsers/999999/forget", "/browsers/0/forget"])
def test_what_is_not_ones_own_is_told_as_over(member, path):
    member.get(PAGE)
    answer = member.post(PAGE + path)
    assert answer.headers["Location"] == PAGE + "?done=gone"


@pytest.mark.parametrize("path", ["?before=x", "?before=-1", "?before=9" + "9" * 30, "?before=²"])
def test_a_forged_place_in_the_history_is_no_page(member, path):
    assert member.get(PAGE + path).status == 404


def test_a_forged_number_of_a_browser_is_no_page(member):
    member.get(PAGE)
    assert member.post(PAGE + "/browsers/9" + "9" * 30 + "/forget").status == 404


def test_the_history_turns_its_pages(member, office):
    for _ in range(20):
        office.clock.move(timedelta(minutes=1))
        login.by_web_id(office, WEB_ID, PASSWORD, place())
    office.clock.move(timedelta(minutes=1))
    member.get("/login")
    by_web_id(member, follow=False)
    member.get(PAGE)
    first = rows(member.page, "sign-ins")
    member.follow("もっと前の記録を見る")
    assert member.find("//h2[@id='sign-ins']")[0].text == "ログインの記録の続き"
    assert not set(first) & set(rows(member.page, "sign-ins"))
    assert (
        len(member.follow("新しい記録に戻る").find("//section[@aria-labelledby='sign-ins']//tbody/tr")) == 20
    )


def test_the_page_asks_the_books_a_few_times_however_long_the_lists_are(member, office):
    for many in (1, 5):
        for _ in range(many):
            login.by_web_id(office, WEB_ID, PASSWORD, place())
        office.store.asked.clear()
        member.client.get(PAGE)
        assert len(office.store.asked) == 5


def test_every_word_that_services_log_and_every_letter_has_its_sentence():
    words = {
        admission.SIGNED_IN, not_me.NOT_ME, recovery.RESET, registration.REGISTERED, second_sign_in.WRONG,
        second_step.ASKED, passkeys.WRONG, atm_pin.WRONG, atm_pin.HELD, "wrong", "refused", "card_held",
        "password_locked", reports.LOST_REPORT, reports.MISUSE,
    }  # fmt: skip
    assert words == set(OUTCOMES)
    assert {kind for kind, form in FORMS.items() if form.not_me} == set(EVENTS)


def test_a_closed_contract_may_still_look_after_its_sessions(office, app):
    people.sho(office)
    visitor = Visitor(app)
    visitor.get("/login")
    by_web_id(visitor, cast.SHO.web_id, cast.SHO.password, follow=False)
    assert visitor.get(PAGE).heading == "安全の設定"
