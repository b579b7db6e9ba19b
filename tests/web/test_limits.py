"""The limit by address: taken before a secret is compared, given back when right, never open by failing."""

import contextlib
import socket
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from madoguchi.adapters import limits_storage  # noqa: F401 - registers its address scheme, as wiring does
from madoguchi.services import cast
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app, limits
from tests import people
from tests.page import Visitor
from tests.support.guessing import counting

ROOT = Path(__file__).resolve().parent.parent.parent
CARD, PIN = cast.HANAKO.card, cast.HANAKO.pin
FEW = {"address_minute": 3, "address_hour": 5, "block_minute": 6, "block_hour": 8}


@pytest.fixture
def office(sqlite_url, tmp_path):
    """A lender with small limits, a hasher that counts, and Hanako in her first days."""
    store, rules = Store(sqlite_url), people.rules()
    small = replace(rules, throttle=replace(rules.throttle, **FEW))
    made = counting(people.office(store, rules_=small), tmp_path / "compared")
    people.newcomer(made, cast.HANAKO)
    yield made
    store.close()


@pytest.fixture
def file(tmp_path):
    """Where the limiter counts."""
    return tmp_path / "limits.db"


@pytest.fixture
def app(office, file):
    return site(office, f"sqlite:///{file}")


def site(office, limiter, **more):
    return create_app(office, Face("http://localhost", limiter=limiter, **more), ROOT)


def guess(app, number, pin="0000", address="192.0.2.7", **environment):
    """One try from an address, on a browser of its own."""
    visitor = Visitor(app)
    visitor.client.environ_base["REMOTE_ADDR"] = address
    visitor.client.environ_base.update(environment)
    visitor.get("/login")
    return visitor.submit("/login/card", card_number=number, pin=pin, follow=False)


def numbers(count, start=0):
    """Card numbers that nobody has."""
    return [f"99901199{start + n:08}" for n in range(count)]


def test_the_fourth_failure_of_a_minute_is_told_to_wait_on_the_same_page(app, office):
    assert [guess(app, number).status for number in numbers(3)] == [422] * 3
    page = guess(app, numbers(1, 9)[0])
    assert (page.status, page.heading) == (429, "少し時間をおいてください")
    assert page.headers["Retry-After"] == "60"
    assert office.hasher.compared == 3


def test_the_minute_ends_and_then_the_hour_holds(app, office):
    for number in numbers(3):
        guess(app, number)
    office.clock.move(timedelta(seconds=60))
    assert [guess(app, number).status for number in numbers(3, 10)] == [422, 422, 429]
    assert guess(app, numbers(1, 20)[0]).headers["Retry-After"] == "3540"


def test_a_right_secret_costs_nothing_and_a_slip_of_form_neither(app):
    for _ in range(5):
        assert guess(app, CARD, PIN).status == 303
        assert guess(app, "100000019").status == 422
    assert [guess(app, number).status for number in numbers(3)] == [422] * 3


def test_one_who_is_told_to_wait_for_a_number_uses_up_the_address_too(app):
    other = "198.51.100.1"
    for _ in range(3):
        guess(app, CARD, address=other)
    assert [guess(app, CARD).status for _ in range(3)] == [429] * 3
    assert guess(app, numbers(1)[0]).status == 429


def test_what_strangers_send_keeps_nobody_there_from_signing_in_or_stopping_a_card(app):
    def send(path, **typed):
        visitor = Visitor(app)
        visitor.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
        visitor.get(path)
        return visitor.submit(path, follow=False, **typed).status

    who = {"name_kana": "サトウ ハナコ", "birth_date": "1988-06-14"}
    asked = {"name_kana": "サトウ ハナコ", "email": "a@example.jp", "message": "質問です"}
    assert [send("/contact", **asked) for _ in range(4)] == [303, 303, 303, 429]
    assert send("/documents/check", number="1134-0096-592", code="AAAA-AAAA-AAAA") != 429
    assert guess(app, numbers(1)[0]).status == 422
    for path in ("/lost-card", "/misuse"):
        assert send(path, **who, phone_or_member_number="100000019") == 303


def test_neighbours_share_their_block(app):
    found = [guess(app, number, address=f"192.0.2.{n}").status for n, number in enumerate(numbers(7))]
    assert found == [422] * 6 + [429]
    assert guess(app, numbers(1, 50)[0], address="192.0.3.1").status == 422


def test_a_known_browser_is_exempt(app):
    visitor = Visitor(app)
    visitor.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    visitor.get("/login")
    visitor.submit("/login/card", card_number=CARD, pin=PIN, follow=False)
    visitor.client.delete_cookie("session")
    for number in numbers(4):
        guess(app, number)
    visitor.get("/login")
    assert visitor.submit("/login/card", card_number=CARD, pin=PIN, follow=False).status == 303


@pytest.mark.parametrize(
    ("remote", "address", "block"),
    [
        ("192.0.2.7", "192.0.2.7", "192.0.2.0/24"),
        ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::", "2001:db8:1::/48"),
        ("", "unknown", "unknown"),
        (None, "unknown", "unknown"),
    ],
)
def test_whom_an_address_stands_for(remote, address, block):
    assert limits.address_of(remote) == address
    assert limits.block_of(address) == block


def test_a_header_does_not_make_another_address_unless_a_proxy_is_trusted(office, file, tmp_path):
    plain = site(office, f"sqlite:///{file}")
    forged = [guess(plain, n, HTTP_X_FORWARDED_FOR=f"203.0.113.{i}").status for i, n in enumerate(numbers(4))]
    assert forged[-1] == 429
    behind = site(office, f"sqlite:///{tmp_path}/other.db", trusted_proxies=1)
    passed = [
        guess(behind, n, HTTP_X_FORWARDED_FOR=f"203.0.{i}.1").status for i, n in enumerate(numbers(4, 50))
    ]
    assert passed == [422] * 4


def test_two_sites_on_one_file_share_their_counters(office, file):
    both = [site(office, f"sqlite:///{file}") for _ in range(2)]
    assert [guess(both[n % 2], number).status for n, number in enumerate(numbers(4))] == [422, 422, 422, 429]


def broken(file):
    """A store that is gone: where its file was there is a folder."""
    for rest in file.parent.glob("limits.db*"):
        rest.unlink()
    file.mkdir()
    return contextlib.nullcontext()


@contextlib.contextmanager
def frozen(file):
    """A store that does not answer: somebody holds it and never lets go."""
    holder = apsw.Connection(str(file))
    holder.execute("BEGIN EXCLUSIVE")
    yield
    holder.close()


@pytest.mark.parametrize("fault", [broken, frozen])
def test_without_its_store_signing_in_answers_503_and_reading_goes_on(app, office, file, fault):
    guess(app, numbers(1)[0])
    compared = office.hasher.compared
    with fault(file):
        before = time.monotonic()
        page = guess(app, CARD, PIN)
        assert page.status == 503
        assert "Retry-After" in page.headers
        assert time.monotonic() - before < 3
        assert Visitor(app).get("/").status == 200
    assert office.hasher.compared == compared


def test_it_counts_on_by_itself_when_the_store_is_back(app, file):
    guess(app, numbers(1)[0])
    with frozen(file):
        assert guess(app, numbers(1, 9)[0]).status == 503
    assert [guess(app, number).status for number in numbers(3, 20)] == [422, 422, 429]


@pytest.mark.redis
def test_redis_counts_by_a_setting(office, redis_url):
    app = site(office, redis_url)
    assert [guess(app, number).status for number in numbers(4)] == [422, 422, 422, 429]


@pytest.mark.parametrize("listening", [False, True], ids=["gone", "frozen"])
def test_a_redis_that_is_gone_or_frozen_is_answered_503_soon(office, listening):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        if not listening:
            silent.close()
        app, before = site(office, f"redis://127.0.0.1:{port}/0"), time.monotonic()
        assert guess(app, CARD, PIN).status == 503
        assert time.monotonic() - before < 3
    assert office.hasher.compared == 0
