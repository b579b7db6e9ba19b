"""/settings/email: both addresses are shown until the link is used, by the member who asked for it alone."""

from datetime import timedelta

import pytest

from tests import people
from tests.page import Visitor
from tests.support.mailbox import letters, token
from tests.support.members import signed_in
from tests.support.settings import lines, passed, stepped

PAGE, NEW = "/settings/email", "hanako.new@example.com"


@pytest.fixture
def member(plain_office):
    """佐藤 花子 at her browser."""
    return signed_in(plain_office, people.hanako(plain_office))


def asked(member, office):
    """Ask for NEW; returns the address of the link that it got."""
    member.get(PAGE)
    member.submit(PAGE, email=NEW)
    passed(member, office)
    return f"{PAGE}/confirm/{token(office, 'mail_link')}"


def test_both_addresses_are_shown_until_the_link_is_used(member, plain_office):
    asked(member, plain_office)
    assert "確認のメールをお送りしました" in member.text
    assert "hanako@example.jp" in member.text
    assert NEW in member.text
    assert "11月20日 11:00 までに" in member.text
    assert {one["to"] for one in letters(plain_office) if one["kind"].startswith("mail_")} == {
        NEW,
        "hanako@example.jp",
    }


def test_opening_the_link_uses_nothing_up_and_its_button_changes_the_address_once(member, plain_office):
    link = asked(member, plain_office)
    for _ in range(3):
        assert NEW in member.get(link).text
    page = member.submit(link)
    assert (page.path, "メールアドレスを変えました" in page.text) == (PAGE, True)
    assert "ご本人（メールのリンク）" in lines(page)[0]
    assert member.get(link).status == member.post(link).status == 410


def test_whoever_has_the_link_alone_sees_no_address_and_changes_nothing(member, plain_office):
    link = asked(member, plain_office)
    stranger = Visitor(member.client.application)
    page = stranger.get(link)
    assert (page.status, page.heading) == (200, "メールアドレスの確認")
    assert NEW not in page.text
    assert f"/login?next={link}" in page.find("//main//a/@href")
    assert stranger.post(link).status == 400  # there is no form, and so no token
    assert "hanako@example.jp" in member.get(PAGE).text


def test_another_member_with_the_link_changes_nothing(member, plain_office):
    link = asked(member, plain_office)
    other = signed_in(plain_office, people.yui(plain_office))
    assert NEW not in other.get(link).text
    assert other.post(link).status == 410
    assert member.get(link).status == 200


def test_a_link_that_ran_out_is_told_and_another_can_be_sent(member, plain_office):
    link = asked(member, plain_office)
    for _ in range(7):
        plain_office.clock.move(timedelta(minutes=10))
        member.get(PAGE)
    assert "確認のリンクの期限が切れました" in member.text
    assert member.get(link).status == 410
    member.get(PAGE)
    assert "確認のメールをお送りしました" in member.submit(PAGE + "/link").text
    assert member.get(f"{PAGE}/confirm/{token(plain_office, 'mail_link')}").status == 200


def test_a_wish_is_taken_back_with_one_press(member, plain_office):
    link = asked(member, plain_office)
    page = member.submit(PAGE + "/cancellation")
    assert "変更を取りやめました" in page.text
    assert not page.find("//section[@aria-labelledby='waits']")
    assert member.get(link).status == 410
    assert member.post(PAGE + "/cancellation").headers["Location"] == PAGE + "?done=nothing"
    assert "待っているアドレスはありません" in member.get(PAGE + "?done=nothing").text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "新しいメールアドレスを入れてください"),
        ("hanako", "形をお確かめください"),
        ("a,b@example.com", "送れません"),
        ("Hanako@example.jp", "いまのアドレスと同じ"),
    ],
)
def test_what_is_wrong_with_an_address_is_told_beside_it(member, plain_office, typed, words):
    stepped(member, plain_office)
    member.get(PAGE)
    page = member.submit(PAGE, email=typed)
    assert page.status == 422
    assert words in page.error_of("email")


def test_who_asked_too_often_is_told_when_to_try_again(member, plain_office):
    asked(member, plain_office)
    for _ in range(3):
        plain_office.clock.move(timedelta(minutes=1))
        member.get(PAGE)
        page = member.submit(PAGE + "/link")
    assert page.status == 429
    assert "1時間ほどおいて" in page.text
    assert "1時間ほどおいて" in member.submit(PAGE, email="third@example.com").error_of("email")


def test_sending_again_at_once_says_that_the_first_is_on_its_way(member, plain_office):
    asked(member, plain_office)
    page = member.submit(PAGE + "/link")
    assert "さきほどお送りしたばかりです" in page.text
    assert "確認のメールをお送りしました" not in page.text
    assert len(letters(plain_office, "mail_link")) == 1


def test_a_wish_that_came_to_nothing_stays_in_the_history(member, plain_office):
    asked(member, plain_office)
    member.submit(PAGE, email="other@example.com")
    page = member.submit(PAGE + "/cancellation")
    (late, first) = lines(page)
    assert ("other@example.com は確認前" in late, "ご本人が取りやめ" in late) == (True, True)
    assert (NEW in first, "ご本人が別のアドレスに" in first) == (True, True)
