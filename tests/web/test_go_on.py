"""What was typed before the session ran out comes back after signing in again, to its owner alone."""

from datetime import timedelta

import pytest

from madoguchi.services import cast, kept
from tests import people
from tests.page import Visitor
from tests.support.factors import mailed
from tests.support.signing import by_card

HOME = "/settings/security/second-step"


@pytest.fixture
def late(visitor, office):
    """Hanako, who filled in a form and was away for longer than the session lasts."""
    by_card(visitor)
    visitor.get(HOME)
    office.clock.move(timedelta(minutes=16))
    return visitor


def test_what_was_typed_goes_on_after_signing_in_again(late, office):
    page = late.submit(HOME, level="always")
    assert page.path == "/login"
    page = by_card(late)
    assert (page.path, page.heading) == ("/go-on", "ログインしました")
    assert office.store.rows("SELECT 1 FROM second_step") == []
    page = late.submit("go-on")
    assert page.path == "/step-up"
    late.submit("/step-up", code=mailed(office))
    assert late.submit("go-on").heading == "2段階認証を始めました"
    assert late.get(HOME).find("//option[@selected]/@value") == ["always"]


def test_it_comes_back_once_to_its_owner_and_not_to_another(late, office, app):
    late.submit(HOME, level="always")
    by_card(late)
    page = late.page
    path = page.path + "?for=" + page.find("//input[@name='kept']/@value")[0]
    ken = people.newcomer(office, cast.KEN).persona
    other = Visitor(app)
    other.get("/login")
    by_card(other, ken.card, ken.pin)
    assert other.get(path).status == 410
    late.submit("go-on")
    assert late.get(path).status == 409


@pytest.fixture
def unsent(late):
    """Where script led Hanako, with what she had typed into a page and not sent."""

    def leave(path="/history?kind=repayment", **typed):
        answer = late.client.post("/session/typed", data={"csrf_token": "dead", "path": path, **typed})
        return late.get(answer.headers["Location"])

    return leave


def back(visitor):
    """Sign in again; the page with the name of what was typed, and that name."""
    return by_card(visitor, follow=False).headers["Location"].split("#typed=")


def test_what_was_typed_and_not_sent_comes_back_once_to_its_page(late, unsent):
    unsent(**{"from 1": "2026-10-01"})
    path, name = back(late)
    assert path == "/history?kind=repayment"
    late.get(path)
    wish = {"path": path, "csrf_token": late.find("//form[@id='session']/input/@value")[0]}
    assert late.client.post(f"/session/typed/{name}", data=wish | {"path": "/home"}).json == {}
    assert late.client.post(f"/session/typed/{name}", data=wish).json == {"from 1": "2026-10-01"}
    assert late.client.post(f"/session/typed/{name}", data=wish).json == {}


def test_neither_secrets_nor_addresses_elsewhere_are_set_aside_from_a_page(late, unsent, office):
    unsent(**{"password 1": "canary", "pin 2": "canary"})
    for path in ("https://example.com/", "//example.com/", "/logout/no", "/session/extend"):
        page = unsent(path, **{"from 1": "2026-10-01"})
        assert page.path == "/login"
        assert "example" not in "".join(page.find("//input[@name='next']/@value"))
    assert "canary" not in str(office.store.rows("SELECT * FROM kept"))


def test_put_off_in_the_last_moment_one_stays_with_what_was_typed(visitor, office):
    by_card(visitor)
    token = visitor.find("//form[@id='session']/input/@value")[0]
    answer = visitor.client.post(
        "/session/typed", data={"csrf_token": token, "path": "/interest", "on 1": "2026-12-01"}
    )
    assert answer.headers["Location"].startswith("/interest#typed=")
    assert visitor.client.post("/session/typed", data={"path": "/interest"}).status_code == 400


def test_secrets_and_what_is_no_form_of_a_members_own_are_not_kept(late, office):
    (token,) = set(late.find("//form[@action='/settings/security/recovery-codes']//input/@value"))
    answer = late.client.post("/settings/security/recovery-codes", data={"csrf_token": token})
    assert answer.headers["Location"] == "/login"
    late.client.post(
        HOME, data={"csrf_token": token, "password": "canary77", "pin": "canary", "code": "canary"}
    )
    assert office.store.rows("SELECT 1 FROM kept") == []


def test_nobody_without_a_known_browser_has_anything_kept(app, office):
    answer = app.test_client().post(HOME, data={"level": "always"})
    assert answer.headers["Location"] == "/login"
    assert office.store.rows("SELECT 1 FROM kept") == []


def test_only_so_much_is_kept_for_one_member(late, office):
    for _ in range(kept.MOST + 3):
        late.client.post(HOME, data={"level": "always"})
    late.client.post(HOME, data={"level": "x" * kept.LARGEST})
    assert office.store.one("SELECT COUNT(*) FROM kept") == (kept.MOST,)


def test_a_press_of_signing_out_or_extending_keeps_nothing(late, office):
    for path in ("/logout", "/session/extend"):
        late.client.post(path, data={"next": "/history"})
    assert office.store.rows("SELECT 1 FROM kept") == []
