"""The server of `python run.py`, over a real connection: files beyond the limits are answered by the site."""

import http.client
import threading
from contextlib import contextmanager
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from madoguchi.adapters import server
from madoguchi.store.db import Store
from madoguchi.web.bodies import room
from tests import people
from tests.support import processes
from tests.support.members import signed_in

MB = 2**20


@pytest.fixture
def office(sqlite_url):
    store = Store(sqlite_url)
    yield people.office(store)
    store.close()


@contextmanager
def serving(app, office):
    """The app behind the server of run.py; gives its port."""
    port = processes.free_port()
    where = {"host": "127.0.0.1", "port": port}
    served = server.made(app, room(office.rules.uploads), **where, threads=2, ident="")
    thread = threading.Thread(target=served.run)
    thread.start()
    try:
        yield port
    finally:
        served.trigger.pull_trigger(lambda: served.asyncore.close_all(served._map))
        served.task_dispatcher.shutdown()
        thread.join()


@pytest.fixture
def send(office):
    """Sends a message with files of so many bytes through a real connection; gives status and page."""
    member = signed_in(office, people.newcomer(office))
    member.get("/messages/new?topic=other")
    hidden = member.page.form("/messages/new").xpath(".//input[@type='hidden']")
    typed = {field.get("name"): field.get("value") for field in hidden} | {"message": "残る文"}

    def sent(*sizes, **headers):
        files = [FileStorage(BytesIO(bytes(size)), f"{n}.jpg") for n, size in enumerate(sizes)]
        boundary, body = encode_multipart(typed | {"files": files})
        return _asked(port, body, boundary, member.client.get_cookie("session").value, headers)

    with serving(member.client.application, office) as port:
        yield sent


def _asked(port, body, boundary, session, headers):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    told = {
        "Host": "localhost",
        "Cookie": f"session={session}",
        "Content-Type": f"multipart/form-data; boundary={boundary}",
    }
    line.request("POST", "/messages/new", body, told | headers, encode_chunked="Transfer-Encoding" in headers)
    answer = line.getresponse()
    page = answer.read().decode()
    line.close()
    return answer.status, page


@pytest.mark.parametrize("sizes", [[4_900_000] * 4, [30 * MB], [60 * MB]])
def test_too_much_in_files_comes_back_as_the_form_with_its_text(send, sizes):
    status, page = send(*sizes)
    assert status == 422
    assert "残る文" in page
    assert "合わせて15MBまで" in page


def test_beyond_all_measure_stands_the_site_s_own_page(send):
    status, page = send(77 * MB)
    assert (status, "送る内容が大きすぎます" in page, "合わせて15MBまで" in page) == (413, True, True)
    status, page = send(77 * MB, **{"Transfer-Encoding": "chunked"})
    assert (status, "送る内容が大きすぎます" in page) == (413, True)
