"""New passwords: shape, what is known of their owner, and nothing else that is refused."""

import random
import string
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.passwords import Fault, Owner, PasswordRules, birthday_forms, fault_of, words_of

SHIPPED = PasswordRules(8, 20, symbols=False)
WIDE_OPEN = PasswordRules(8, 128, symbols=True)
HANAKO = Owner("hanako2026", date(1990, 1, 1), "090-1234-5678", "150-0043", "Sato Hanako", "サトウ ハナコ")
GOOD = "Kikyou4821x"


def fault(password, rules=SHIPPED, **known):
    return fault_of(password, rules, replace(HANAKO, **known))


@pytest.mark.parametrize(
    ("password", "found"),
    [
        (GOOD, None),
        ("kikyouto", None),  # no mixture of kinds is asked for
        ("48217365", None),
        ("", Fault.SHORT),
        ("Kik4821", Fault.SHORT),
        ("Kik48217", None),
        ("K" + "ikyo4821" * 2 + "xyz", None),
        ("K" + "ikyo4821" * 2 + "xyzz", Fault.LONG),
        ("Kikyou 4821", Fault.CHARACTERS),
        ("Kikyou4821!", Fault.CHARACTERS),
        ("Kikyou4821\n", Fault.CHARACTERS),
        ("Kikyou4821\u212a", Fault.CHARACTERS),
        ("きょうのパスワード", Fault.CHARACTERS),
        ("Kikyou482１", Fault.WIDE),
        ("Ｋｉｋｙｏｕ４８２１", Fault.WIDE),
        ("Kikyou　4821", Fault.WIDE),
    ],
)
def test_the_shape_as_shipped(password, found):
    assert fault(password) is found


def test_a_lender_may_allow_symbols_and_length():
    assert fault("Kikyou-4821!~", WIDE_OPEN) is None
    assert fault("k-48!" * 25 + "xyz", WIDE_OPEN) is None
    assert fault("k-48!" * 25 + "xyzz", WIDE_OPEN) is Fault.LONG
    assert fault("Kikyou 4821!", WIDE_OPEN) is Fault.CHARACTERS


@pytest.mark.parametrize("inside", ["hanako2026", "HANAKO2026", "xhanako2026x"])
def test_the_web_id_is_found_in_any_case(inside):
    assert fault(inside) is Fault.WEB_ID


@pytest.mark.parametrize(
    "form",
    [
        "19900101",
        "900101",
        "0101",
        "H020101",
        "h20101",
        "H0211",
        "1990011",
        "01011990",
        "199001",
        "heisei20101",
    ],
)
def test_the_birthday_is_found_in_any_common_form(form):
    assert fault(f"Kiky{form}x") is Fault.BIRTHDAY
    assert fault("xx1990-01-01xx", WIDE_OPEN) is Fault.BIRTHDAY


@pytest.mark.parametrize(
    ("born", "form"),
    [
        (date(1988, 6, 14), "s630614"),
        (date(1989, 1, 7), "s640107"),
        (date(1989, 1, 8), "h010108"),
        (date(2019, 5, 1), "r010501"),
        (date(1926, 12, 24), "t151224"),
        (date(2000, 11, 22), "h121122"),
    ],
)
def test_every_era_counts_its_own_years(born, form):
    assert form in birthday_forms(born)


def test_a_year_alone_gives_no_birthday_away():
    assert fault("Kikyou1990x") is None


@pytest.mark.parametrize("digits", ["09012345678", "9012345678", "12345678", "819012345678", "1234567"])
def test_the_telephone_number_is_found_whole_or_in_its_better_part(digits):
    assert fault(f"Ki{digits}ky") is Fault.PHONE


def test_the_postcode_and_the_last_digits_of_a_telephone():
    assert fault("Kiky1500043") is Fault.POSTCODE
    assert fault("Kikyou5678x") is None


@pytest.mark.parametrize("word", ["hanako", "HANAKO", "Sato", "satou", "Satoh", "sat0hanako"])
def test_a_name_is_found_in_any_spelling(word):
    assert fault(f"{word}4821xyz", web_id="") is Fault.NAME


@pytest.mark.parametrize(
    ("kana", "typed"),
    [
        ("スズキ イチロウ", "ichiro"),
        ("スズキ イチロウ", "itiro"),
        ("シノハラ ジュンコ", "junko"),
        ("シノハラ ジュンコ", "zyunko"),
        ("ホンマ フミ", "homma"),
        ("ハットリ チヅル", "chizuru"),
        ("オオノ ショウ", "ohno"),
        ("いとう さくら", "sakura"),
    ],
)
def test_a_name_known_by_its_kana_alone_is_found_as_people_spell_it(kana, typed):
    assert fault(f"{typed}4821xyz", name_romaji="", name_kana=kana) is Fault.NAME


def test_what_the_lender_does_not_know_forbids_nothing():
    nobody = Owner("", date(1990, 1, 1), "", "", "", "")
    assert fault_of("hanako4821", SHIPPED, nobody) is None
    assert words_of(nobody) == []


@given(st.text(max_size=40))
def test_any_text_gets_an_answer_and_what_passes_has_the_shape(text):
    if fault_of(text, SHIPPED, HANAKO) is None:
        assert 8 <= len(text) <= 20
        assert set(text) <= set(string.ascii_letters + string.digits)


@given(
    st.dates(date(1930, 1, 1), date(2010, 12, 31)),
    st.text("bcdfg", min_size=4, max_size=6),
    st.sampled_from(["%Y%m%d", "%y%m%d", "%m%d", "%d%m%Y", "%m%d%Y"]),
)
def test_no_birthday_hides_in_any_of_its_forms(born, around, form):
    assert fault(around + born.strftime(form) + around[:2], birth_date=born) is Fault.BIRTHDAY


def test_random_passwords_are_hardly_ever_refused():
    dice, letters = random.Random(7), string.ascii_letters + string.digits
    refused = [p for p in ("".join(dice.choices(letters, k=12)) for _ in range(2000)) if fault(p)]
    assert len(refused) < 10, refused
