"""Fields check shape through the domain's parsers, keep what was typed, and never send a secret back."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from madoguchi.web.forms import CheckField, CountField, DayField, Form, NarrowField, SecretField, YenField


class Sample(Form):
    """One of each."""

    card = NarrowField("カード番号", digits=True)
    pin = SecretField("暗証番号")
    amount = YenField("金額", 200, 10_000, required=False)
    day = DayField("日", required=False)
    times = CountField("回数", 1, 120, "回", required=False)
    remember = CheckField("記憶する")


def filled(**typed):
    """The form as sent with these fields."""
    with Flask(__name__).test_request_context():
        form = Sample(MultiDict(typed))
        form.validate()
        return form


def test_a_number_is_taken_in_any_width_with_any_dash():
    assert filled(card="９９９０－１１００ ０００ー４", pin="1").card.data == "999011000004"


@pytest.mark.parametrize("secret", [" 2583 ", "２５８３", "p\u3000q"])
def test_a_secret_is_taken_exactly_as_typed_and_not_sent_back(secret):
    field = filled(card="1", pin=secret).pin
    assert (field.data, field._value()) == (secret, "")


def test_a_missing_field_is_told_once_in_its_own_words():
    assert filled(pin="1").errors == {"card": ["カード番号を入れてください"]}


def test_what_is_optional_may_stay_empty():
    form = filled(card="1", pin="1", amount=" ", day="")
    assert (form.errors, form.amount.data, form.day.data) == ({}, None, None)


def test_what_was_typed_stays_though_it_was_wrong():
    field = filled(card="1", pin="1", amount="十万円").amount
    assert (field._value(), field.data) == ("十万円", None)
    assert field.errors


@pytest.mark.parametrize(("typed", "control"), [("2026-02-31", "text"), ("2026-02-28", "date"), ("", "date")])
def test_a_date_control_gives_way_to_text_that_it_could_not_show(typed, control):
    assert filled(card="1", pin="1", day=typed).day.control == control


@pytest.mark.parametrize("typed", ["0", "121", "1.5", "-1", "１２１", "9" * 99, "²"])
def test_a_count_stays_in_its_range(typed):
    assert filled(card="1", pin="1", times=typed).times.errors


def test_a_count_may_carry_its_unit():
    assert filled(card="1", pin="1", times="３６回").times.data == 36
