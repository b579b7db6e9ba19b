"""/status: now, ahead and past in words; the same as a calendar and as a feed."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import icalendar
import pytest

from madoguchi.domain.maintenance import JAPAN, Function
from madoguchi.services import outages

ATOM = "{http://www.w3.org/2005/Atom}"
NIGHT = datetime(2026, 11, 28, 22, 0, tzinfo=JAPAN)


@pytest.fixture
def told(plain_office):
    """One window announced, one outage over, one that goes on."""
    office = plain_office
    over = outages.begin(office, {Function.ATM}, "ATMにつながりません", "desk1")
    outages.tell(office, over.outage_id, "原因がわかりました", "desk1")
    office.clock.move(timedelta(hours=1))
    outages.end(office, over.outage_id, "desk1")
    until = NIGHT + timedelta(hours=2)
    outages.announce(office, {Function.REPAYING}, NIGHT, until, "入れ替えます", "desk1")
    outages.begin(office, {Function.LETTERS}, "メールが遅れています", "desk1")
    return office


def test_with_nothing_wrong_every_function_can_be_used(stranger):
    page = stranger.get("/status")
    assert "すべての機能をお使いいただけます" in page.text
    assert page.text.count("使えます") >= 7
    assert "障害や臨時の点検はありませんでした" in page.text


def test_what_is_shut_is_told_with_its_words_and_what_is_over_with_what_was_said(told, stranger):
    page = stranger.get("/status")
    assert "いま、止まっている機能があります" in page.text
    assert "メールとSMSのお知らせ：11月20日（金）11:00〜（終わりは未定） メールが遅れています" in page.text
    assert "11月20日（金）10:00〜11:00 スマホATM（障害）" in page.text
    assert "原因がわかりました" in page.text


def test_eight_weeks_of_the_calendar_stand_ahead(told, stranger):
    page = stranger.get("/status")
    assert (
        page.text.count("会員ログインとお取引") == 8 + 1 + 1
    )  # Mondays, New Year's Day, and the sentence above them
    assert "11月28日（土）22:00〜11月29日（日）0:00 インターネット返済" in page.text
    assert "1月1日（金）0:00〜1月2日（土）0:00" in page.text


def test_the_calendar_is_one_that_others_read_in_japans_time(told, stranger):
    answer = stranger.get("/status.ics").response
    assert answer.mimetype == "text/calendar"
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    found = {str(one["UID"]): one for one in events}
    assert len(found) == 11
    monday = found["maintenance-20261123T0000@localhost"]
    assert monday["DTSTART"].dt.isoformat() == "2026-11-23T00:00:00+09:00"
    assert monday["DTEND"].dt.isoformat() == "2026-11-23T07:00:00+09:00"
    assert str(found["outage-2@localhost"]["SUMMARY"]) == "お休みの予定：インターネット返済"


def test_the_feed_tells_the_newest_first_with_ids_that_stay(told, stranger):
    answer = stranger.get("/status.atom").response
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    entries = feed.findall(f"{ATOM}entry")
    updated = [one.findtext(f"{ATOM}updated") for one in entries]
    assert updated == sorted(updated, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == updated[0]
    ids = {one.findtext(f"{ATOM}id") for one in entries}
    assert {"tag:localhost,2026:outage-1", "tag:localhost,2026:maintenance-20261123T0000"} <= ids


@pytest.mark.parametrize("address", ["/status.ics", "/status.atom"])
def test_both_may_be_kept_for_a_minute_and_are_asked_for_again_by_their_tag(told, stranger, address):
    first = stranger.get(address).response
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = stranger.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert stranger.get(address).response.data == first.data


def test_while_sign_in_is_out_the_page_does_not_contradict_itself(plain_office, stranger):
    hoped = plain_office.now() + timedelta(hours=1)
    outages.begin(plain_office, {Function.SIGN_IN}, "調べています", "desk1", expected=hoped)
    page = stranger.get("/status")
    span = "11月20日（金）10:00〜（11月20日 11:00ごろまでの見込み） "
    assert page.text.count(span) == 2  # on top and in the record
    assert "障害や臨時の点検はありませんでした" not in page.text
    for row in ("振込でのお借り入れ", "インターネット返済", "スマホATM"):
        assert f"{row} ログイン中の方だけ使えます" in page.text
    assert "銀行振込でのご返済 使えます" in page.text


def test_an_expectation_that_has_passed_is_told_nowhere(plain_office, stranger):
    hoped = plain_office.now() + timedelta(minutes=5)
    outages.begin(plain_office, {Function.SIGN_IN}, "調べています", "desk1", expected=hoped)
    stranger.get("/login")
    plain_office.clock.move(timedelta(minutes=6))
    for address in ("/status", "/login"):
        page = stranger.get(address)
        assert "見込み" not in page.text
        assert "11月20日（金）10:00〜（終わりは未定）" in page.text
