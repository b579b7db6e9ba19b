"""/history page by page: onward, back to where one was, and places that are none."""

import re

import pytest

from tests import people
from tests.support.members import signed_in


@pytest.fixture
def hanako(plain_office):
    """Hanako, signed in: 19 entries, which stand on one page."""
    return signed_in(plain_office, people.hanako(plain_office))


@pytest.fixture
def ken(plain_office):
    """Ken, signed in: 70 entries, which take three pages."""
    return signed_in(plain_office, people.ken(plain_office, entries=70))


def numbers(page):
    """The entries that a page shows, by number."""
    return [int(re.search(r"/history/(\d+)", href)[1]) for href in page.find("//tbody[@id='rows']//a/@href")]


def test_pages_lead_through_all_entries_once_newest_first(ken):
    seen = numbers(ken.get("/history"))
    while ken.find("//a[@id='more']"):
        seen += numbers(ken.follow("もっと見る"))
    assert seen == list(range(70, 0, -1))


def test_the_part_that_script_appends_holds_the_next_rows_and_the_next_link(ken):
    first = ken.get("/history")
    link = first.find("//a[@id='more']")[0]
    assert link.get("href") == link.get("data-hx-get")
    part = ken.part(link.get("href"))
    assert numbers(part) == list(range(40, 10, -1))
    assert part.find("//nav[@id='pages']//a[@id='more']")


def test_coming_back_shows_all_the_rows_that_were_there(ken):
    first = ken.get("/history?sum=all")
    seen = numbers(first)
    for shown in (60, 70):
        link = ken.find("//a[@id='more']")[0]
        part = ken.part(link.get("data-hx-get"))
        seen += numbers(part)
        again = ken.get(link.get("data-hx-replace-url"))
        assert numbers(again) == seen == list(range(70, 70 - shown, -1))
        assert again.find("//figure//time/@datetime") == first.find("//figure//time/@datetime")
        assert part.find("//a[@id='more']/@href") == again.find("//a[@id='more']/@href")
    assert "70件" in again.find("string(//h2[@id='list'])")


def test_more_pages_than_ten_are_not_kept_in_the_address(plain_office):
    ken = signed_in(plain_office, people.ken(plain_office, entries=320))
    page = ken.get("/history?pages=10")
    assert len(numbers(page)) == 300
    assert page.find("//a[@id='more']/@href")
    assert page.find("//a[@id='more']/@data-hx-replace-url") == []


@pytest.mark.parametrize("asked", ["pages=0", "pages=11", "pages=x", "pages=-1", "pages=2²"])
def test_a_strange_number_of_pages_is_refused(hanako, asked):
    page = hanako.get("/history?" + asked)
    assert page.status == 422
    assert "1から10まで" in page.text


@pytest.mark.parametrize(
    "place", ["1", "20261026.19.0000000000000000", "x" * 3000, "20261026.19", "'; --", "²"]
)
def test_a_forged_place_is_refused_with_a_way_back(hanako, place):
    page = hanako.get("/history", after=place)
    assert page.status == 422
    assert "はじめの取引から" in page.text


def test_a_place_of_one_member_is_none_of_another(ken, plain_office):
    place = ken.get("/history").find("//a[@id='more']/@href")[0]
    hanako = signed_in(plain_office, people.hanako(plain_office))
    assert hanako.get(place).status == 422
