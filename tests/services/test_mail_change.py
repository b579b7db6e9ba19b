"""A new mail address: the link goes to the new one, the news to the old one, and nothing else confirms it."""

from datetime import timedelta

import pytest

from madoguchi.services import cast, details, mail_change, not_me, recovery, sessions
from madoguchi.services import letters as post
from madoguchi.services.details import Detail
from madoguchi.services.links import Browser
from madoguchi.services.mail_change import (
    Asked,
    Confirmed,
    Dead,
    JustSent,
    NothingWaits,
    Same,
    TooOften,
    Unreachable,
)
from tests import people
from tests.support.mailbox import letters, token
from tests.support.together import at_once

OLD, NEW = "ichiro@example.jp", "ichiro.new@example.com"


@pytest.fixture
def ichiro(office):
    """鈴木 一郎, whose mail goes to OLD."""
    return people.newcomer(office)


def asked(office, who, email=NEW):
    """Ask, and return the token that the new address got."""
    assert isinstance(mail_change.ask(office, who.member_id, email), Asked)
    return token(office, "mail_link")


def on_file(office, who):
    """Where mail goes."""
    return details.on_file(office, who.member_id).email


def sent(office):
    """Kind and address of each letter in the order they were written."""
    return [(one["kind"], one["to"]) for one in reversed(letters(office))]


def test_asking_changes_nothing_and_tells_both(office, ichiro):
    asked(office, ichiro)
    assert on_file(office, ichiro) == OLD
    assert sent(office) == [("mail_link", NEW), ("mail_asked", OLD)]
    assert letters(office, "mail_asked")[0]["address"] == "i…@example.com"
    assert mail_change.look(office, ichiro.member_id).email == NEW


def test_the_link_confirms_once_and_both_are_told(office, ichiro):
    link = asked(office, ichiro)
    assert mail_change.behind(office, link).email == NEW
    assert mail_change.confirm(office, ichiro.member_id, link) == Confirmed(NEW)
    assert on_file(office, ichiro) == NEW
    assert sent(office)[2:] == [("mail_changed_old", OLD), ("mail_changed_new", NEW)]
    assert mail_change.confirm(office, ichiro.member_id, link) == Dead()
    (line,) = details.past(office, ichiro.member_id, Detail.MAIL)
    assert (line.was, line.became, line.way) == ({"email": OLD}, {"email": NEW}, "link")


def test_eight_presses_at_once_confirm_once(office, ichiro):
    link = asked(office, ichiro)
    found = at_once(office, 8, lambda: mail_change.confirm(office, ichiro.member_id, link))
    assert sorted(type(one).__name__ for one in found) == ["Confirmed"] + ["Dead"] * 7
    assert len(letters(office, "mail_changed_old")) == 1


def test_a_link_is_good_for_its_own_member_and_for_an_hour(office, ichiro):
    link, ken = asked(office, ichiro), people.newcomer(office, cast.KEN)
    assert mail_change.confirm(office, ken.member_id, link) == Dead()
    office.clock.move(timedelta(minutes=60))
    assert mail_change.confirm(office, ichiro.member_id, link) == Dead()
    assert mail_change.look(office, ichiro.member_id) is not None


def test_a_newer_link_kills_the_older_and_the_old_address_is_told_of_each_new_one(office, ichiro):
    first = asked(office, ichiro)
    second = asked(office, ichiro, "other@example.com")
    assert mail_change.behind(office, first) is None
    assert mail_change.behind(office, second).email == "other@example.com"
    assert len(letters(office, "mail_asked")) == 2


def test_sending_again_makes_a_new_link_without_another_word_to_the_old_address(office, ichiro):
    first = asked(office, ichiro)
    office.clock.move(timedelta(minutes=1))
    assert isinstance(mail_change.again(office, ichiro.member_id), Asked)
    assert token(office, "mail_link") != first
    assert mail_change.behind(office, first) is None
    assert len(letters(office, "mail_asked")) == 1


def test_a_double_press_sends_one_link(office, ichiro):
    at_once(office, 4, lambda: mail_change.ask(office, ichiro.member_id, NEW))
    assert sent(office) == [("mail_link", NEW), ("mail_asked", OLD)]


def test_what_was_taken_back_is_dead(office, ichiro):
    link = asked(office, ichiro)
    assert mail_change.cancel(office, ichiro.member_id)
    assert not mail_change.cancel(office, ichiro.member_id)
    assert mail_change.confirm(office, ichiro.member_id, link) == Dead()
    assert mail_change.again(office, ichiro.member_id) == NothingWaits()


@pytest.mark.parametrize("email", [OLD, "ICHIRO@example.jp"])
def test_the_present_address_is_no_change(office, ichiro, email):
    assert mail_change.ask(office, ichiro.member_id, email) == Same()


@pytest.mark.parametrize(
    "email", ["a@b", "a,b@example.jp", "a@example.jp\r\nBcc: b@example.jp", "あ@example.jp"]
)
def test_what_no_letter_can_reach_is_refused(office, ichiro, email):
    assert mail_change.ask(office, ichiro.member_id, email) == Unreachable()
    assert letters(office) == []


def test_a_mailbox_cannot_be_filled(office, ichiro):
    for _ in range(office.rules.links.hour):
        asked(office, ichiro)
        office.clock.move(timedelta(minutes=1))
    assert mail_change.again(office, ichiro.member_id) == TooOften(day=False)
    for _ in range(office.rules.links.day):
        office.clock.move(timedelta(minutes=61))
        last = mail_change.again(office, ichiro.member_id)
    assert last == TooOften(day=True)


def test_several_members_together_cannot_fill_a_strangers_mailbox(office, ichiro):
    ken = people.newcomer(office, cast.KEN)
    for _ in range(office.rules.links.day):
        office.clock.move(timedelta(minutes=61))
        asked(office, ichiro)
    assert mail_change.ask(office, ken.member_id, NEW.upper()) == TooOften(day=True)


def test_the_mark_of_bounced_mail_goes_with_the_confirmation(office, ichiro):
    post.bounced(office, OLD)
    link = asked(office, ichiro)
    mail_change.confirm(office, ichiro.member_id, link)
    assert office.store.one("SELECT email_bounced_at FROM member") == (None,)


def test_links_that_the_old_mailbox_got_die_with_the_change(office):
    hanako = people.newcomer(office, cast.HANAKO)
    recovery.ask(office, "", cast.HANAKO.web_id, "hanako@example.jp")
    password_link = token(office, "password_link")
    mail_change.confirm(office, hanako.member_id, asked(office, hanako))
    assert isinstance(recovery.reset(office, password_link, "Kikyou4821x", Browser("", "")), recovery.Dead)


def test_who_says_not_me_at_the_old_address_ends_the_wish(office, ichiro):
    link = asked(office, ichiro)
    alarm = letters(office, "mail_asked")[0]["token"]
    not_me.stop_all(office, alarm, Browser("", ""))
    assert mail_change.look(office, ichiro.member_id) is None
    assert mail_change.confirm(office, ichiro.member_id, link) == Dead()


def test_a_member_without_an_address_gets_one_and_nobody_else_is_written_to(office):
    from dataclasses import replace

    who = replace(cast.ICHIRO.member, email="")
    ichiro = people.newcomer(office, member=who)
    mail_change.confirm(office, ichiro.member_id, asked(office, ichiro))
    assert sent(office) == [("mail_link", NEW), ("mail_changed_new", NEW)]


def test_the_desk_enters_an_address_that_was_told_in_person(office, ichiro):
    asked(office, ichiro)
    assert mail_change.enter(office, ichiro.member_id, "desk@example.com", "desk1") == Confirmed(
        "desk@example.com"
    )
    assert mail_change.look(office, ichiro.member_id) is None
    assert details.past(office, ichiro.member_id, Detail.MAIL)[0].by_whom == "desk1"
    assert sent(office)[-2:] == [("mail_changed_old", OLD), ("mail_changed_new", "desk@example.com")]
    assert mail_change.enter(office, ichiro.member_id, "desk@example.com", "desk1") == Same()


def test_a_link_is_kept_as_a_hash_and_forgotten_after_two_days(office, ichiro):
    from madoguchi.services import sessions

    link = asked(office, ichiro)
    assert link not in str(office.store.rows("SELECT * FROM mail_change"))
    office.clock.move(timedelta(days=3))
    mail_change.sweep(office)
    sessions.sweep(office)
    assert office.store.rows("SELECT 1 FROM mail_change") == []


def test_a_wish_whose_link_ran_out_is_ended_after_a_day_and_stays_in_the_history(office, ichiro):
    asked(office, ichiro)
    office.clock.move(timedelta(hours=24))
    mail_change.sweep(office)
    assert mail_change.look(office, ichiro.member_id) is not None
    office.clock.move(timedelta(hours=2))
    for _ in range(2):
        mail_change.sweep(office)
    assert mail_change.look(office, ichiro.member_id) is None
    (line,) = details.past(office, ichiro.member_id, Detail.MAIL_WISH)
    assert (line.was, line.became, line.way) == ({"email": OLD}, {"email": NEW}, "lapsed")
    assert line.at == office.now() - timedelta(hours=25)
    assert details.past(office, ichiro.member_id, Detail.MAIL) == []


def test_forgetting_old_links_never_forgets_a_wish_that_waits(office, ichiro):
    asked(office, ichiro)
    office.clock.move(timedelta(days=9))
    sessions.sweep(office)
    assert mail_change.look(office, ichiro.member_id) is not None


def test_sending_again_within_seconds_sends_nothing_and_says_so(office, ichiro):
    asked(office, ichiro)
    assert mail_change.again(office, ichiro.member_id) == JustSent(office.now() + mail_change.DOUBLE)
    assert len(letters(office, "mail_link")) == 1
