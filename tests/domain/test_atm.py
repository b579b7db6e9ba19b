"""The number on a machine's screen, the fee, and messages that are read strictly or not at all."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.atm import NumberError, fee, number_in, shown, with_check
from madoguchi.domain.atm_message import Authorise, Malformed, Signed, read_authorise, read_transaction
from tests import people

NUMBER = with_check("123456789")
GOOD = {
    "transaction": "20261120-000001", "machine": "0001-2", "number": NUMBER, "company": "0912",
    "kind": "withdrawal", "amount": 20000, "pin": "2583",
}  # fmt: skip
NINE = st.text("0123456789", min_size=9, max_size=9)


def read(**changes):
    """A question with some fields otherwise; None leaves one out."""
    told = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return read_authorise(json.dumps(told).encode())


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        f" {NUMBER[:3]}-{NUMBER[3:6]}-{NUMBER[6:]} ",
        "".join(chr(ord(digit) + 0xFEE0) for digit in NUMBER),
        f"https://example.jp/atm?number={NUMBER}",
        f"http://localhost:8000/atm?x=1&number={NUMBER}#top",
    ],
)
def test_a_number_is_understood_however_it_was_read(typed):
    assert number_in(typed) == NUMBER


@pytest.mark.parametrize(
    "typed", ["", "123", NUMBER + "0", "一二三", f"?number={NUMBER}0", "²" * 10, "٣" * 10]
)
def test_what_is_no_number_is_told_by_its_length(typed):
    with pytest.raises(NumberError) as told:
        number_in(typed)
    assert told.value.reason == "length"


@given(NINE, st.integers(0, 9), st.integers(1, 9))
def test_every_single_slip_is_caught(nine, place, by):
    number = with_check(nine)
    slipped = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    with pytest.raises(NumberError):
        number_in(slipped)


@given(NINE)
def test_a_number_is_shown_as_it_can_be_typed(nine):
    assert number_in(shown(with_check(nine))) == with_check(nine)


def test_the_fee_changes_above_ten_thousand():
    rules = people.rules().atm
    assert [fee(rules, amount) for amount in (1_000, 10_000, 10_001, 200_000)] == [110, 110, 220, 220]


def test_a_question_is_read():
    assert read() == Authorise(**GOOD)
    assert read(kind="deposit", pin=None).pin == ""
    assert read_transaction(b'{"transaction": "20261120-000001"}') == "20261120-000001"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "20000"), ("amount", 2e4), ("amount", True), ("amount", 0), ("amount", -1000),
        ("amount", 10**10), ("amount", None), ("pin", "25833"), ("pin", "258"), ("pin", 2583),
        ("pin", "２５８３"), ("pin", None), ("company", "912"), ("number", NUMBER[:-1]), ("kind", "loan"),
        ("kind", ["withdrawal"]), ("kind", None), ("transaction", "short"), ("transaction", "x" * 41),
        ("transaction", "no spaces here"), ("transaction", "line\nend-of-it"), ("machine", ""),
    ],
)  # fmt: skip
def test_a_field_that_is_otherwise_is_named(field, value):
    with pytest.raises(Malformed) as told:
        read(**{field: value})
    assert told.value.field == field


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b'"x"', b"{", b"\xff\xfe", b'{"transaction": NaN}', b"[" * 4000, b'{"a":' * 600,
        b'{"transaction": "20261120-000001", "transaction": "20261120-000002"}',
        b'{"transaction": "20261120-000001", "amount": 1}', b'{"transaction": "\\ud800\\ud800\\ud800"}',
        b"1" * 4096, b'{"__proto__": {}}',
    ],
)  # fmt: skip
def test_what_is_no_message_is_malformed(body):
    for reader in (read_transaction, read_authorise):
        with pytest.raises(Malformed):
            reader(body)


def test_a_deposit_brings_no_secret_along():
    with pytest.raises(Malformed):
        read(kind="deposit")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*GOOD, "x"]), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(list(GOOD)), JSON) | JSON)
def test_whatever_comes_is_read_or_malformed(value):
    told = GOOD | value if isinstance(value, dict) else value
    for reader in (read_authorise, read_transaction):
        with suppress(Malformed):
            reader(json.dumps(told).encode())


def signed(**changes):
    """A request with parts that look right."""
    parts = {
        "method": "POST", "path": "/api/atm/confirm", "seconds": "1795136400", "nonce": "n" * 16,
        "body": b"{}", "signature": "a" * 64,
    }  # fmt: skip
    return Signed(**(parts | changes))


def test_every_part_of_a_request_changes_what_is_signed():
    parts = [{}, {"method": "GET"}, {"path": "/api/atm/reverse"}, {"seconds": "1795136401"},
             {"nonce": "m" * 16}, {"body": b"{ }"}]  # fmt: skip
    assert len({signed(**part).text for part in parts}) == len(parts)


@pytest.mark.parametrize(
    "part",
    [{"seconds": ""}, {"seconds": "-1"}, {"seconds": "1.5"}, {"seconds": "１"}, {"nonce": "short"},
     {"nonce": "n" * 65}, {"nonce": "a\nb" + "n" * 16}, {"signature": "A" * 64}, {"signature": ""}],
)  # fmt: skip
def test_parts_without_their_shape_are_not_compared(part):
    assert signed().is_shaped()
    assert not signed(**part).is_shaped()


@pytest.mark.parametrize(("off", "near"), [(0, True), (60, True), (-60, True), (61, False), (-61, False)])
def test_a_clock_may_be_off_by_a_minute(off, near):
    now = datetime.fromtimestamp(1795136400 + off, UTC)
    assert signed().is_near(now, timedelta(seconds=60)) is near
