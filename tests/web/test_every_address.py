"""Every address of the running app: open ones answer strangers, all others lead to sign-in."""

from pathlib import Path

import pytest

from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.tidy.test_routes import OPEN_FOLDERS, PUBLIC

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = ("/favicon.ico", "/static/")


@pytest.fixture
def app(sqlite_url):
    """The demo's site on a blank database."""
    office = people.office(Store(sqlite_url), demo=True)
    return create_app(office, Face("http://localhost"), ROOT)


def addresses(app, method, opened):
    """Every address of this method that the guard opens, or shuts; 1 for what varies in it."""
    for rule in rules(app, method, opened):
        yield app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, 1), method)


def rules(app, method, opened):
    """The same as they stand in the views, with <token> and the like."""
    for rule in app.url_map.iter_rules():
        public = getattr(app.view_functions[rule.endpoint], "is_public", False)
        if method in rule.methods and public is opened and not rule.rule.startswith(FILES):
            yield rule


def door(address):
    """Where whoever has not signed in is led."""
    return "/desk/login" if address.startswith("/desk") else "/login"


def test_the_guard_opens_only_what_stands_on_the_list(app):
    opened = {rule.rule for method in ("GET", "POST") for rule in rules(app, method, opened=True)}
    assert {address for address in opened if not address.startswith(OPEN_FOLDERS)} <= PUBLIC


def test_open_addresses_answer_strangers_with_a_sound_page(app):
    for rule in rules(app, "GET", opened=True):
        address = rule.rule.replace("<token>", "made-up").replace("<int:number>", "1")
        expected = (
            (404, 410) if rule.arguments else (200,)
        )  # 410: a link or a number that is of no use any more
        assert Visitor(app).get(address).status in expected, address


def test_all_other_addresses_lead_a_stranger_to_sign_in(app):
    shut = list(addresses(app, "GET", opened=False))
    answers = {address: app.test_client().get(address) for address in shut}
    led = {
        address: answer.headers.get("Location", "").partition("?")[0] for address, answer in answers.items()
    }
    assert led == {address: door(address) for address in shut}


def test_htmx_is_led_to_sign_in_as_well(app):
    for address in addresses(app, "GET", opened=False):
        answer = app.test_client().get(address, headers={"HX-Request": "true"})
        assert answer.headers.get("HX-Redirect", "").startswith(door(address)), address
        assert not answer.data, address


def test_no_stranger_changes_anything_without_a_token(app):
    for address in addresses(app, "POST", opened=True):
        answer = app.test_client().post(address, data={"card_number": "9990110000000014", "pin": "2583"})
        assert answer.status_code == 400, address
    for address in addresses(app, "POST", opened=False):
        answer = app.test_client().post(address)
        assert (answer.status_code, answer.headers["Location"]) == (303, door(address)), address


def test_nothing_is_changed_from_another_site(app):
    for address in [*addresses(app, "POST", opened=True), *addresses(app, "POST", opened=False)]:
        headers = {"Origin": "https://example.com", "Sec-Fetch-Site": "cross-site"}
        assert app.test_client().post(address, headers=headers).status_code in (303, 400), address


@pytest.mark.parametrize(
    "address", ["/no-such-page", "/history/", "/.env", "/static/../config.py", "/demo/none"]
)
def test_what_is_not_there_says_so_in_a_sound_page(app, address):
    assert Visitor(app).get(address).status == 404


def test_a_body_of_ten_megabytes_is_refused(app):
    answer = app.test_client().post("/login/card", data={"card_number": "9" * 10_000_000})
    assert answer.status_code in (400, 413)
