"""Coupons: published, shown, used up once."""

from datetime import timedelta

import pytest

from madoguchi.domain.bulletins import NewCoupon
from madoguchi.services import coupons
from madoguchi.services.coupons import Over, Used
from madoguchi.services.notices import Faulty
from tests import people
from tests.support.coupons import coupon
from tests.support.together import at_once


@pytest.fixture
def hanako(office):
    """花子 in her first days."""
    return people.newcomer(office, people.cast.HANAKO)


def test_a_coupon_is_valid_from_its_first_day_to_its_last(office, hanako):
    number = coupon(office, begins=1, days=1)
    assert coupons.look(office, number, hanako.member_id) == Over()
    office.clock.move(timedelta(days=1))
    assert coupons.look(office, number, hanako.member_id).code == "KAKU-100"
    office.clock.move(timedelta(days=2))
    assert coupons.look(office, number, hanako.member_id) == Over()
    assert coupons.look(office, 99, hanako.member_id) is None


def test_the_one_that_ends_first_stands_in_front_and_many_come_in_pages(office, hanako):
    for n in range(25):
        coupon(office, f"{n}番", days=40 - n)
    first, more = coupons.page(office, hanako.member_id)
    rest, end = coupons.page(office, hanako.member_id, more)
    assert [one.title for one in (*first, *rest)] == [f"{n}番" for n in reversed(range(25))]
    assert (len(first), end) == (20, None)


def test_one_for_once_is_used_up_by_its_member_alone(office, hanako):
    ichiro, number = people.ichiro(office), coupon(office)
    used = coupons.use(office, number, hanako.member_id)
    assert used == Used(office.now())
    office.clock.move(timedelta(hours=1))
    assert coupons.use(office, number, hanako.member_id) == Used(used.at, repeated=True)
    assert coupons.look(office, number, hanako.member_id).used_at == used.at
    assert coupons.look(office, number, ichiro.member_id).used_at is None


def test_two_presses_at_once_use_it_once(office, hanako):
    number = coupon(office)
    found = at_once(office, 3, lambda: coupons.use(office, number, hanako.member_id))
    assert len({one.at for one in found}) == 1
    assert office.store.one("SELECT COUNT(*) FROM coupon_use") == (1,)


def test_one_that_works_any_time_is_never_used_up(office, hanako):
    assert coupons.use(office, coupon(office, once=False), hanako.member_id) is None


def test_what_is_over_or_withdrawn_cannot_be_used(office, hanako):
    number = coupon(office)
    assert coupons.withdraw(office, number, "広報") is True
    assert coupons.withdraw(office, number, "広報") is False
    assert coupons.use(office, number, hanako.member_id) == Over()
    assert coupons.page(office, hanako.member_id) == ([], None)


def test_a_faulty_coupon_is_published_by_nobody(office):
    today = office.business_day()
    told = coupons.publish(office, NewCoupon("店", "題", "文", "", today, today, True), "広報")
    assert told == Faulty(("code must not be empty",))
