"""The demo's mailbox: for people a page with working links, for programs a list; in production neither."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.adapters.letterpress import Letterpress
from madoguchi.adapters.mail.files import Files, Texts
from madoguchi.domain.letters import Channel, Kind
from madoguchi.services import demo, letters, post
from madoguchi.services.office import Post
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support.post import SENDER

SITE = "http://localhost:8000"


@pytest.fixture
def office(sqlite_url, tmp_path):
    """A demo whose mail goes into files."""
    made = people.office(Store(sqlite_url), demo=True)
    mailbox = Files(tmp_path / "mail", SENDER)
    carriers = {Channel.MAIL: mailbox, Channel.TEXT: Texts(tmp_path / "mail", SENDER)}
    press = Letterpress(people.rules(), SITE)
    return replace(made, demo=replace(made.demo, mailbox=mailbox), post=Post(press, carriers))


@pytest.fixture
def visitor(office):
    """A tester."""
    return Visitor(create_app(office, Face(SITE), people.ROOT))


def send(office, kind, **facts):
    """Write and deliver a letter to 佐藤 花子."""
    hanako = office.store.one("SELECT id FROM member") or (people.hanako(office).member_id,)
    with office.store.transaction():
        until = office.now() + timedelta(minutes=10)
        letters.write(office, kind, {"until": until, **facts}, member_id=hanako[0])
    post.deliver(office)


def test_the_mailbox_says_that_it_is_empty(visitor):
    assert "まだ1通も届いていません" in visitor.get("/demo/mail").text


def test_a_letter_is_shown_whole_and_its_link_leads_into_this_site(visitor, office):
    send(office, Kind.WEB_ID_LINK, token="T0ken")
    page = visitor.get("/demo/mail")
    assert "Web-IDの登録のご案内" in page.text
    assert "佐藤 花子 様" in page.text
    assert page.find("//article//a/@href")[0] == "/web-id/register/T0ken"


def test_programs_get_a_list_with_the_newest_first_and_bare_addresses(visitor, office):
    send(office, Kind.CODE, code="908172", purpose="ログイン")
    office.clock.move(timedelta(seconds=1))
    send(office, Kind.CODE_TEXT, code="271809", purpose="ログイン")
    answer = visitor.get("/demo/mail.json")
    newest, first = json.loads(answer.body or answer.response.data)
    assert set(first) == {"to", "subject", "text", "at"}
    assert (newest["to"], first["to"]) == ("090-0000-0019", "hanako@example.jp")
    assert "\n908172\n" in first["text"]
    assert "271809" in newest["text"].split("\n")
    assert first["at"] == "2026-11-20T10:00:00+09:00"


def test_what_a_member_is_called_is_no_markup_in_the_mailbox(visitor, office):
    send(office, Kind.CODE, code="908172", purpose="<b>ログイン</b>")
    assert "<b>ログイン</b>のための" in visitor.get("/demo/mail").text


def test_starting_over_empties_the_mailbox(visitor, office, monkeypatch):
    monkeypatch.setattr(demo, "STORIES", ())
    send(office, Kind.CODE, code="908172", purpose="ログイン")
    demo.start_over(office, str)
    assert "まだ1通も届いていません" in visitor.get("/demo/mail").text


def test_a_production_site_has_no_mailbox(stranger):
    assert stranger.get("/demo/mail").status == 404
    assert stranger.client.get("/demo/mail.json").status_code == 404
