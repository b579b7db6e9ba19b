"""Six-digit codes: sent within a budget, bound, counted exactly, used once, on both databases."""

from datetime import timedelta

import pytest

from madoguchi.domain.letters import Kind
from madoguchi.services import cast, codes
from madoguchi.services.codes import Bound, Dead, NoWay, Purpose, Right, Sent, TooSoon, Wrong
from tests import people
from tests.support.mailbox import letters
from tests.support.together import at_once


@pytest.fixture
def hanako(office):
    """Hanako with a contract of three days."""
    return people.newcomer(office, cast.HANAKO)


@pytest.fixture
def bound(hanako):
    """What her codes are for."""
    return Bound(hanako.member_id, Purpose.SIGN_IN, "one sign-in")


def newest(office):
    """The code in the newest letter."""
    return letters(office, Kind.CODE.value)[0]["code"]


def weigh(office, bound, digits):
    """A try as an act of its own."""
    with office.store.transaction():
        return codes.weigh(office, bound, digits)


def wrong(code):
    """Another code."""
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_code_is_sent_to_the_mail_on_file_and_is_right_once(office, bound):
    sent = codes.send(office, bound)
    assert sent == Sent("h…@example.jp", people.TODAY + timedelta(minutes=10))
    code = newest(office)
    assert weigh(office, bound, code) == Right()
    assert weigh(office, bound, code) == Dead()


def test_only_a_keyed_hash_of_a_code_is_kept(office, bound):
    codes.send(office, bound)
    (row,) = office.store.rows("SELECT digest FROM code")
    assert newest(office) not in row[0]
    assert len(row[0]) == 64


def test_a_code_is_worth_nothing_elsewhere(office, bound, hanako):
    codes.send(office, bound)
    code = newest(office)
    other = Bound(hanako.member_id, Purpose.SIGN_IN, "another sign-in")
    purpose = Bound(hanako.member_id, Purpose.STEP_UP, "one sign-in")
    assert weigh(office, other, code) == Dead()
    assert weigh(office, purpose, code) == Wrong(4)
    assert weigh(office, bound, code) == Right()


def test_wrong_codes_are_counted_exactly_and_the_sixth_try_is_not_compared(office, bound):
    codes.send(office, bound)
    code = newest(office)
    assert [weigh(office, bound, wrong(code)) for _ in range(6)] == [*map(Wrong, (4, 3, 2, 1, 0)), Dead()]
    assert weigh(office, bound, code) == Dead()


def test_a_code_lives_ten_minutes(office, bound):
    codes.send(office, bound)
    code = newest(office)
    office.clock.move(timedelta(minutes=10))
    assert weigh(office, bound, code) == Dead()


def test_a_late_mail_is_still_good_after_another_was_sent(office, bound):
    codes.send(office, bound)
    first = newest(office)
    office.clock.move(timedelta(seconds=60))
    codes.send(office, bound)
    assert first != newest(office)
    assert weigh(office, bound, first) == Right()
    assert weigh(office, bound, newest(office)) == Dead()


def test_a_member_gets_one_a_minute_and_three_an_hour_and_ten_a_day(office, bound):
    start, got = people.TODAY, []
    for _minute in range(24 * 60):
        if isinstance(codes.send(office, bound), Sent):
            got.append((office.now() - start) // timedelta(minutes=1))
            assert isinstance(codes.send(office, bound), TooSoon)
        if len(got) == 10:
            break
        office.clock.move(timedelta(minutes=1))
    assert got == [0, 1, 2, 60, 61, 62, 120, 121, 122, 180]
    office.clock.move(timedelta(hours=1))
    assert codes.send(office, bound) == TooSoon(start + timedelta(days=1))


def test_a_member_has_one_budget_for_signing_in_and_for_acts(office, bound, hanako):
    codes.send(office, bound)
    other = Bound(hanako.member_id, Purpose.STEP_UP, "one session")
    assert codes.send(office, other) == TooSoon(people.TODAY + timedelta(seconds=60))


def test_what_strangers_ask_for_uses_up_no_code_of_the_members_own(office, bound, hanako):
    stranger = Bound(hanako.member_id, Purpose.UNLOCK, "some browser")
    assert isinstance(codes.send(office, stranger), Sent)
    assert isinstance(codes.send(office, stranger), TooSoon)
    assert isinstance(codes.send(office, bound), Sent)


def test_whoever_uses_codes_is_not_kept_waiting_for_the_next(office, bound):
    codes.send(office, bound)
    weigh(office, bound, newest(office))
    assert isinstance(codes.send(office, bound), Sent)


def test_no_code_goes_where_mail_comes_back_or_to_nobody(office, bound, hanako):
    nobody = Bound(None, Purpose.CODE_FIRST, "a stranger's")
    assert codes.send(office, nobody) == NoWay()
    office.store.peewee.execute_sql("UPDATE member SET email_bounced_at = 1")
    assert codes.send(office, bound) == NoWay()
    assert weigh(office, nobody, "000000") == Wrong(4)


def test_of_one_code_used_twice_at_once_one_is_right(office, bound):
    codes.send(office, bound)
    code = newest(office)
    found = at_once(office, 8, lambda: weigh(office, bound, code))
    assert sum(isinstance(one, Right) for one in found) == 1


def test_fifty_guesses_at_once_are_five(office, bound):
    codes.send(office, bound)
    code = newest(office)
    found = at_once(office, 50, lambda: weigh(office, bound, wrong(code)))
    assert sorted(one.left for one in found if isinstance(one, Wrong)) == [0, 1, 2, 3, 4]


def test_of_two_codes_asked_for_at_once_one_is_sent(office, bound):
    found = at_once(office, 6, lambda: codes.send(office, bound))
    assert sum(isinstance(one, Sent) for one in found) == 1
