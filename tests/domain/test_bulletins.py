"""What may be published, and a text as its paragraphs."""

from dataclasses import replace
from datetime import date

import pytest

from madoguchi.domain.bulletins import NewCoupon, NewNotice, coupon_faults, notice_faults, paragraphs

TODAY = date(2026, 11, 20)
NOTICE = NewNotice("年末の電話", "お休みします。\n\nネットは使えます。", TODAY, date(2027, 1, 4), 20)
COUPON = NewCoupon("架空堂", "100円引き", "見せてください。", "KAKU-100", TODAY, date(2027, 1, 4), True)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, None),
        ({"points": 0}, None),
        ({"points": 5}, None),
        ({"points": 4}, "points must be 0 or lie between 5 and 20, not 4"),
        ({"points": 21}, "points must be 0 or lie between 5 and 20, not 21"),
        ({"title": " "}, "title must not be empty"),
        ({"title": "あ" * 61}, "title has 61 characters, at most 60"),
        ({"title": "二\n行"}, "title holds a character that cannot be shown"),
        ({"body": "\x00"}, "body holds a character that cannot be shown"),
        ({"body": "全角　空白"}, None),
        ({"first": date(2027, 2, 1)}, "last must not lie before first"),
        (
            {"first": date(2026, 1, 1), "last": date(2026, 11, 19)},
            "last lies in the past: nobody would see it",
        ),
    ],
)
def test_a_notice_is_refused_with_what_is_wrong(changes, fault):
    assert list(notice_faults(replace(NOTICE, **changes), TODAY, 5, 20)) == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, None),
        ({"shop": ""}, "shop must not be empty"),
        ({"code": "K" * 25}, "code has 25 characters, at most 24"),
        ({"last": date(2026, 11, 1)}, "last must not lie before first"),
    ],
)
def test_a_coupon_is_refused_with_what_is_wrong(changes, fault):
    assert list(coupon_faults(replace(COUPON, **changes), TODAY)) == ([fault] if fault else [])


def test_blank_lines_part_paragraphs_and_others_part_lines():
    assert paragraphs("一\n二\n\n\n  三 \r\n") == [["一", "二"], ["三"]]
    assert paragraphs("") == []
