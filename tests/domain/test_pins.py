"""New PINs: what a finder of the wallet would try is refused, and most others are not."""

from datetime import date

import pytest

from madoguchi.domain.pins import PinFault, fault_of
from madoguchi.services.cast import CAST

BORN, PHONE = date(1988, 6, 14), "090-1357-8642"


@pytest.mark.parametrize(
    ("pin", "found"),
    [
        ("2583", None), ("7416", None), ("9706", None),
        ("", PinFault.SHAPE), ("258", PinFault.SHAPE), ("25830", PinFault.SHAPE), ("25a3", PinFault.SHAPE),
        ("２５８３", PinFault.SHAPE), ("²583", PinFault.SHAPE), ("2583\n", PinFault.SHAPE),
        ("0000", PinFault.SAME), ("7777", PinFault.SAME),
        ("0123", PinFault.RUN), ("1234", PinFault.RUN), ("6789", PinFault.RUN), ("7890", PinFault.RUN),
        ("4321", PinFault.RUN), ("9876", PinFault.RUN), ("0987", PinFault.RUN), ("3210", PinFault.RUN),
        ("0614", PinFault.BIRTHDAY), ("1406", PinFault.BIRTHDAY), ("8806", PinFault.BIRTHDAY),
        ("8814", PinFault.BIRTHDAY), ("1988", PinFault.BIRTHDAY), ("0688", PinFault.BIRTHDAY),
        ("1975", PinFault.YEAR), ("2026", PinFault.YEAR),
        ("1357", PinFault.PHONE), ("8642", PinFault.PHONE), ("0901", PinFault.PHONE),
        ("5786", PinFault.PHONE),
    ],
)  # fmt: skip
def test_each_rule_in_turn(pin, found):
    assert fault_of(pin, BORN, PHONE) is found


def test_a_single_digit_month_and_day_are_found_without_their_zeros():
    assert fault_of("8961", date(1989, 6, 1), "") is PinFault.BIRTHDAY
    assert fault_of("6189", date(1989, 6, 1), "") is PinFault.BIRTHDAY


def test_the_casts_own_pins_keep_the_rules():
    assert [fault_of(who.pin, who.member.birth_date, who.member.phone) for who in CAST] == [None] * len(CAST)


def test_most_pins_are_left_to_choose_from():
    left = [n for n in range(10_000) if fault_of(f"{n:04}", BORN, PHONE) is None]
    assert len(left) > 9_700
