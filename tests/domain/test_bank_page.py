"""Orders and answers as signed fields: read again exactly, and by nobody else's key."""

import hashlib
import hmac
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.bank_page import (
    SIGNATURE,
    BankAnswer,
    Order,
    read_answer,
    read_order,
    sealed_answer,
    sealed_order,
)
from tests.people import TODAY

KEY = b"a key that both sides share, 32 letters"
KEYS = st.text("0123456789abcdef", min_size=32, max_size=32)
BANKS = st.text("0123456789", min_size=4, max_size=4)
YEN = st.integers(1, 9_999_999_999)
ORDERS = st.builds(Order, KEYS, BANKS, YEN)
ANSWERS = st.builds(
    BankAnswer, KEYS, BANKS, YEN, st.booleans(),
    st.integers(0, 10**8).map(lambda n: TODAY + timedelta(seconds=n)),
    st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-", min_size=1, max_size=40),
)  # fmt: skip


@given(ORDERS)
def test_an_order_is_read_as_it_was_sealed(order):
    assert read_order(KEY, sealed_order(KEY, order)) == order


@given(ANSWERS)
def test_an_answer_is_read_as_it_was_sealed(answer):
    assert read_answer(KEY, sealed_answer(KEY, answer)) == answer


@given(ANSWERS, st.binary(min_size=1).filter(lambda key: key != KEY))
def test_another_key_reads_nothing(answer, other):
    assert read_answer(other, sealed_answer(KEY, answer)) is None


@given(ANSWERS, ANSWERS)
def test_no_signature_holds_for_other_fields(one, other):
    mixed = sealed_answer(KEY, one) | {SIGNATURE: sealed_answer(KEY, other)[SIGNATURE]}
    assert (read_answer(KEY, mixed) is None) == (one != other)


@given(st.dictionaries(st.sampled_from(["key", "bank_code", "amount", SIGNATURE, "x"]), st.text()))
def test_whatever_comes_is_answered_and_never_raises(fields):
    assert read_order(KEY, fields) is None
    assert read_answer(KEY, fields) is None


def test_the_signed_text_is_what_the_documentation_says():
    order = Order("0123456789abcdef" * 2, "0009", 20_000)
    lines = ["madoguchi order 1", f"key={order.key}", "bank_code=0009", "amount=20000"]
    wanted = hmac.new(KEY, "\n".join(lines).encode(), hashlib.sha256).hexdigest()
    assert sealed_order(KEY, order)[SIGNATURE] == wanted
