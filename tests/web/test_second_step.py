"""The settings of the second step, and the step-up that stands before each of them."""

from datetime import timedelta

import pyotp
import pytest

from madoguchi.services import totp
from tests.page import Visitor
from tests.support.factors import mailed, with_app, wrong
from tests.support.mailbox import letters
from tests.support.signing import by_card

HOME = "/settings/security/second-step"


@pytest.fixture
def member(visitor):
    """Hanako, signed in, before the settings."""
    by_card(visitor)
    visitor.get(HOME)
    return visitor


@pytest.fixture
def hanako(office):
    """Whose row that is."""
    return type("Who", (), {"member_id": office.store.one("SELECT id FROM member")[0]})


def step_up(member, office):
    """Pass the second step that stands before the act, and go on with it."""
    member.submit("/step-up", code=mailed(office))
    return member.submit("go-on") if member.find("//form[@id='go-on']") else member.page


def test_turning_it_on_asks_first_and_then_goes_on_with_what_was_chosen(member, office):
    page = member.submit(HOME, level="new_device")
    assert (page.path, page.heading) == ("/step-up", "ご本人の確認")
    assert office.store.rows("SELECT 1 FROM second_step") == []
    page = step_up(member, office)
    assert page.heading == "2段階認証を始めました"
    assert len(page.find("//code")) == 10
    assert member.get(HOME).find("//option[@selected]/@value") == ["new_device"]
    assert letters(office, "second_step_changed")


def test_no_code_is_asked_for_before_one_was_sent(member, office):
    page = member.get("/settings/security/totp")
    assert (page.path, page.heading) == ("/step-up", "ご本人の確認")
    assert not page.find("//input[@name='code']")
    assert "まず、確認コードをお送りします" in page.text
    page = member.submit("/step-up/mail")
    assert page.find("//input[@name='code']")
    assert member.submit("/step-up", code=mailed(office)).path == HOME  # no secret was proposed


def test_recovery_codes_are_shown_once_and_kept_as_hashes(member, office):
    member.submit(HOME, level="always")
    codes = [one.text for one in step_up(member, office).find("//code")]
    assert not any(code in member.get(HOME).body for code in codes)
    kept = str(office.store.rows("SELECT * FROM recovery_code"))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_once_passed_it_holds_for_ten_minutes(member, office):
    member.submit(HOME, level="new_device")
    step_up(member, office)
    member.get(HOME)
    assert member.submit(HOME, level="always").path == HOME
    office.clock.move(timedelta(minutes=10))
    assert member.submit(HOME, level="off").path == "/step-up"


def test_passing_it_renews_the_session_and_the_old_token_is_dead(member, office, app):
    old = member.client.get_cookie("session").value
    member.submit(HOME, level="new_device")
    member.submit("/step-up", code=mailed(office))
    new = member.client.get_cookie("session").value
    assert new != old
    copy = Visitor(app)
    copy.client.set_cookie("session", old)
    assert copy.get("/home").path == "/login"


def test_a_wrong_code_changes_nothing(member, office):
    member.submit(HOME, level="new_device")
    page = member.submit("/step-up", code=wrong(mailed(office)))
    assert (page.status, page.error_of("code")) == (422, "コードが違います。あと4回試せます")
    assert member.submit("/step-up", code=mailed(office)).heading == "ご本人を確認しました"


def test_what_was_typed_comes_back_once_to_its_owner_and_its_act(member, office):
    member.submit(HOME, level="new_device")
    member.submit("/step-up", code=mailed(office))
    (kept,) = member.find("//input[@name='kept']/@value")
    assert member.post("/settings/security/recovery-codes", kept=kept).status == 410
    member.get(f"/step-up?for={kept}")
    assert member.submit("go-on").status == 200
    member.get(HOME)
    assert member.post(HOME, kept=kept).status == 409
    assert member.get(f"/step-up?for={kept}").status == 409


def test_what_was_typed_is_kept_sealed_and_for_half_an_hour(member, office):
    member.submit(HOME, level="new_device")
    (sealed,) = office.store.one("SELECT sealed FROM kept")
    assert "new_device" not in sealed
    office.clock.move(timedelta(minutes=14))
    member.get("/home")
    office.clock.move(timedelta(minutes=14))
    member.get("/home")
    office.clock.move(timedelta(minutes=3))
    found = office.store.rows(
        "SELECT key FROM kept WHERE expires_at > ?", (office.now().timestamp() * 10**6,)
    )
    assert found == []


def test_an_app_is_registered_by_its_picture_or_its_key(member, office, hanako):
    member.submit("/settings/security/totp")
    step_up(member, office)
    assert member.heading == "認証アプリの登録"
    picture = member.client.get("/settings/security/totp/picture")
    assert (picture.mimetype, picture.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert b"style=" not in picture.data
    secret = "".join(member.find("//code")[0].text.split())
    assert member.submit("/settings/security/totp/confirmation", code="000000").status == 422
    member.submit("/settings/security/totp/confirmation", code=pyotp.TOTP(secret).at(office.now()))
    assert (member.path, "認証アプリを登録しました" in member.text) == (HOME, True)
    assert secret not in str(office.store.rows("SELECT * FROM second_step"))


def test_the_risk_of_codes_by_mail_and_sms_is_told_beside_them(member):
    assert "認証アプリかパスキーのほうが安全です" in member.text


def test_only_a_demo_tells_what_the_app_would_show(office, hanako):
    totp.propose(office, hanako.member_id)
    assert totp.demo_code(office, hanako.member_id) is None


def test_a_proposed_secret_is_shown_only_after_the_second_step(member, office, hanako):
    totp.propose(office, hanako.member_id)
    for address in ("/settings/security/totp", "/settings/security/totp/picture"):
        assert member.get(address, follow=False).headers["Location"].startswith("/step-up?for=")


def test_an_app_is_removed(member, office, hanako):
    with_app(office, hanako)
    office.clock.move(timedelta(minutes=1))
    member.get(HOME)
    member.submit("/settings/security/totp/removal")
    assert letters(office, "code") == []  # the app makes them
    member.submit("/step-up/mail")
    step_up(member, office)
    assert "認証アプリの登録を消しました" in member.text


def test_a_level_that_is_not_offered_is_told_beside_the_field(member, office):
    member.submit(HOME, level="off")
    step_up(member, office)
    member.get(HOME)
    page = member.submit(HOME, forged={"level": "sometimes"})
    assert page.status == 422
    assert page.error_of("level")


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil", "x" * 300, ""])
def test_step_up_leads_nowhere_else(member, target):
    page = member.client.get("/step-up", query_string={"for": target})
    assert page.status_code == 410


def test_passkeys_are_not_offered_on_an_address_and_the_page_says_why(member):
    session = member.client.get_cookie("session").value
    member.client.set_cookie("session", session, domain="127.0.0.1")
    page = member.client.get(HOME, base_url="http://127.0.0.1").get_data(as_text=True)
    assert "IPアドレス" in page
    assert "http://localhost" in page
    assert 'href="/settings/security/passkeys"' not in page
    assert 'href="/settings/security/passkeys"' in member.get(HOME).body
    page = member.client.get("/login", base_url="http://127.0.0.1:8000").get_data(as_text=True)
    assert "/login/passkey" not in page


def test_another_members_passkey_cannot_be_removed(member, office):
    member.submit(HOME, level="new_device")
    step_up(member, office)
    assert member.post("/settings/security/passkeys/1/removal").status == 404
    assert member.post(f"/settings/security/passkeys/{2**70}/removal").status == 404


def test_a_second_browser_is_told_from_when_a_code_can_be_sent_to_it(member, office, app):
    other = Visitor(app)
    other.get("/login")
    by_card(other)
    member.submit(HOME, level="new_device")
    other.get(HOME)
    page = other.submit(HOME, level="new_device")
    for told in (page, other.submit("/step-up/mail")):
        assert "次は10:01以降にお送りできます。" in told.text
        assert "ここでは使えません" in told.text
        assert "期限まで使えます" not in told.text
