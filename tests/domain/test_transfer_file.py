"""Files of transfers out, to the byte."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain import transfer_file, zengin
from madoguchi.domain.bank_file import Account, Owner
from madoguchi.domain.transfer_file import Transfer

LENDER = Owner("1234567890", "ﾏﾄﾞｸﾞﾁ(ｶ", Account("0001", "001", 1, "7654321"))
HANAKO = Account("0009", "015", 1, "0000019", "ﾐﾂｲｽﾐﾄﾓ", "ｼﾝｼﾞﾕｸ")
ASKED = "".join(
    [
        "1210" "1234567890" + "ﾏﾄﾞｸﾞﾁ(ｶ".ljust(40) + "1125" "0001" + " " * 15 + "001"
        + " " * 15 + "1" "7654321" + " " * 17 + "\r\n",
        "2" "0009" + "ﾐﾂｲｽﾐﾄﾓ".ljust(15) + "015" + "ｼﾝｼﾞﾕｸ".ljust(15) + "0000" "1" "0000019"
        + "ｻﾄｳ ﾊﾅｺ".ljust(30) + "0000020000" "1" "0100000019" "0000000007" "7" " " + " " * 7 + "\r\n",
        "8" "000001" "000000020000" + " " * 101 + "\r\n",
        "9" + " " * 119 + "\r\n",
    ]
).encode("shift_jis")  # fmt: skip


def test_a_request_is_what_the_banks_agreed_on_to_the_byte():
    one = Transfer(HANAKO, "ｻﾄｳ ﾊﾅｺ", 20_000, customer=100_000_019, reference=7, new=1)
    assert transfer_file.request(LENDER, date(2026, 11, 25), [one]) == ASKED
    assert transfer_file.request(LENDER, date(2026, 11, 25), [one], b"") == ASKED.replace(b"\r\n", b"")


@given(st.lists(st.integers(1, 9_999_999_999), max_size=9))
def test_the_trailer_sums_what_the_lines_ask(amounts):
    transfers = [Transfer(HANAKO, "ｻﾄｳ ﾊﾅｺ", amount, reference=n) for n, amount in enumerate(amounts)]
    lines = zengin.split(transfer_file.request(LENDER, date(2026, 11, 25), transfers))
    told = [zengin.read(transfer_file.DATA, raw, n) for n, raw in enumerate(lines[1:-2], 2)]
    trailer = zengin.read(transfer_file.TRAILER, lines[-2], len(lines) - 1)
    assert [int(row["amount"]) for row in told] == amounts
    assert [int(row["reference"]) for row in told] == list(range(len(amounts)))
    assert (int(trailer["count"]), int(trailer["total"])) == (len(amounts), sum(amounts))


def test_an_amount_that_no_line_holds_is_a_fault_of_ours():
    with pytest.raises(ValueError, match="amount holds up to 10 digits"):
        transfer_file.request(LENDER, date(2026, 11, 25), [Transfer(HANAKO, "ｻﾄｳ", 10**10)])
