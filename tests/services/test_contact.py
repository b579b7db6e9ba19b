"""Inquiries without signing in: a case each, a letter without their words, and nobody flooded."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from madoguchi.domain.topics import Topic
from madoguchi.ports import JAPAN
from madoguchi.services import contact
from madoguchi.services.contact import Asked
from madoguchi.store import cases
from tests import people
from tests.support.together import at_once

ASKED = Asked(
    "サトウ ハナコ", "hanako@example.jp", Topic.REPAY, "相談したい", date(1990, 4, 1), "09012345678"
)


def letters(office):
    """Recipient and facts of every letter."""
    return [(to, json.loads(facts)) for to, facts in office.store.rows("SELECT recipient, facts FROM letter")]


def test_an_inquiry_becomes_a_case_with_all_that_was_written(office):
    found = contact.ask(office, ASKED, "key-of-a-form")
    (case,) = cases.still_open(office.store, 10)
    assert case.facts == {
        "name_kana": "サトウ ハナコ", "email": "hanako@example.jp", "topic": "repay", "message": "相談したい",
        "birth_date": "1990-04-01", "phone": "09012345678", "number": found.number,
    }  # fmt: skip
    assert (case.kind, case.member_id) == ("contact", None)


def test_the_letter_holds_the_number_and_nothing_that_was_written(office):
    found = contact.ask(office, ASKED, "key-of-a-form")
    ((to, facts),) = letters(office)
    assert (to, facts["number"], facts["name"]) == ("hanako@example.jp", found.number, "")
    assert "相談" not in str(facts)


def test_members_and_others_get_the_same(office):
    people.newcomer(office, people.cast.HANAKO)
    theirs = contact.ask(office, ASKED, "key-of-a-form")
    others = contact.ask(office, replace(ASKED, email="nobody@example.jp"), "key-of-a-form")
    assert theirs.read_from == others.read_from
    (_, told), (_, same) = letters(office)
    assert told.keys() == same.keys()
    assert told["name"] == same["name"] == ""


@pytest.mark.parametrize(("hour", "read"), [((20, 59), (20, 20, 59)), ((21, 0), (24, 9, 0))])
def test_it_is_read_by_the_hours(office, hour, read):
    office.clock.move(datetime(2026, 11, 20, *hour, tzinfo=JAPAN) - people.TODAY)
    assert contact.ask(office, ASKED, "k").read_from == datetime(2026, 11, *read, tzinfo=JAPAN)


def test_a_double_click_asks_once_even_at_once(office):
    found = at_once(office, 4, lambda: contact.ask(office, ASKED, "key-of-a-form"))
    assert sorted(one.repeated for one in found) == [False, True, True, True]
    assert len({one.number for one in found}) == 1
    assert len(cases.still_open(office.store, 10)) == 1


def test_an_address_gets_few_letters_a_day_in_any_case_but_every_inquiry_is_taken(office):
    for turn in range(4):
        contact.ask(
            office, replace(ASKED, email=ASKED.email.upper() if turn % 2 else ASKED.email), f"k{turn}"
        )
    assert len(letters(office)) == office.rules.contact.address_day
    assert len(cases.still_open(office.store, 10)) == 4
    office.clock.move(timedelta(days=1, seconds=1))
    contact.ask(office, ASKED, "k9")
    assert len(letters(office)) == office.rules.contact.address_day + 1


def test_all_addresses_together_get_no_flood(office):
    strict = replace(office, rules=replace(office.rules, contact=replace(office.rules.contact, site_hour=2)))
    for turn in range(4):
        contact.ask(strict, replace(ASKED, email=f"a{turn}@example.jp"), f"k{turn}")
    assert len(letters(office)) == 2


def test_what_no_form_sends_again_is_forgotten_and_its_case_stays(office):
    contact.ask(office, ASKED, "k")
    office.clock.move(contact.KEPT + timedelta(seconds=1))
    contact.sweep(office)
    assert office.store.rows("SELECT 1 FROM inquiry") == []
    assert len(cases.still_open(office.store, 10)) == 1
