"""Coupons: published and withdrawn by staff, shown at shops by members, some of them once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from madoguchi.domain.bulletins import NewCoupon, coupon_faults
from madoguchi.services import audit, once
from madoguchi.services.audit import Noted
from madoguchi.services.notices import MOST, Faulty, Published
from madoguchi.services.office import Office
from madoguchi.store import coupons
from madoguchi.store.coupons import Coupon

SHOWN: Final = 20  # on one page
FIRST: Final = (date.min, 0)  # the place before all


@dataclass(frozen=True, slots=True)
class Over:
    """It is valid no more, or not yet."""


@dataclass(frozen=True, slots=True)
class Used:
    """It is used up since then; `repeated` when it was before."""

    at: datetime
    repeated: bool = False


def publish(office: Office, coupon: NewCoupon, by_whom: str, key: str = "") -> Published | Faulty:
    """Publish a coupon at once, or for a day to come; once for each key."""
    if faults := tuple(coupon_faults(coupon, office.business_day())):
        return Faulty(faults)
    with office.store.transaction():
        return Published(once.within(office, key, lambda: _publish(office, coupon, by_whom)))


def withdraw(office: Office, number: int, by_whom: str) -> bool:
    """Take a coupon back at once; False where there is none to take back."""
    with office.store.transaction():
        done = coupons.withdraw(office.store, number, office.now(), by_whom)
        if done:
            audit.note_within(office, Noted.COUPON_WITHDRAWN, by_whom, coupon=number)
        return done


def current(office: Office) -> list[Coupon]:
    """What is valid today or later, the one that begins last in front, as staff see it; MOST at most."""
    return coupons.current(office.store, office.business_day(), MOST)


def of_number(office: Office, number: int) -> Coupon | None:
    """A coupon whether it is shown or not, as nobody in particular has it."""
    return coupons.read(office.store, number, coupons.NOBODY)


def page(
    office: Office, member_id: int, after: tuple[date, int] = FIRST
) -> tuple[list[Coupon], tuple[date, int] | None]:
    """The coupons of today behind a place, and the place to go on from if there are more."""
    found = coupons.standing(office.store, office.business_day(), member_id, after, SHOWN + 1)
    shown = found[:SHOWN]
    return shown, (shown[-1].last, shown[-1].id) if len(found) > SHOWN else None


def look(office: Office, number: int, member_id: int) -> Coupon | Over | None:
    """A coupon as a member may show it; None where none was ever published."""
    found = coupons.read(office.store, number, member_id)
    if found is None:
        return None
    return found if found.stands(office.business_day()) else Over()


def use(office: Office, number: int, member_id: int) -> Used | Over | None:
    """Use up a coupon that works once; None where there is none that is ever used up."""
    with office.store.transaction():
        found = coupons.read(office.store, number, member_id)
        if found is None or not found.once:
            return None
        if found.used_at is not None:
            return Used(found.used_at, repeated=True)
        if not found.stands(office.business_day()):
            return Over()
        coupons.use(office.store, number, member_id, office.now())
        again = coupons.read(office.store, number, member_id)
        assert again is not None, "it was read a moment ago"
        assert again.used_at is not None, "it was used a moment ago"
        return Used(again.used_at)


def _publish(office: Office, coupon: NewCoupon, by_whom: str) -> int:
    texts = coupon.shop.strip(), coupon.title.strip(), coupon.body.strip(), coupon.code.strip()
    days = coupon.first, coupon.last
    number = coupons.add(office.store, texts, days, coupon.once, office.now(), by_whom)
    audit.note_within(office, Noted.COUPON_PUBLISHED, by_whom, coupon=number, title=texts[1])
    return number
