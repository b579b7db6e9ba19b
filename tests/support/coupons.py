"""Coupons as tests publish them."""

from datetime import timedelta

from madoguchi.domain.bulletins import NewCoupon
from madoguchi.services import coupons


def coupon(office, title="100円引き", once=True, days=30, begins=0):
    """Publish a coupon; returns its number."""
    first = office.business_day() + timedelta(days=begins)
    last = first + timedelta(days=days)
    made = NewCoupon("架空堂", title, "見せてください。", "KAKU-100", first, last, once)
    return coupons.publish(office, made, "広報").number
