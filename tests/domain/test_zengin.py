"""Records to the byte: each column where the banks' manuals have it, and what is malformed by its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain import debit_file, transfer_file, zengin
from madoguchi.domain.kana import CELLS
from madoguchi.domain.zengin import Malformed

# As the banks print them: name, first position, width, and N for digits or C for text.
HEADER = [
    ("record", 1, "N1"), ("type", 2, "N2"), ("code", 4, "N1"), ("owner", 5, "N10"),
    ("owner_name", 15, "C40"), ("month_day", 55, "N4"), ("bank", 59, "N4"), ("bank_name", 63, "C15"),
    ("branch", 78, "N3"), ("branch_name", 81, "C15"), ("kind", 96, "N1"), ("number", 97, "N7"),
    ("", 104, "C17"),
]  # fmt: skip
TRANSFER = [
    ("record", 1, "N1"), ("bank", 2, "N4"), ("bank_name", 6, "C15"), ("branch", 21, "N3"),
    ("branch_name", 24, "C15"), ("clearing", 39, "N4"), ("kind", 43, "N1"), ("number", 44, "N7"),
    ("receiver", 51, "C30"), ("amount", 81, "N10"), ("new", 91, "N1"), ("customer", 92, "N10"),
    ("reference", 102, "N10"), ("telegraphic", 112, "N1"), ("", 113, "C1"), ("", 114, "C7"),
]  # fmt: skip
TRANSFER_TRAILER = [("record", 1, "N1"), ("count", 2, "N6"), ("total", 8, "N12"), ("", 20, "C101")]
DEBIT = [
    ("record", 1, "N1"), ("bank", 2, "N4"), ("bank_name", 6, "C15"), ("branch", 21, "N3"),
    ("branch_name", 24, "C15"), ("", 39, "C4"), ("kind", 43, "N1"), ("number", 44, "N7"),
    ("holder", 51, "C30"), ("amount", 81, "N10"), ("new", 91, "N1"), ("customer", 92, "N20"),
    ("result", 112, "N1"), ("", 113, "C8"),
]  # fmt: skip
DEBIT_TRAILER = [
    ("record", 1, "N1"), ("count", 2, "N6"), ("total", 8, "N12"), ("paid_count", 20, "N6"),
    ("paid_total", 26, "N12"), ("failed_count", 38, "N6"), ("failed_total", 44, "N12"), ("", 56, "C65"),
]  # fmt: skip
END = [("record", 1, "N1"), ("", 2, "C119")]
LAYOUTS = [
    (transfer_file.HEADER, HEADER, "21"),
    (transfer_file.DATA, TRANSFER, ""),
    (transfer_file.TRAILER, TRANSFER_TRAILER, ""),
    (debit_file.HEADER, HEADER, "91"),
    (debit_file.DATA, DEBIT, ""),
    (debit_file.TRAILER, DEBIT_TRAILER, ""),
    (debit_file.END, END, ""),
]
SMALL = zengin.record(zengin.number("n", 5), zengin.text("c", 10), zengin.spaces(105))


def placed(layout):
    """A layout as the manuals print it."""
    found, at = [], 1
    for field in layout.fields:
        found.append((field.name, at, ("N" if field.digits else "C") + str(field.width)))
        at += field.width
    return found


@pytest.mark.parametrize(("layout", "printed", "kind"), LAYOUTS)
def test_every_column_stands_where_the_banks_print_it(layout, printed, kind):
    assert placed(layout) == printed
    assert not kind or layout.fields[1].always == kind


def value_of(field):
    """Anything that a column can hold."""
    if field.digits:
        return st.integers(0, 10**field.width - 1).map(lambda n: str(n).zfill(field.width))
    return st.text(alphabet=sorted(CELLS), max_size=field.width).map(lambda cells: cells.rstrip(" "))


@pytest.mark.parametrize(("layout", "printed", "kind"), LAYOUTS)
@given(data=st.data())
def test_what_is_written_is_read_again(layout, printed, kind, data):
    free = {field.name: value_of(field) for field in layout.fields if field.always is None}
    values = data.draw(st.fixed_dictionaries(free))
    raw = zengin.write(layout, values)
    assert len(raw) == 120
    told = zengin.read(layout, raw, 1)
    assert {name: told[name] for name in values} == values
    assert zengin.write(layout, told) == raw


def test_digits_stand_right_and_text_stands_left():
    assert zengin.write(SMALL, {"n": 42, "c": "ﾊﾅｺ"}) == b"00042" + b"\xca\xc5\xba" + b" " * 112


@pytest.mark.parametrize("values", [{"n": 100_000, "c": ""}, {"n": -1, "c": ""}, {"n": "x", "c": ""}])
def test_digits_that_do_not_fit_are_a_fault_of_ours(values):
    with pytest.raises(ValueError, match="n holds up to 5 digits"):
        zengin.write(SMALL, values)


@pytest.mark.parametrize("name", ["ハナコ", "ｦ", "ｬ", "ｰ", "a", "･"])
def test_text_in_other_letters_is_a_fault_of_ours(name):
    with pytest.raises(ValueError, match="c cannot hold"):
        zengin.write(SMALL, {"n": 1, "c": name})


def test_longer_text_is_cut_at_the_cell():
    assert zengin.read(SMALL, zengin.write(SMALL, {"n": 1, "c": "ｶﾞ" * 9}), 1)["c"] == "ｶﾞ" * 5


@pytest.mark.parametrize(
    ("raw", "column", "words"),
    [
        (b"0004x" + b" " * 115, 5, "digits only"),
        (b"00042" + b"\x83\x74" + b" " * 113, 6, "no half-width letter"),
        (b"00042" + b"a" + b" " * 114, 6, "cannot hold 'a'"),
        (b"00042" + b" " * 10 + b"   x" + b" " * 101, 19, "spaces must stand here"),
        (b"00042" + b" " * 114, 120, "119 bytes"),
        (b"00042" + b" " * 116, 121, "121 bytes"),
        (b"", 1, "0 bytes"),
    ],
)
def test_a_malformed_record_is_named_by_line_and_column(raw, column, words):
    with pytest.raises(Malformed, match=words) as refused:
        zengin.read(SMALL, raw, 7)
    assert (refused.value.line, refused.value.column) == (7, column)


@pytest.mark.parametrize("end", [b"\r\n", b""])
@given(count=st.integers(1, 9))
def test_lines_are_joined_and_split_with_or_without_ends(end, count):
    lines = [zengin.write(SMALL, {"n": n, "c": ""}) for n in range(count)]
    assert zengin.split(zengin.join(lines, end)) == lines


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "the file is empty"), (b"x" * 120 + b"\n", "CR LF or with nothing")]
)
def test_a_file_that_cannot_be_cut_into_lines_is_refused(data, words):
    with pytest.raises(Malformed, match=words):
        zengin.split(data)


def test_a_record_has_120_bytes():
    with pytest.raises(ValueError, match="120 bytes"):
        zengin.record(zengin.number("n", 119))
