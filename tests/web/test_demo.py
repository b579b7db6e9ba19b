"""The testers' door: everybody's secrets, a clock that goes forward, and a fresh start."""

from datetime import timedelta
from pathlib import Path

import pytest

from madoguchi.services import cast, demo, demo_lives
from madoguchi.store import closed_days
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support.factors import mailed
from tests.support.signing import by_card

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def office(sqlite_url, monkeypatch):
    """A demo with Ken's story cut short."""
    monkeypatch.setattr(demo, "STORIES", [s for s in demo.STORIES if s[1] is not demo_lives.ken])
    made = people.office(Store(sqlite_url), demo=True)
    demo.make(made, str)
    return made


@pytest.fixture
def visitor(office):
    """A tester."""
    return Visitor(create_app(office, Face("http://localhost"), ROOT))


def test_the_door_tells_everybodys_secrets(visitor):
    visitor.get("/demo")
    assert "佐藤 花子" in visitor.text
    assert "9990110000000014" in visitor.text
    assert "Sakura7788" in visitor.text
    for asked in ("サトウ ハナコ", "1988年6月14日", "090-0000-0019"):  # what /lost-card and /misuse ask
        assert asked in visitor.text


def test_a_production_site_has_no_door(sqlite_url):
    site = Visitor(create_app(people.office(Store(sqlite_url)), Face("http://localhost"), ROOT))
    assert site.get("/demo").status == 404


def test_moving_the_clock_runs_the_round_of_every_day_that_passes(visitor, office):
    visitor.get("/demo")
    before = office.now()
    visitor.submit("/demo/clock", days="１０", hours="2")
    assert office.now() - before == timedelta(days=10, hours=2)
    assert closed_days.last(office.store) == office.business_day() - timedelta(days=1)
    assert "時計を進め" in visitor.text


def test_the_clock_cannot_be_moved_back_or_out_of_sight(visitor, office):
    visitor.get("/demo")
    before = office.now()
    assert visitor.submit("/demo/clock", days="-1", hours="0").status == 422
    assert visitor.submit("/demo/clock", days="401", hours="0").status == 422
    assert "日数は" in visitor.error_of("days")
    assert office.now() == before


def test_a_clock_that_would_stand_still_is_told_beside_the_field(visitor, office):
    visitor.get("/demo")
    before = office.now()
    assert visitor.submit("/demo/clock", days="0", hours="0").status == 422
    assert "日数か時間を1以上で" in visitor.error_of("days")
    assert office.now() == before
    visitor.submit("/demo/clock", days="0", hours="1")
    assert office.now() - before == timedelta(hours=1)


def test_an_authenticator_app_follows_the_demos_clock_which_no_phone_does(visitor, office):
    visitor.get("/login")
    by_card(visitor)
    visitor.get("/settings/security/second-step")
    visitor.submit("/settings/security/totp")
    visitor.submit("/step-up", code=mailed(office))
    page = visitor.submit("go-on")
    (told,) = page.find("//form[@action='/settings/security/totp/confirmation']//strong")
    visitor.submit("/settings/security/totp/confirmation", code=told.text)
    office.clock.move(timedelta(days=40))
    shown = demo.app_codes(office)[cast.HANAKO.member.number]
    assert shown != told.text
    assert shown in visitor.get("/demo").text


def test_an_old_demo_offers_to_start_over(visitor):
    visitor.get("/demo")
    visitor.submit("/demo/clock", days="31", hours="0")
    assert "作ってから31日たっています" in visitor.text


def test_every_page_of_a_demo_says_that_it_is_one_and_when_it_is_old(visitor):
    assert "デモです" in visitor.get("/terms").text
    visitor.get("/demo")
    visitor.submit("/demo/clock", days="31", hours="0")
    assert "作り直せます" in visitor.get("/terms").text


def test_no_page_of_a_production_site_says_demo(sqlite_url):
    site = Visitor(create_app(people.office(Store(sqlite_url)), Face("http://localhost"), ROOT))
    assert "デモ" not in site.get("/terms").text


def test_starting_over_brings_back_the_first_day_and_the_first_balances(visitor, office):
    visitor.get("/demo")
    start, owed = office.now(), _owed(office)
    visitor.submit("/demo/clock", days="60", hours="0")
    assert _owed(office) != owed
    visitor.submit("/demo/start-over")
    assert (office.now(), _owed(office)) == (start, owed)


def _owed(office):
    """Everybody's cached figures that days change."""
    return office.store.rows("SELECT principal, due_on, damages_units, states FROM contract ORDER BY id")
