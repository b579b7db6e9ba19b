"""One-time links: who gets one, how many, how long they work, and that asking tells nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.services import cast, links, locks, recovery, registration, sessions
from madoguchi.services.links import Dead, Purpose
from tests import people
from tests.support.mailbox import letters, token
from tests.support.members import statements

HANAKO, ICHIRO = cast.HANAKO.member, cast.ICHIRO.member


@pytest.fixture
def ichiro(office):
    return people.newcomer(office)


@pytest.fixture
def hanako(office):
    return people.newcomer(office, cast.HANAKO)


def later(office, **delta):
    office.clock.move(timedelta(**delta))


def test_number_and_address_that_belong_together_get_a_link(office, ichiro):
    registration.ask(office, ICHIRO.number, " ICHIRO＠example.jp ")
    (letter,) = letters(office)
    assert (letter["kind"], letter["to"]) == ("web_id_link", "ichiro@example.jp")
    assert links.is_good(office, Purpose.WEB_ID, letter["token"])


@pytest.mark.parametrize(
    ("number", "email"),
    [
        (ICHIRO.number, "hanako@example.jp"),
        ("100000099", ICHIRO.email),
        (ICHIRO.number, ""),
        ("", ICHIRO.email),
    ],
)
def test_a_mismatch_writes_to_nobody(office, ichiro, number, email):
    registration.ask(office, number, email)
    assert letters(office) == []


def test_a_member_without_an_address_is_matched_by_no_blank(office):
    people.newcomer(office, member=replace(ICHIRO, email=""))
    registration.ask(office, ICHIRO.number, "")
    assert letters(office) == []


def test_the_table_of_links_opens_nothing(office, ichiro):
    registration.ask(office, ICHIRO.number, ICHIRO.email)
    secret = token(office, "web_id_link")
    ((key,),) = office.store.rows("SELECT key FROM token")
    assert key == sessions.key_of(secret)
    assert secret not in key


def test_match_and_mismatch_run_the_same_statements_and_write_as_many_rows(office, ichiro, hanako):
    seen = []
    for number, email in (
        (ICHIRO.number, ICHIRO.email),
        (ICHIRO.number, "nobody@example.jp"),
        ("100000099", ICHIRO.email),
        (ICHIRO.number, ICHIRO.email),  # too soon after the first
    ):
        with statements(office.store) as asked:
            registration.ask(office, number, email)
        rows = [office.store.one(f"SELECT COUNT(*) FROM {table}")[0] for table in ("token", "letter")]
        seen.append((asked, rows))
    assert all(asked == seen[0][0] for asked, _ in seen)
    assert [rows for _, rows in seen] == [[n, n] for n in (1, 2, 3, 4)]
    with statements(office.store) as asked:
        recovery.ask(office, "", "nobody123", HANAKO.email)
    with statements(office.store) as found:
        recovery.ask(office, "", cast.HANAKO.web_id, HANAKO.email)
    assert asked == found


def test_a_link_works_for_an_hour(office, ichiro):
    registration.ask(office, ICHIRO.number, ICHIRO.email)
    secret = token(office, "web_id_link")
    later(office, minutes=59, seconds=59)
    assert links.is_good(office, Purpose.WEB_ID, secret)
    later(office, seconds=1)
    assert not links.is_good(office, Purpose.WEB_ID, secret)


def test_a_newer_link_kills_the_older_and_only_its_own_kind(office, hanako):
    registration.ask(office, HANAKO.number, HANAKO.email)
    old = token(office, "web_id_link")
    later(office, minutes=2)
    recovery.ask(office, HANAKO.number, "", HANAKO.email)
    assert links.is_good(office, Purpose.WEB_ID, old)
    later(office, minutes=2)
    registration.ask(office, HANAKO.number, HANAKO.email)
    assert not links.is_good(office, Purpose.WEB_ID, old)
    assert links.is_good(office, Purpose.WEB_ID, token(office, "web_id_link"))
    assert links.is_good(office, Purpose.PASSWORD, token(office, "password_link"))


def test_a_link_is_good_for_its_own_purpose_alone(office, hanako):
    recovery.ask(office, HANAKO.number, "", HANAKO.email)
    secret = token(office, "password_link")
    assert not links.is_good(office, Purpose.WEB_ID, secret)
    assert links.weigh(office, Purpose.WEB_ID, secret, "Kikyou4821x") == Dead()


def test_one_a_minute_three_an_hour_ten_a_day_and_the_last_one_stays_good(office, ichiro):
    sent = []
    for _ in range(26 * 60):
        registration.ask(office, ICHIRO.number, ICHIRO.email)
        sent.append(len(letters(office)))
        later(office, minutes=1)
    assert sent[:4] == [1, 2, 3, 3]
    assert sent[60:62] == [4, 5]
    assert sent[24 * 60 - 1] == 10
    assert sent[-1] > 10


def test_a_request_too_many_leaves_the_link_that_was_sent_alone(office, ichiro):
    rules = replace(office.rules, links=replace(office.rules.links, apart_seconds=60))
    strict = replace(office, rules=rules)
    registration.ask(strict, ICHIRO.number, ICHIRO.email)
    later(office, seconds=30)
    registration.ask(strict, ICHIRO.number, ICHIRO.email)
    assert len(letters(office)) == 1
    assert links.is_good(office, Purpose.WEB_ID, token(office, "web_id_link"))


def test_as_shipped_whoever_saw_no_letter_may_ask_for_another_at_once_but_not_for_many(office, ichiro):
    for _ in range(office.rules.links.hour + 2):
        registration.ask(office, ICHIRO.number, ICHIRO.email)
    assert len(letters(office)) == office.rules.links.hour
    assert links.is_good(office, Purpose.WEB_ID, token(office, "web_id_link"))


def test_all_members_together_get_no_more_than_the_lender_says(office, ichiro, hanako):
    rules = replace(office.rules, links=replace(office.rules.links, site_hour=1))
    small = replace(office, rules=rules)
    registration.ask(small, ICHIRO.number, ICHIRO.email)
    registration.ask(small, HANAKO.number, HANAKO.email)
    assert [letter["to"] for letter in letters(office)] == [ICHIRO.email]
    later(office, minutes=61)
    registration.ask(small, HANAKO.number, HANAKO.email)
    assert len(letters(office)) == 2


def test_requests_that_match_nobody_use_up_nobodys_letters(office, ichiro):
    for number in range(20):
        registration.ask(office, f"1000001{number:02}", "nobody@example.jp")
    registration.ask(office, ICHIRO.number, ICHIRO.email)
    assert len(letters(office)) == 1


def test_held_members_may_register_and_closed_ones_not(office, ichiro):
    locks.hold_card(office, ichiro.contract_id)
    registration.ask(office, ICHIRO.number, ICHIRO.email)
    assert len(letters(office)) == 1
    sho = people.sho(office).persona.member
    registration.ask(office, sho.number, sho.email)
    assert len(letters(office)) == 1


def test_a_password_is_reset_only_where_there_is_one_that_would_open(office, ichiro):
    recovery.ask(office, ICHIRO.number, "", ICHIRO.email)
    assert letters(office) == []
    sho = people.sho(office).persona  # closed 30 days ago: by Web-ID for 90
    recovery.ask(office, "", sho.web_id, sho.member.email)
    assert len(letters(office)) == 1
    later(office, days=61)
    recovery.ask(office, "", sho.web_id, sho.member.email)
    assert len(letters(office)) == 1


def test_a_link_stops_when_the_contract_no_longer_allows_it(office, ichiro):
    registration.ask(office, ICHIRO.number, ICHIRO.email)
    secret = token(office, "web_id_link")
    with office.store.transaction():
        office.store.write("UPDATE contract SET states = 1 WHERE id = ?", (ichiro.contract_id,))
    browser = links.Browser("iPhoneのSafari", "192.0.2.0/24")
    assert registration.register(office, secret, "ichiro1996", "Kikyou4821x", browser) == Dead()


def test_links_of_past_days_are_forgotten(office, ichiro):
    registration.ask(office, ICHIRO.number, ICHIRO.email)
    later(office, days=3)
    sessions.sweep(office)
    assert office.store.rows("SELECT 1 FROM token") == []
