"""Numbers find slips of the finger, codes are read as people write them, names are half hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.documents import (
    CODE_BYTES,
    code_of,
    grouped_code,
    grouped_number,
    id_of,
    masked,
    number_of,
    read_code,
)

IDS = st.integers(1, 10**10 - 1)
CHANCE = st.binary(min_size=CODE_BYTES, max_size=CODE_BYTES)


@given(IDS)
def test_a_number_names_its_document_in_any_width_and_grouping(key):
    number = number_of(key)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    assert len(number) == 11
    assert {id_of(number), id_of(grouped_number(number)), id_of(f" {wide} ")} == {key}


@given(IDS, IDS)
def test_two_documents_never_share_a_number(first, second):
    assert (number_of(first) == number_of(second)) is (first == second)


@given(IDS, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_found(key, place, shift):
    number = number_of(key)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert id_of(wrong) is None


@given(IDS, st.integers(0, 9))
def test_two_neighbours_exchanged_are_found(key, place):
    number = number_of(key)
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert wrong == number or id_of(wrong) is None


@pytest.mark.parametrize("text", ["", "123", "abcdefghijk", "1" * 12, "²0000000000", "١٢٣٤٥٦٧٨٩٠١"])
def test_what_is_no_number_names_nothing(text):
    assert id_of(text) is None


@pytest.mark.parametrize("key", [0, -1, 10**10])
def test_what_is_no_document_has_no_number(key):
    with pytest.raises(ValueError, match="there is no document"):
        number_of(key)


@given(CHANCE, CHANCE)
def test_a_code_holds_every_bit_and_is_read_in_any_writing(first, second):
    code = code_of(first)
    assert (code == code_of(second)) is (first == second)
    assert read_code(grouped_code(code).lower()) == code
    assert read_code(code.replace("0", "o").replace("1", "l")) == code


@pytest.mark.parametrize("text", ["", "0" * 15, "0" * 17, "U" * 16, "０" * 15 + "あ"])
def test_what_can_be_no_code_is_none(text):
    assert read_code(text) is None


@pytest.mark.parametrize(
    ("name", "told"), [("佐藤 花子", "佐＊ 花＊"), ("中村 大輔", "中＊ 大＊"), ("リー", "リ＊"), ("林", "林")]
)
def test_a_name_is_half_hidden(name, told):
    assert masked(name) == told
