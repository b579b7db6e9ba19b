"""What watchers are told of requests, and /readyz."""

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.services import pulse
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support.signing import by_card


class Memory:
    """A watcher that remembers."""

    def __init__(self):
        self.ids, self.told = [], []

    def begun(self, found):
        """Keep the id."""
        self.ids.append(found)

    def ended(self, *told):
        """Keep all but the time."""
        assert told[-1] >= 0
        self.told.append(told[:-1])


@pytest.fixture
def memory():
    """An empty one."""
    return Memory()


@pytest.fixture
def site(office, memory):
    """The app with a watcher, behind a proxy."""
    return create_app(office, Face("http://localhost", 1, watchers=(memory,)), people.ROOT)


def test_a_request_is_told_by_its_pattern_and_never_by_what_was_typed(site, memory):
    visitor = Visitor(site)
    visitor.get("/login?next=/history/3")
    by_card(visitor)
    visitor.get("/history/999")
    visitor.get("/no/such/page")
    assert memory.told[0] == ("GET", "/login", 200)
    assert ("POST", "/login/card", 303) in memory.told
    assert memory.told[-2][1].startswith("/history/<int")
    assert memory.told[-1] == ("GET", "", 404)


def test_a_file_is_told_by_its_pattern_though_flask_never_hears_of_it(site, memory):
    visitor = Visitor(site)
    (sheet,) = visitor.get("/login").find("//link/@href")
    visitor.client.get(sheet)
    assert memory.told[-1] == ("GET", "/static/<path:filename>", 200)
    visitor.client.get("/static/none.css")
    assert memory.told[-1] == ("GET", "/static/<path:filename>", 404)


def test_a_fault_that_nobody_foresaw_and_an_invented_method_are_told_too(site, memory):
    client = site.test_client()
    site.view_functions["public.healthz"] = lambda: 1 / 0
    site.view_functions["public.healthz"].is_public = True
    assert client.get("/healthz").status_code == 500
    client.open("/healthz", method="INVENTED")
    assert [told[::2] for told in memory.told] == [("GET", 500), ("OTHER", 405)]


def test_a_proxy_s_name_for_a_request_is_kept_and_nonsense_is_not(site, memory):
    client = site.test_client()
    for given in ("abc-DEF-123", "x", 'a"b\\c d e f g h', "a" * 65):
        client.get("/healthz", headers={"X-Request-ID": given})
    assert memory.ids[0] == "abc-DEF-123"
    assert all(len(found) == 16 for found in memory.ids[1:])


def test_without_a_proxy_nobody_names_requests(office, memory):
    site = create_app(office, Face("http://localhost", watchers=(memory,)), people.ROOT)
    site.test_client().get("/healthz", headers={"X-Request-ID": "abc-DEF-123"})
    assert memory.ids != ["abc-DEF-123"]


def test_ready_tells_the_parts_and_that_a_worker_is_late_is_no_reason_to_shut(site, office):
    client = site.test_client()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (
        200,
        {"status": "ready", "database": "ok", "schema": "ok", "limiter": "ok", "worker": "down"},
    )
    assert answer.headers["Cache-Control"] == "no-store"
    pulse.beat(office)
    site.config.pop("READY")
    assert client.get("/readyz").json["worker"] == "ok"


def test_books_that_cannot_be_written_shut_the_door_until_they_can(site, office, monkeypatch):
    client = site.test_client()

    def broken(*_):
        raise Unavailable("database")

    with monkeypatch.context() as patched:
        patched.setattr(type(office.store), "write", broken)
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"], answer.json["database"]) == (503, "not ready", "down")
    site.config.pop("READY")
    assert client.get("/readyz").status_code == 200


def test_asking_often_writes_once(site, office):
    client = site.test_client()
    for _ in range(5):
        client.get("/readyz")
    assert sum("INSERT INTO stamp" in sql for sql in office.store.asked) == 1
