"""Files of direct debits: what is asked and answered to the byte, and results that are refused whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain import debit_file, zengin
from madoguchi.domain.bank_file import Account, Owner
from madoguchi.domain.debit_file import Debit, Result
from madoguchi.domain.kana import CELLS
from madoguchi.domain.zengin import Malformed

LENDER = Owner("1234567890", "ﾏﾄﾞｸﾞﾁﾌｱｲﾅﾝｽ(ｶ", Account("0001", "001", 1, "7654321", "ﾐｽﾞﾎ", "ﾄｳｷﾖｳ"))
HANAKO = Debit(Account("0009", "015", 1, "0000019", "ﾐﾂｲｽﾐﾄﾓ", "ｼﾝｼﾞﾕｸ"), "ｻﾄｳ ﾊﾅｺ", 9000, 17, first=True)
KEN = Debit(Account("0036", "201", 2, "0000043"), "ﾀﾅｶ ｹﾝ", 26_000, 18)
DAY = date(2026, 11, 25)

ASKED = "".join(
    [
        "1910" "1234567890" + "ﾏﾄﾞｸﾞﾁﾌｱｲﾅﾝｽ(ｶ".ljust(40) + "1125" "0001" + "ﾐｽﾞﾎ".ljust(15) + "001"
        + "ﾄｳｷﾖｳ".ljust(15) + "1" "7654321" + " " * 17 + "\r\n",
        "2" "0009" + "ﾐﾂｲｽﾐﾄﾓ".ljust(15) + "015" + "ｼﾝｼﾞﾕｸ".ljust(15) + "    " "1" "0000019"
        + "ｻﾄｳ ﾊﾅｺ".ljust(30) + "0000009000" "1" "00000000000000000017" "0" + " " * 8 + "\r\n",
        "2" "0036" + " " * 15 + "201" + " " * 15 + "    " "2" "0000043"
        + "ﾀﾅｶ ｹﾝ".ljust(30) + "0000026000" "0" "00000000000000000018" "0" + " " * 8 + "\r\n",
        "8" "000002" "000000035000" "000000" "000000000000" "000000" "000000000000" + " " * 65 + "\r\n",
        "9" + " " * 119 + "\r\n",
    ]
).encode("shift_jis")  # fmt: skip


def request(end=b"\r\n"):
    """The two debits as a file."""
    return debit_file.request(LENDER, DAY, [HANAKO, KEN], end)


def answered(end=b"\r\n"):
    """The file with Hanako's debit paid and Ken's refused for want of funds."""
    return debit_file.answer(request(end), [Result.PAID, Result.NO_FUNDS], end)


def test_a_request_is_what_the_banks_agreed_on_to_the_byte():
    assert request() == ASKED
    assert request(b"") == ASKED.replace(b"\r\n", b"")


def test_an_answer_changes_the_codes_and_the_totals_and_nothing_else():
    changed = [at for at, (one, other) in enumerate(zip(ASKED, answered(), strict=True)) if one != other]
    lines = answered().decode("shift_jis").split("\r\n")
    assert {(at // 122 + 1, at % 122 + 1) for at in changed} <= {(3, 112), *((4, n) for n in range(20, 56))}
    assert lines[3][19:55] == "000001000000009000000001000000026000"


@pytest.mark.parametrize("end", [b"\r\n", b""])
def test_a_result_says_what_became_of_each_debit(end):
    told = debit_file.read_result(answered(end))
    assert (told.collector, told.month, told.day) == ("1234567890", 11, 25)
    assert [(row.line, row.debit, row.result) for row in told.rows] == [
        (2, HANAKO, Result.PAID),
        (3, KEN, Result.NO_FUNDS),
    ]


names = st.text(alphabet=sorted(CELLS), max_size=15).map(str.rstrip)
digits = st.from_regex
accounts = st.builds(
    Account,
    st.integers(0, 9999).map("{:04}".format),
    st.integers(0, 999).map("{:03}".format),
    st.sampled_from([1, 2, 3, 9]),
    st.integers(0, 9_999_999).map("{:07}".format),
    names,
    names,
)
debits = st.builds(
    Debit, accounts, names, st.integers(1, 9_999_999_999), st.integers(1, 10**20 - 1), st.booleans()
)


@given(st.lists(st.tuples(debits, st.sampled_from(Result)), max_size=8), st.sampled_from([b"\r\n", b""]))
def test_whatever_is_asked_and_answered_is_read_again(rows, end):
    asked = debit_file.request(LENDER, DAY, [debit for debit, _ in rows], end)
    told = debit_file.read_result(debit_file.answer(asked, [result for _, result in rows], end))
    assert [(row.debit, row.result) for row in told.rows] == rows


def spoilt(line, column, cells, data=None):
    """The answer with other cells at a place."""
    lines = (data or answered()).split(b"\r\n")
    raw, new = lines[line - 1], cells.encode("shift_jis")
    lines[line - 1] = raw[: column - 1] + new + raw[column - 1 + len(new) :]
    return b"\r\n".join(lines)


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        (b"", 1, 1, "empty"),
        (spoilt(1, 2, "21"), 1, 2, "'91' must stand here"),
        (spoilt(1, 55, "1131"), 1, 55, "no month and day"),
        (spoilt(2, 1, "3"), 2, 1, "'8' must stand here"),
        (spoilt(2, 85, "x"), 2, 85, "digits only"),
        (spoilt(3, 112, "7"), 3, 112, "no result code"),
        (spoilt(3, 113, "1"), 3, 113, "spaces"),
        (spoilt(4, 7, "3"), 4, 2, "says 3 debits, the lines give 2"),
        (spoilt(4, 19, "1"), 4, 8, "35001 yen in all, the lines give 35000"),
        (spoilt(4, 25, "2"), 4, 20, "2 paid debits"),
        (spoilt(4, 37, "1"), 4, 26, "9001 yen paid"),
        (spoilt(4, 43, "2"), 4, 38, "2 failed debits"),
        (spoilt(4, 55, "1"), 4, 44, "26001 yen failed"),
        (spoilt(2, 112, "9"), 4, 20, "1 paid debits, the lines give 0"),
        (answered()[: 3 * 122], 4, 1, "before its trailer"),
        (answered()[: 4 * 122], 5, 1, "before its end record"),
        (answered()[: 2 * 122 + 60], 3, 61, "60 bytes"),
        (answered() + answered(), 6, 1, "nothing may follow"),
        (ASKED, 4, 20, "0 paid debits, the lines give 2"),  # the request itself is no result
        ("振替結果".encode("shift_jis") + answered()[8:], 1, 1, "no half-width letter"),
        (b"PK\x03\x04" + bytes(400), 1, 1, "'1' must stand here"),
    ],
)
def test_a_result_that_does_not_agree_is_refused_with_its_place(data, line, column, words):
    with pytest.raises(Malformed, match=words) as refused:
        debit_file.read_result(data)
    assert (refused.value.line, refused.value.column) == (line, column)


@given(st.integers(0, 5 * 122 - 1), st.integers(0, 255))
def test_no_spoilt_byte_passes_unseen_where_it_counts(at, byte):
    told = told_or_place(answered()[:at] + bytes([byte]) + answered()[at + 1 :])
    if isinstance(told, debit_file.ResultFile):
        assert [row.result for row in told.rows] == [Result.PAID, Result.NO_FUNDS]
        assert sum(row.debit.amount for row in told.rows) == 35_000
    else:
        assert (1, 1) <= told <= (7, 245)


def told_or_place(data):
    """What a file says, or the line and column where it is refused."""
    try:
        return debit_file.read_result(data)
    except Malformed as refused:
        return refused.line, refused.column


def test_a_file_without_debits_is_still_a_file():
    told = debit_file.read_result(debit_file.answer(debit_file.request(LENDER, DAY, []), []))
    assert told.rows == ()


def test_a_place_in_a_line_is_known_by_name():
    assert (debit_file.column("result"), debit_file.column("amount")) == (112, 81)
    with pytest.raises(KeyError):
        zengin.record(zengin.spaces(120)).place("result")
