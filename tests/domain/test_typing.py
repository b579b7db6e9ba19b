"""What people type: widths, amounts, rates and days."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.dates import DayError, parse_day
from madoguchi.domain.money import MAX_YEN, MoneyError, format_yen, man_as_yen, parse_yen
from madoguchi.domain.rates import RateError, format_rate, legal_cap, parse_rate
from madoguchi.domain.widths import digits_only, is_digits, narrow, was_widened

WIDE = str.maketrans("0123456789,.%-/", "０１２３４５６７８９，．％－／")


@pytest.mark.parametrize(
    "text",
    [
        "12345",
        "１２３４５",
        "12,345",
        "１２，３４５",
        "12、345",
        " 12345 ",
        "\u300012,345円\u3000",
        "¥12,345",
        "￥１２３４５",
        "012345",
    ],
)
def test_an_amount_is_understood_in_every_usual_dress(text):
    assert parse_yen(text) == 12_345


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("\u3000", "empty"),
        ("円", "empty"),
        ("-5000", "sign"),
        ("+5000", "sign"),
        ("－５０００", "sign"),
        ("ー5000", "sign"),
        ("▲5,000", "sign"),
        ("100.5", "fraction"),
        ("１００．０", "fraction"),
        (".5", "fraction"),
        ("10_000", "format"),
        ("1E5", "format"),
        ("1e5", "format"),
        ("NaN", "format"),
        ("Infinity", "format"),
        ("0x10", "format"),
        ("²000", "format"),
        ("①000", "format"),
        ("٣000", "format"),
        ("五千", "format"),
        ("1万", "format"),
        ("1,00", "format"),
        ("1,0000", "format"),
        (",100", "format"),
        ("1 000", "format"),
        ("1000\n", "ok"),
        ("9" * 11, "too_large"),
        ("9" * 5000, "too_large"),
        ("abc" * 5000, "format"),
    ],
)
def test_what_is_no_plain_amount_is_refused_with_its_reason(text, reason):
    if reason == "ok":
        assert parse_yen(text) == 1000
        return
    with pytest.raises(MoneyError) as refusal:
        parse_yen(text)
    assert refusal.value.reason == reason


def test_an_amount_must_lie_within_its_range():
    assert parse_yen("1000", low=1000, high=1000) == 1000
    for text, reason in (("999", "too_small"), ("1001", "too_large")):
        with pytest.raises(MoneyError) as refusal:
            parse_yen(text, low=1000, high=1000)
        assert refusal.value.reason == reason
    assert parse_yen(str(MAX_YEN)) == MAX_YEN


@given(st.integers(0, MAX_YEN))
def test_what_is_shown_is_read_back_in_both_widths(amount):
    shown = format_yen(amount)
    assert parse_yen(shown) == parse_yen(shown.translate(WIDE) + "円") == amount


@given(st.text(max_size=60))
def test_no_text_raises_anything_but_a_named_reason(text):
    for parse, error in ((parse_yen, MoneyError), (parse_rate, RateError), (parse_day, DayError)):
        with suppress(error):
            parse(text)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("17.8", 1780),
        ("17.80%", 1780),
        ("１７．８％", 1780),
        ("18", 1800),
        (" 4.25 % ", 425),
        ("0.1", 10),
        ("15.000", 1500),
    ],
)
def test_a_rate_is_read_as_hundredths_of_a_percent(text, rate):
    assert parse_rate(text) == rate


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("%", "empty"),
        ("17.805", "too_fine"),
        ("-1", "format"),
        ("1e1", "format"),
        ("17,8", "format"),
        ("17.", "format"),
        (".5", "format"),
        ("NaN", "format"),
        ("20.01", "too_large"),
        ("0.09", "too_small"),
    ],
)
def test_what_is_no_rate_is_refused_with_its_reason(text, reason):
    with pytest.raises(RateError) as refusal:
        parse_rate(text, low=10, high=2000)
    assert refusal.value.reason == reason


def test_rates_are_shown_with_one_decimal_or_two():
    assert [format_rate(rate) for rate in (1780, 1500, 425, 1999, 5)] == [
        "17.8",
        "15.0",
        "4.25",
        "19.99",
        "0.05",
    ]


def test_legal_caps_step_at_their_limits():
    caps = [legal_cap(limit) for limit in (99_999, 100_000, 999_999, 1_000_000)]
    assert caps == [2000, 1800, 1800, 1500]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-25",
        "2026/11/25",
        "20261125",
        "2026年11月25日",
        "２０２６－１１－２５",
        "２０２６年１１月２５日",
        " 2026/11/25\u3000",
        "2026ー11ー25",
        "2026.11.25",
    ],
)
def test_a_day_is_understood_in_every_usual_dress(text):
    assert parse_day(text) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("2026-11", "half"),
        ("2026", "half"),
        ("202611", "half"),
        ("2026年11月", "half"),
        ("11-25", "half"),
        ("11月25日", "half"),
        ("2026-", "half"),
        ("2026-02-31", "impossible"),
        ("20270229", "impossible"),
        ("2026-13-01", "impossible"),
        ("2026-00-10", "impossible"),
        ("1899-12-31", "year"),
        ("2200-01-01", "year"),
        ("9999-99-99", "impossible"),
        ("2026-11/25", "format"),
        ("tomorrow", "format"),
        ("2026-1a-25", "format"),
        ("٢٠٢٦-11-25", "format"),
        ("2026-11-25T00:00", "format"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(text, reason):
    with pytest.raises(DayError) as refusal:
        parse_day(text)
    assert refusal.value.reason == reason


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back(day):
    assert parse_day(day.isoformat().translate(WIDE)) == parse_day(f"{day:%Y年%m月%d日}") == day


@pytest.mark.parametrize("dash", [*list("-－ー−‐‑–—―ｰ─"), " ", "\u3000"])
def test_a_card_number_survives_every_dash_and_space(dash):
    assert digits_only(dash.join(("９９９0", "1100", "0000", "0014"))) == "9990110000000014"


def test_narrowing_touches_full_width_ascii_alone():
    assert narrow("Ｓａｋｕｒａ７７８８　！") == "Sakura7788 !"
    assert narrow("²①٣ガ株") == "²①٣ガ株"
    assert was_widened("２583")
    assert not was_widened("2583 さくら")


def test_only_ascii_digits_are_digits():
    assert is_digits("0123")
    assert not any(is_digits(text) for text in ("", "12a", "²", "①", "٣", "１"))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("60万", "600000"), ("６０万円", "600000"), ("1,200 万円", "12000000"), ("4.5万円", "45000"),
        ("0.0001万", "00001"), ("60", "60"), ("万", "万"), ("-5万", "-5万"), ("1.23456万", "1.23456万"),
    ],
)  # fmt: skip
def test_amounts_in_man_become_plain_yen(text, plain):
    assert man_as_yen(text) == plain
