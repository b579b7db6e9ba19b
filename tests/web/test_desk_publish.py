"""What the desk publishes is seen first as members see it, published once, and shown within a minute."""

from datetime import timedelta

import pytest

from madoguchi.services import audit, coupons, notices
from madoguchi.store.audit import Filter
from tests.support import desk

NOTICE = {"title": "年末の受付", "body": "12月31日は\nお休みです。\n\n<b>ご注意</b>", "first": "2026-11-20",
          "last": "2026-12-31", "points": "１０"}  # fmt: skip
COUPON = {"shop": "喫茶まど", "title": "珈琲50円引き", "body": "1杯ごと", "code": "MADO50",
          "first": "2026-11-20", "last": "2026-12-31", "once": True}  # fmt: skip
LINE = {"words": "銀行につながりません", "shut_repaying": True}


@pytest.fixture
def at_desk(visitor, office):
    """An operator at the desk."""
    return desk.walk_in(visitor, office)


def published(at_desk, kind, fields):
    """Write one, look at it, publish it."""
    at_desk.get(f"/desk/publish/{kind}/new")
    at_desk.submit(f"/desk/publish/{kind}/preview", **fields)
    assert "会員にはこう見えます" in at_desk.text
    return at_desk.submit(f"/desk/publish/{kind}")


def noted(office, kind):
    """How many lines of a kind the audit log has."""
    return len(audit.found(office, Filter(kind=kind)))


def test_a_notice_is_seen_first_then_published_and_stands_at_sign_in_within_a_minute(at_desk, office):
    at_desk.client.get("/login")
    page = published(at_desk, "notices", NOTICE)
    assert "掲示しました" in page.text
    office.clock.move(timedelta(seconds=59))
    assert "年末の受付" in at_desk.client.get("/login").get_data(as_text=True)
    assert noted(office, "notice_published") == 1


def test_the_preview_is_the_members_own_view(at_desk, office):
    published(at_desk, "notices", NOTICE)
    at_desk.get("/desk/publish/notices/new")
    at_desk.submit("/desk/publish/notices/preview", **NOTICE)
    (seen,) = at_desk.find("//article")
    (shown,) = at_desk.get("/notices/1").find("//article")
    assert "".join(seen.itertext()).split() == "".join(shown.itertext()).split()


def test_pressing_twice_publishes_once(at_desk, office):
    at_desk.get("/desk/publish/notices/new")
    at_desk.submit("/desk/publish/notices/preview", **NOTICE)
    before = at_desk.page
    for _ in range(2):
        at_desk.page = before
        at_desk.submit("/desk/publish/notices")
    assert len(notices.current(office)) == 1
    assert noted(office, "notice_published") == 1


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"title": ""}, "title", "見出しを入れてください"),
        ({"title": "あ" * 61}, "title", "60文字まで"),
        ({"last": "2026-11-19"}, "last", "始める日と同じか、あと"),
        ({"first": "2026-11-01", "last": "2026-11-19"}, "last", "過ぎています"),
        ({"points": "3"}, "points", "5から20まで"),
        ({"body": " "}, "body", "本文を入れてください"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_shown(at_desk, office, changed, field, told):
    at_desk.get("/desk/publish/notices/new")
    page = at_desk.submit("/desk/publish/notices/preview", **NOTICE | changed)
    assert page.status == 422
    assert told in page.error_of(field)
    assert "会員にはこう見えます" not in page.text


def test_a_notice_is_withdrawn_at_once(at_desk, office):
    published(at_desk, "notices", NOTICE)
    at_desk.follow("年末の受付")
    at_desk.submit("/desk/publish/notices/1/withdrawal")
    assert "取り下げました" in at_desk.text
    assert at_desk.client.get("/notices/1").status_code == 410
    assert "取り下げ" in at_desk.get("/desk/publish/notices/1").text
    assert noted(office, "notice_withdrawn") == 1


def test_a_coupon_is_published_and_withdrawn(at_desk, office):
    published(at_desk, "coupons", COUPON)
    (one,) = coupons.current(office)
    assert (one.shop, one.once, one.code) == ("喫茶まど", True, "MADO50")
    at_desk.follow("珈琲50円引き")
    at_desk.submit(f"/desk/publish/coupons/{one.id}/withdrawal")
    assert coupons.current(office) == []


def test_an_outage_shuts_the_function_is_told_more_about_and_ends(at_desk, office):
    published(at_desk, "outages", LINE)
    office.clock.move(timedelta(seconds=59))
    assert "銀行につながりません" in at_desk.client.get("/status").get_data(as_text=True)
    at_desk.get("/desk/publish/outages/1")
    at_desk.submit("/desk/publish/outages/1/notes", words="原因を調べています")
    at_desk.get("/desk/publish/outages/1")
    at_desk.submit("/desk/publish/outages/1/end")
    assert "終わりを伝えました" in at_desk.text
    at_desk.get("/desk/publish/outages/1")
    assert "原因を調べています" in at_desk.text
    assert [noted(office, f"outage_{what}") for what in ("published", "told", "ended")] == [1, 1, 1]


def test_a_window_is_announced_with_both_its_ends(at_desk):
    fields = {"kind": "planned", "words": "入れ替えます", "shut_atm": True, "begin_day": "2026-11-28"}
    at_desk.get("/desk/publish/outages/new")
    page = at_desk.submit("/desk/publish/outages/preview", **fields)
    assert "終わりの日（見込み）を入れてください" in page.error_of("end_day")
    fields |= {"begin_hour": "22時", "end_day": "2026-11-29", "end_hour": "０：３０"}
    published(at_desk, "outages", fields)
    assert "スマホATM：11月28日（土）22:00〜11月29日（日）0:30" in at_desk.text
    at_desk.get("/desk/publish/outages/1")
    at_desk.submit("/desk/publish/outages/1/withdrawal")
    assert "いま出している障害や、臨時の点検はありません" in at_desk.text


def test_a_window_that_ends_before_it_begins_is_refused_in_words(at_desk):
    fields = {"kind": "planned", "words": "x", "shut_atm": True, "begin_day": "2026-11-28",
              "begin_hour": "22:00", "end_day": "2026-11-28", "end_hour": "21:00"}  # fmt: skip
    at_desk.get("/desk/publish/outages/new")
    page = at_desk.submit("/desk/publish/outages/preview", **fields)
    assert "終わりの日時は、始まりと今よりあと" in page.error_of("end_day")
    assert "会員にはこう見えます" not in page.text


def test_an_outage_is_not_expected_to_have_ended_and_its_preview_names_what_is_shut_alone(at_desk):
    at_desk.get("/desk/publish/outages/new")
    page = at_desk.submit(
        "/desk/publish/outages/preview", **LINE | {"end_day": "2026-11-19", "end_hour": "10:00"}
    )
    assert "終わりの日時は、始まりと今よりあと" in page.error_of("end_day")
    at_desk.get("/desk/publish/outages/new")
    page = at_desk.submit("/desk/publish/outages/preview", **LINE | {"shut_letters": True})
    assert "インターネット返済は、この間は使えなくなります" in page.text
    assert "メールとSMSのお知らせのことは、お知らせするだけ" in page.text
    assert "お借り入れ" not in "".join(page.find("//section[@aria-labelledby='seen']")[0].itertext())
