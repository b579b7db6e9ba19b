"""A flood of sign-ins from strangers is turned away cheaply; known browsers and everybody else are not."""

from io import BytesIO
from threading import Event, Thread

import pytest

from madoguchi.services import cast
from madoguchi.web import Face, create_app, surge
from tests import people
from tests.page import Visitor
from tests.support import retold
from tests.support.signing import by_card

TYPED = {"card_number": cast.HANAKO.card, "pin": "0000"}


@pytest.fixture
def gate(app):
    """The gate of the app, whose clock stands still."""
    made = app.wsgi_app
    while not isinstance(made, surge.Surge):
        made = made.__closure__[0].cell_contents if made.__closure__ else None
    made._clock = lambda: 100.0
    return made


def flood(app, count=surge.MANY):
    """So many tries of strangers in one second; each is looked at, since none comes beside another."""
    for _ in range(count):
        app.test_client().post("/login/card", base_url="http://localhost", data=TYPED)


def test_what_people_do_is_never_turned_away(app, gate, visitor):
    flood(app, surge.MANY - 1)
    visitor.get("/login")
    assert visitor.submit("/login/card", **TYPED).status != 503


def test_beside_one_that_is_looked_at_all_others_come_back_later(app, gate):
    flood(app)
    with gate._one:  # one is being looked at
        answer = app.test_client().post("/login/card", base_url="http://localhost", data=TYPED)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(surge.COME_BACK))
        assert "お金は動いていません" in answer.get_data(as_text=True)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Content-Security-Policy"]
        assert app.test_client().get("/login", base_url="http://localhost").status_code == 200
    flood(app, 1)  # and nobody is kept out once it is free


def test_a_part_is_answered_by_a_part(app, gate):
    flood(app)
    with gate._one:
        told = {"HX-Request": "true"}
        client = app.test_client()
        answer = client.post("/login/card", base_url="http://localhost", data=TYPED, headers=told)
        assert answer.status_code == 503
        assert "<!doctype" not in answer.get_data(as_text=True)


def test_a_known_browser_is_let_in_and_a_made_up_cookie_is_none(app, gate, visitor):
    by_card(visitor)
    visitor.get("/home")
    visitor.submit("/logout")
    visitor.get("/login")
    stranger = Visitor(app)
    stranger.client.set_cookie("dev", "made-up")
    stranger.get("/login")
    flood(app)
    with gate._one:
        assert stranger.submit("/login/card", **TYPED).status == 503
        by_card(visitor)
        assert visitor.get("/home").status == 200


def test_the_flood_is_over_two_seconds_later(app, gate):
    flood(app)
    gate._clock = lambda: 102.0
    with gate._one:
        answer = app.test_client().post("/login/card", base_url="http://localhost", data=TYPED)
        assert answer.status_code != 503


def test_one_at_a_time_is_really_one(app, gate):
    flood(app)
    inside, go_on, seen = Event(), Event(), []
    inner = gate._inner

    def slow(environ, start):
        inside.set()
        go_on.wait(5)
        return inner(environ, start)

    gate._inner = slow

    def ask():
        answer = app.test_client().post("/login/card", base_url="http://localhost", data=TYPED)
        seen.append(answer.status_code)

    first = Thread(target=ask)
    first.start()
    inside.wait(5)
    ask()
    assert seen == [503]
    go_on.set()
    first.join()
    assert len(seen) == 2
    assert seen[1] != 503


def test_a_site_on_its_own_name_over_https_says_the_same(office):
    app = create_app(office, Face("https://madoguchi.example.jp", compiled=retold.COMPILED), people.ROOT)
    gate = surge.Surge(app, app.wsgi_app)
    heard = []
    refused = gate._refused({"wsgi.input": BytesIO(b"x")}, lambda *told: heard.append(told))
    assert heard[0][0].startswith("503")
    assert "お金は動いていません" in b"".join(refused).decode()
    assert dict(heard[0][1])["Retry-After"] == str(surge.COME_BACK)
