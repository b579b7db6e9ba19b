"""/demo/desk: testers play the people at the lender."""

from pathlib import Path

import pytest

from madoguchi.services.cast import HANAKO
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support import retold
from tests.support.applying import CARD, RAISE, send, stage
from tests.support.money import standing

ROOT = Path(__file__).resolve().parent.parent.parent
ONE = "/demo/desk/applications/1"


@pytest.fixture
def office(sqlite_url):
    """A demo."""
    store = Store(sqlite_url)
    yield people.office(store, demo=True)
    store.close()


@pytest.fixture
def hanako(office):
    """花子, whose applications are played with."""
    return people.newcomer(office, HANAKO)


@pytest.fixture
def desk(office):
    """A tester at the desk."""
    found = Visitor(create_app(office, Face("http://localhost", compiled=retold.COMPILED), ROOT))
    found.get("/demo/desk")
    return found


def test_nothing_waits_at_first_and_the_door_leads_there(desk):
    assert "お返事を待っているお申し込みはありません" in desk.text
    desk.get("/demo")
    assert desk.follow("デモの担当者").heading == "デモの担当者"


def test_a_raise_is_taken_up_and_agreed_to_for_less(office, hanako, desk):
    send(office, hanako, RAISE, proven=True)
    assert "佐藤 花子さん" in desk.get("/demo/desk").text
    desk.get(ONE)
    assert "確認しています" in desk.submit(f"{ONE}/taking-up").text
    assert "A-17" in desk.submit(f"{ONE}/approval", limit="500000").text
    assert "できました" in desk.submit(f"{ONE}/approval", limit="550000").text
    assert standing(office, hanako).limit == 550_000


def test_words_are_needed_to_ask_and_to_refuse(office, hanako, desk):
    send(office, hanako, CARD)
    desk.get(ONE)
    assert desk.submit(f"{ONE}/questions").error_of("words") != ""
    assert "お返事を待っています" in desk.submit(f"{ONE}/questions", words="いつからですか。").text
    desk.post(f"{ONE}/refusal", words="できません。")
    assert stage(office, 1) == "refused"
    assert desk.get(ONE).status == 410


def test_a_card_is_handed_over_with_a_pin(office, hanako, desk):
    send(office, hanako, CARD)
    desk.get(ONE)
    desk.submit(f"{ONE}/approval")
    assert "続いた数字" in desk.submit(f"{ONE}/hand-over", pin="1111").error_of("pin")
    assert "桁の数" in desk.submit(f"{ONE}/hand-over", card_number="12", pin="2583").error_of("card_number")
    desk.get(ONE)
    assert "できました" in desk.submit(f"{ONE}/hand-over", pin="2583").text
    assert stage(office, 1) == "approved"
