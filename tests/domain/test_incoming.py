"""The file of incoming payments: read whole or refused with its line and column; whose each payment is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.incoming import member_numbers, name_in, read_payments
from madoguchi.domain.matching import Candidate, How, match
from madoguchi.domain.zengin import Malformed

TODAY = date(2026, 11, 20)
HEAD = "date,amount,payer,reference\n"
GOOD = "2026-11-20,10000,サトウ ハナコ,100000019\n"


def read(text, codec="utf-8"):
    """A file's payments."""
    return read_payments(text.encode(codec), TODAY)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp932"])
def test_a_payment_is_read_in_the_usual_encodings_and_widths(codec):
    (one,) = read(HEAD + '2026/11/20,"１０,０００",ｻﾄｳ　ﾊﾅｺ,振込１００００００１９\n', codec)
    assert (one.booked_on, one.amount, one.payer, one.line) == (TODAY, 10_000, "ｻﾄｳ ﾊﾅｺ", 2)
    assert member_numbers(one.reference, one.payer) == ("100000019",)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("日付,金額\n", 1, 1),
        (HEAD, 2, 1),
        (HEAD + GOOD + "2026-11-20,10000,サトウ\n", 3, 4),
        (HEAD + GOOD + "\n" + GOOD, 3, 1),
        (HEAD + "2026-02-30,10000,サトウ,\n", 2, 1),
        (HEAD + "2026-11-21,10000,サトウ,\n", 2, 1),
        (HEAD + "2025-11-01,10000,サトウ,\n", 2, 1),
        (HEAD + "2026-11-20,0,サトウ,\n", 2, 2),
        (HEAD + "2026-11-20,-5,サトウ,\n", 2, 2),
        (HEAD + "2026-11-20,10.5,サトウ,\n", 2, 2),
        (HEAD + "2026-11-20,10000,佐藤,\n", 2, 3),
        (HEAD + "2026-11-20,10000,,\n", 2, 3),
        (HEAD + "2026-11-20,10000," + "ア" * 49 + ",\n", 2, 3),
        (HEAD + "2026-11-20,10000,サトウ," + "x" * 61 + "\n", 2, 4),
        (HEAD + "2026-11-20,10000,サトウ,a\x07\n", 2, 4),
        (HEAD + '2026-11-20,10000,"サトウ,\n', 2, 1),
        (HEAD + GOOD * 501, 502, 1),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column(text, line, column):
    with pytest.raises(Malformed) as told:
        read(text)
    assert (told.value.line, told.value.column) == (line, column)


def test_bytes_of_no_text_are_refused():
    with pytest.raises(Malformed, match="Shift_JIS"):
        read_payments(b"\x81\xff\xff", TODAY)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    place = place_of(data)
    assert place is None or (place[0] >= 1 and 1 <= place[1] <= 5)


def place_of(data):
    """Where a file is wrong, None where it is not."""
    try:
        read_payments(data, TODAY)
    except Malformed as fault:
        return fault.line, fault.column
    return None


def test_two_equal_lines_are_two_payments_and_the_same_in_every_file():
    first, second = read(HEAD + GOOD * 2)
    assert first.key != second.key
    other = read(HEAD + "2026-11-19,500,ヤマモト,\n" + GOOD + GOOD)
    assert [one.key for one in other[1:]] == [first.key, second.key]


def test_a_number_is_nine_digits_by_themselves_and_no_part_of_the_name():
    assert member_numbers("1000000190 x100000027y", "100000035ﾀｶﾊｼ ﾐｻｷ") == ("100000027", "100000035")
    assert name_in("100000035 ﾀｶﾊｼ ﾐｻｷ") == "ﾀｶﾊｼﾐｻｷ"


def candidate(contract=1, name="A", debt=50_000, asked=(9_000,)):
    """A contract that may be meant."""
    return Candidate(contract, f"{contract:09}", name, debt, frozenset(asked))


@pytest.mark.parametrize(
    ("numbered", "named", "amount", "how", "contract"),
    [
        ([candidate()], [], 60_000, How.NUMBER, 1),
        ([candidate(name="B")], [candidate(2)], 9_000, How.NUMBER_OTHER_NAME, None),
        ([candidate(), candidate(2, "B")], [], 9_000, How.NUMBER, 1),
        ([candidate(1, "B"), candidate(2, "B")], [], 9_000, How.SEVERAL, None),
        ([], [candidate()], 50_000, How.NAME, 1),
        ([], [candidate()], 50_001, How.MORE_THAN_OWED, None),
        ([], [candidate(debt=0, asked=())], 1, How.MORE_THAN_OWED, None),
        ([], [candidate(), candidate(2, asked=(8_000,))], 8_000, How.NAME_AMOUNT, 2),
        ([], [candidate(), candidate(2)], 9_000, How.SEVERAL, None),
        ([], [candidate(), candidate(2)], 1_000, How.SEVERAL, None),
        ([], [], 1_000, How.NOBODY, None),
    ],
)
def test_whose_a_payment_is(numbered, named, amount, how, contract):
    found = match("A", amount, numbered, named)
    assert (found.how, found.contract_id) == (how, contract)
