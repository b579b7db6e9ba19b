"""Names as bank files carry them: what is converted, what is refused, how cells are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.kana import CELLS, KanaError, bank_kana, cut, same_name, wide_kana

KATAKANA = st.characters(min_codepoint=0x30A1, max_codepoint=0x30F4)


@pytest.mark.parametrize(
    ("typed", "carried"),
    [
        ("サトウ　ハナコ", "ｻﾄｳ ﾊﾅｺ"),
        ("さとう はなこ", "ｻﾄｳ ﾊﾅｺ"),
        ("ｻﾄｳ  ﾊﾅｺ ", "ｻﾄｳ ﾊﾅｺ"),
        ("キュウヨ イチロウ", "ｷﾕｳﾖ ｲﾁﾛｳ"),  # small kana become full-size
        ("ァィゥェォャュョッヮヵヶ", "ｱｲｳｴｵﾔﾕﾖﾂﾜｶｹ"),
        ("ｬｭｮｯ", "ﾔﾕﾖﾂ"),
        ("ヲヰヱ", "ｵｲｴ"),
        ("モリタ ユーコ", "ﾓﾘﾀ ﾕ-ｺ"),
        ("ユ－コ ユ‐コ ユ−コ", "ﾕ-ｺ ﾕ-ｺ ﾕ-ｺ"),
        ("ヴァン ａｂｃ１２", "ｳﾞｱﾝ ABC12"),
        ("カ\u3099ンジ", "ｶﾞﾝｼﾞ"),  # as some systems type it: the mark as a letter of its own
        ("カブシキガイシャ マドグチ", "ｶ)ﾏﾄﾞｸﾞﾁ"),
        ("マドグチファイナンスカブシキガイシャ", "ﾏﾄﾞｸﾞﾁﾌｱｲﾅﾝｽ(ｶ"),
        ("ユウゲンガイシャ ヤマ", "ﾕ)ﾔﾏ"),
        ("ヤマ ゴウドウガイシャ", "ﾔﾏ(ﾄﾞ"),
        ("Ａ（Ｂ）．／－", "A(B)./-"),
    ],
)
def test_a_name_is_carried_as_the_banks_write_it(typed, carried):
    assert bank_kana(typed) == carried


@pytest.mark.parametrize(
    ("typed", "letter"),
    [
        ("マリア・ルイサ", "・"),
        ("佐藤 花子", "佐"),
        ("サトウ、ハナコ", "、"),
        ("A&B", "&"),
        ("サトウ😀", "😀"),
    ],
)
def test_a_letter_that_no_file_carries_is_named(typed, letter):
    with pytest.raises(KanaError) as refused:
        bank_kana(typed)
    assert refused.value.letter == letter


def test_nothing_is_no_name():
    with pytest.raises(KanaError):
        bank_kana("　 ")


def test_voicing_marks_are_cells_and_a_name_is_cut_at_the_cell():
    assert len(bank_kana("シンキン ジロウ")) == 9
    assert cut(bank_kana("ガギグ"), 3) == "ｶﾞｷ"


def test_the_same_name_is_the_same_however_it_is_spaced_and_typed():
    assert same_name("サトウ ハナコ", "ｻﾄｳﾊﾅｺ")
    assert same_name("キュウ", "キユウ")
    assert not same_name("サトウ ハナコ", "サトウ ハナ")


@given(st.text(alphabet=KATAKANA, min_size=1))
def test_every_katakana_finds_cells_and_finds_them_again(name):
    carried = bank_kana(name)
    assert CELLS.issuperset(carried)
    assert bank_kana(wide_kana(carried)) == carried
