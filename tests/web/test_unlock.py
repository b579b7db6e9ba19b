"""Lifting a wait or a hold by a mailed code, and signing in while a code comes first, page by page."""

from datetime import timedelta

import pytest

from madoguchi.services import cast, locks
from tests import people
from tests.page import Visitor
from tests.support.codes_by_mail import alarm
from tests.support.mailbox import letters
from tests.support.signing import CARD, NOBODY, PASSWORD, PIN, WEB_ID, by_card, known, told

WITH_CODE = "with-code"


def code(office):
    """The newest mailed code."""
    return letters(office, "code")[0]["code"]


def unlock(visitor, number=CARD):
    """Ask for a code to unlock by card number; the page that asks for it."""
    visitor.get("/login/unlock")
    return visitor.submit("/login/unlock/card", card_number=number)


@pytest.fixture
def held(app, office):
    """A stranger's browser, after three wrong PINs on a known one held Hanako's card."""
    angry = known(app)
    for _ in range(3):
        by_card(angry, CARD, "0000")
        angry.get("/login")
    visitor = Visitor(app)
    visitor.get("/login")
    return visitor


def test_the_waiting_page_leads_to_unlocking_and_that_signs_in_at_once(visitor, office):
    for _ in range(4):
        page = by_card(visitor, CARD, "0000")
        if page.status == 422:
            visitor.get("/login")
    assert "/login/unlock" in page.find("//main//a/@href")
    assert unlock(visitor).heading == "確認コードを入れてください"
    page = visitor.submit(WITH_CODE, code=code(office), pin=PIN)
    assert page.path == "/home"


def test_asking_again_at_once_leaves_the_code_that_is_on_its_way_good(visitor, office):
    unlock(visitor)
    unlock(visitor)
    assert len(letters(office, "code")) == 1
    assert visitor.submit(WITH_CODE, code=code(office), pin=PIN).path == "/home"


def test_asking_reads_the_same_for_anybody_and_nobody(app, office):
    pages = []
    for number in (CARD, NOBODY):
        visitor = Visitor(app)
        asked = told(unlock(visitor, number))
        pages.append((asked, told(visitor.submit(WITH_CODE, code="000000", pin=PIN))))
    assert pages[0] == pages[1]
    assert pages[0][1][0] == 422


def test_a_held_card_needs_a_second_proof_beside_code_and_pin(held, office):
    unlock(held)
    page = held.submit(WITH_CODE, code=code(office), pin=PIN)
    assert (page.status, page.heading) == (422, "続きを入れてください")
    assert page.error_of("password") == (
        "確認コードと暗証番号は確かめました。"
        "カードの再開には、Web-IDのパスワードか「もう1つのコード」もいります。どちらか1つを入れてください"
    )
    page = held.submit(WITH_CODE, pin=PIN, password="Wrong-Guess-1")
    assert "Web-IDのパスワードをもう一度" in page.error_of("password")
    page = held.submit(WITH_CODE, pin=PIN, password=PASSWORD)
    assert page.path == "/home"
    assert office.store.one("SELECT state FROM card WHERE number = ?", (CARD,)) == ("active",)


def test_password_managers_and_codes_by_sms_find_their_fields(held):
    page = unlock(held)
    for name, wanted in (
        ("password", "current-password"),
        ("factor", "one-time-code"),
        ("code", "one-time-code"),
    ):
        assert page.find(f"//input[@name='{name}']/@autocomplete") == [wanted]


def test_a_right_code_is_remembered_when_the_pin_beside_it_was_wrong(visitor, office):
    unlock(visitor)
    page = visitor.submit(WITH_CODE, code=code(office), pin="0000")
    assert "確認コードは確かめました" in page.error_of("pin")
    assert not page.find("//input[@name='code']")
    assert visitor.submit(WITH_CODE, pin=PIN).path == "/home"


def test_what_is_no_code_costs_no_try_and_full_width_is_understood(visitor, office):
    unlock(visitor)
    assert "6桁" in visitor.submit(WITH_CODE, code="12345", pin=PIN).error_of("code")
    assert visitor.submit(WITH_CODE, pin=PIN).error_of("code")
    wide = " ".join(chr(ord(digit) + 0xFEE0) for digit in code(office))
    assert visitor.submit(WITH_CODE, code=wide, pin="２５８３").path == "/home"


def test_whoever_began_nothing_begins_and_whoever_ran_out_is_told(visitor, office):
    assert visitor.get("/login/with-code").path == "/login/unlock"
    unlock(visitor)
    office.clock.move(timedelta(minutes=11))
    assert visitor.submit(WITH_CODE, code=code(office), pin=PIN).status == 410
    assert visitor.get("/login/with-code").heading == "はじめからやり直してください"


def test_while_a_code_comes_first_strangers_are_asked_no_secret_and_get_in_with_a_code(visitor, office):
    alarm(office)
    page = visitor.get("/login")
    assert not page.find("//input[@type='password']")
    page = visitor.submit("/login/card", card_number=CARD)
    assert page.path == "/login/with-code"
    assert visitor.submit(WITH_CODE, code=code(office), pin=PIN).path == "/home"


def test_while_a_code_comes_first_a_web_id_works_the_same_way(visitor, office):
    alarm(office)
    visitor.get("/login")
    visitor.submit("/login/web-id", web_id=WEB_ID)
    assert visitor.submit(WITH_CODE, code=code(office), password=PASSWORD).path == "/home"


def test_a_secret_sent_all_the_same_is_not_looked_at_and_a_known_browser_never_notices(app, office):
    friend, answers = known(app), []
    for number, pin in ((CARD, PIN), (CARD, "0000"), (NOBODY, PIN)):
        visitor = Visitor(app)
        visitor.get("/login")
        answers.append((visitor, number, pin))
    alarm(office)
    pages = [told(by_card(visitor, number, pin)) for visitor, number, pin in answers]
    assert pages[0] == pages[1] == pages[2]
    assert answers[0][0].path == "/login/with-code"
    assert by_card(friend).path == "/home"


def test_a_locked_password_is_told_after_the_code_with_the_way_to_reset_it(visitor, office):
    made = people.newcomer(office, cast.KEN)
    locks.lock_password(office, made.member_id)
    visitor.get("/login/unlock")
    visitor.submit("/login/unlock/web-id", web_id=cast.KEN.web_id)
    page = visitor.submit(WITH_CODE, code=code(office), password=cast.KEN.password)
    assert (page.status, page.heading) == (403, "Web-IDでのログインを止めています")


def test_asking_too_often_from_one_place_waits(visitor, office):
    for _ in range(31):
        visitor.get("/login/unlock")
        page = visitor.submit("/login/unlock/card", card_number=NOBODY)
    assert (page.status, page.heading) == (429, "少し時間をおいてください")
    assert not letters(office, "code")
