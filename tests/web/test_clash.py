"""A page whose act the database undid for another's sake is made once more, with all that was sent."""

import io

import pytest

from madoguchi.domain.faults import Clash
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from madoguchi.web.guard import public
from madoguchi.web.render import redirect
from tests import people
from tests.page import Visitor
from tests.support import desk

PAYMENTS = "/desk/rails/payments"


@pytest.fixture
def office(sqlite_url):
    """The lender on blank books."""
    return people.office(Store(sqlite_url))


@pytest.fixture
def app(office):
    """Its site."""
    return create_app(office, Face("http://localhost"), people.ROOT)


def swap(app, monkeypatch, path, method, view):
    """Let another view answer."""
    endpoint, _ = app.url_map.bind("localhost").match(path, method=method)
    monkeypatch.setitem(app.view_functions, endpoint, view)


def test_the_visitor_sees_nothing_of_it(app, monkeypatch):
    shown = app.view_functions[app.url_map.bind("localhost").match("/contact")[0]]
    tried = []

    @public
    def clashes():
        tried.append(1)
        if len(tried) < 3:
            raise Clash("database")
        return shown()

    swap(app, monkeypatch, "/contact", "GET", clashes)
    assert Visitor(app).get("/contact").status == 200
    assert len(tried) >= 3


def test_after_an_act_that_stands_the_visitor_is_asked_to_come_back(app, office, monkeypatch):
    tried = []

    @public
    def clashes():
        tried.append(1)
        with office.store.transaction():
            pass
        raise Clash("database")

    swap(app, monkeypatch, "/contact", "GET", clashes)
    answer = Visitor(app).get("/contact")
    assert (answer.status, answer.headers["Retry-After"], len(tried)) == (503, "5", 1)


def test_files_are_read_anew(app, office, monkeypatch):
    at_desk, read = desk.walk_in(Visitor(app), office), []
    at_desk.get(PAYMENTS)
    (token,) = at_desk.find(f"//form[@action='{PAYMENTS}']//input[@name='csrf_token']/@value")
    answers = app.view_functions[app.url_map.bind("localhost").match(PAYMENTS, method="POST")[0]]

    def takes():
        from flask import request

        read.append([file.read() for file in request.files.getlist("file")])
        if len(read) == 1:
            raise Clash("database")
        return redirect("/desk")

    takes.__dict__.update(answers.__dict__)  # whoever may enter there
    swap(app, monkeypatch, PAYMENTS, "POST", takes)
    sent = {"csrf_token": token, "file": [(io.BytesIO(words), "in.csv") for words in (b"some", b"more")]}
    assert at_desk.client.post(PAYMENTS, data=sent).status_code == 303
    assert read == [[b"some", b"more"]] * 2
