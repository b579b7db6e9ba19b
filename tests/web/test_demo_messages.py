"""/demo/messages: testers play the desk."""

from io import BytesIO
from pathlib import Path

import pytest

from madoguchi.services import messages
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support import files

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def office(sqlite_url):
    """A demo with Hanako, who has asked something."""
    made = people.office(Store(sqlite_url), demo=True)
    who = people.newcomer(made, people.cast.HANAKO)
    author = messages.Author(who.member_id, who.contract_id)
    messages.begin(made, author, messages.Topic.CARD, "カードが折れました", "key-of-a-form")
    return made


@pytest.fixture
def desk(office):
    """Whoever plays the desk."""
    return Visitor(create_app(office, Face("http://localhost"), ROOT))


def test_a_message_waits_is_answered_once_and_waits_no_more(desk, office):
    assert "カードが折れました" in desk.get("/demo/messages").text
    desk.get("/demo/messages/1")
    form = desk.page
    for _ in range(2):
        desk.page = form
        desk.submit("/demo/messages/1/answer", message="新しいカードをお送りします")
    assert "返事を待つメッセージはありません" in desk.text
    assert office.store.rows("SELECT COUNT(*) FROM message") == [(2,)]


def test_an_empty_answer_is_told_and_a_thread_can_be_closed(desk):
    desk.get("/demo/messages/1")
    desk.submit("/demo/messages/1/answer", message=" ")
    assert "返事を入れてください" in desk.error_of("message")
    desk.submit("/demo/messages/1/close")
    assert "やり取りを終えました" in desk.text


def test_what_is_not_there_is_not_found(desk):
    for path in ("/demo/messages/9", "/demo/messages/uploads/9"):
        assert desk.get(path).status == 410
    desk.get("/demo/messages/1")
    assert desk.post("/demo/messages/9/answer", message="x").status == 404


def test_the_desk_sees_the_files(desk, office):
    from madoguchi.services import uploads

    author = messages.Author(1, 1)
    ready = uploads.check(office, (uploads.Sent("写真.png", files.png()),), 1)
    messages.reply(office, author, 1, "写真です", "key-2", ready)
    desk.get("/demo/messages/1")
    assert desk.client.get("/demo/messages/uploads/1").mimetype == "image/png"
    assert BytesIO(desk.client.get("/demo/messages/uploads/1").data).read(4) == b"\x89PNG"
