"""Banks and branches are found by code and by name, and carry the name that files want."""

import pytest

from madoguchi.adapters.bank_directory import ZenginDirectory
from madoguchi.domain.kana import CELLS

DIRECTORY = ZenginDirectory({"0000": "みなと中央銀行（架空）"})


@pytest.mark.parametrize(
    ("code", "name", "kana"),
    [
        ("0001", "みずほ銀行", "ﾐｽﾞﾎ"),
        ("0005", "三菱UFJ銀行", "ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ"),
        ("9900", "ゆうちょ銀行", "ﾕｳﾁﾖ"),
        ("1344", "城南信金", "ｼﾞﾖｳﾅﾝｼﾝｷﾝ"),
        ("0000", "みなと中央銀行（架空）", ""),
    ],
)
def test_a_bank_is_known_by_its_code(code, name, kana):
    found = DIRECTORY.bank(code)
    assert (found.code, found.name, found.kana) == (code, name, kana)


@pytest.mark.parametrize("code", ["9999", "1", "", "０００１", "../x"])
def test_a_code_that_no_bank_has_finds_none(code):
    assert DIRECTORY.bank(code) is None
    assert DIRECTORY.branch(code, "001") is None


def test_a_branch_is_known_by_its_code_at_its_bank():
    assert DIRECTORY.branch("0001", "001").name == "東京営業部"
    assert DIRECTORY.branch("0001", "240").name == "新宿支店"
    assert DIRECTORY.branch("0001", "999") is None
    assert DIRECTORY.branch("0000", "001").name == "001支店"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("みずほ", ["みずほ銀行"]),
        ("ミズホ銀行", ["みずほ銀行"]),
        ("ﾐｽﾞﾎ", ["みずほ銀行"]),
        ("三菱ＵＦＪ", ["三菱UFJ銀行"]),
        ("paypay", ["PayPay銀行"]),
        ("ゆうちょ", ["ゆうちょ銀行"]),
        ("三菱", ["三菱UFJ銀行", "三菱UFJ信託銀行"]),
        ("銀行", []),
        ("", []),
        ("ありません", []),
    ],
)
def test_a_bank_is_found_by_its_name_however_it_is_written(words, names):
    assert [place.name for place in DIRECTORY.banks_called(words, 5)] == names


def test_a_branch_is_found_by_its_name():
    assert [p.code for p in DIRECTORY.branches_called("0001", "新宿支店", 5)] == ["240"]
    assert [p.code for p in DIRECTORY.branches_called("0001", "しんじゅく", 5)] == ["240"]
    assert DIRECTORY.branches_called("9999", "新宿", 5) == []
    assert len(DIRECTORY.branches_called("0001", "新", 3)) == 3


def test_every_bank_has_a_name_that_files_can_carry():
    places = [DIRECTORY.bank(f"{code:04}") for code in range(10_000)]
    known = [place for place in places if place]
    assert len(known) > 1000
    assert all(CELLS.issuperset(place.kana) and len(place.kana) <= 15 for place in known)
