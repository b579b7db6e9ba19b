"""Writing letters: in the act or not at all, to whom they may go, and never one reason too many."""

from datetime import timedelta

import pytest

from madoguchi.domain.letters import Kind
from madoguchi.services import letters
from madoguchi.services.cast import HANAKO
from tests import people
from tests.support import post
from tests.support.members import statements


@pytest.fixture
def ichiro(office):
    """鈴木 一郎, whose address is ichiro@example.jp."""
    return people.newcomer(office)


def written(office):
    """State, recipient and facts of every letter."""
    return office.store.rows("SELECT state, recipient, facts FROM letter ORDER BY id")


def test_an_act_that_is_undone_leaves_no_letter(office, ichiro):
    def act():
        with office.store.transaction():
            letters.write(office, Kind.PASSWORD_CHANGED, {"at": office.now()}, member_id=ichiro.member_id)
            assert len(written(office)) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert written(office) == []


def test_a_letter_outside_of_an_act_is_refused(office, ichiro):
    with pytest.raises(AssertionError, match="part of an act"):
        letters.write(office, Kind.PASSWORD_CHANGED, {"at": office.now()}, member_id=ichiro.member_id)


def test_a_letter_goes_to_the_address_on_file_with_moments_in_words(office, ichiro):
    assert post.changed(office, ichiro)
    ((state, recipient, facts),) = written(office)
    assert (state, recipient) == ("new", "ichiro@example.jp")
    assert "鈴木 一郎" in facts
    assert "2026年11月20日 10:00" in facts


def test_a_letter_tells_just_what_its_kind_needs(office, ichiro):
    with pytest.raises(AssertionError, match=r"password_changed tells \['at'\]"), office.store.transaction():
        letters.write(office, Kind.PASSWORD_CHANGED, {"when": "now"}, member_id=ichiro.member_id)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ichiro",
        "a@b",
        "ichiro@example.jp\nBcc: all@example.jp",
        "a@example.jp, b@example.jp",
        "あ@example.jp",
    ],
)
def test_what_is_no_single_address_gets_no_letter(office, ichiro, address):
    assert not post.changed(office, ichiro, to=address)
    assert written(office)[0][:2] == ("void", "")


def test_line_ends_in_a_fact_become_blanks(office, ichiro):
    post.code(office, ichiro, purpose="ログイン\r\nBcc: all@example.jp\u2028x")
    assert "ログイン Bcc: all@example.jp x" in written(office)[0][2]


def test_for_nobody_the_same_statements_are_made_and_no_secret_is_kept(office, ichiro):
    facts = {"token": "canary", "until": office.now() + timedelta(hours=1)}
    asked = []
    for member_id in (ichiro.member_id, None):
        with statements(office.store) as seen, office.store.transaction():
            sent = letters.write(office, Kind.WEB_ID_LINK, facts, member_id=member_id)
        asked.append((seen, sent))
    assert (asked[0][0], asked[0][1], asked[1][1]) == (asked[1][0], True, False)
    assert "canary" not in written(office)[1][2]


def test_where_mail_bounced_no_secret_goes_but_other_news_does(office, ichiro):
    assert letters.bounced(office, "ICHIRO@example.jp") == 1
    assert not post.code(office, ichiro)
    assert post.changed(office, ichiro)
    with office.store.transaction():
        letters.mends(office, "ichiro@example.jp")
    assert post.code(office, ichiro)


def test_sms_goes_to_a_mobile_number_alone(office):
    facts = {"code": "123456", "until": office.now(), "purpose": "ログイン"}
    for number, sent in (("090-0000-0019", True), ("０９０００００００１９", True), ("03-0000-0019", False)):
        with office.store.transaction():
            assert letters.write(office, Kind.CODE_TEXT, facts, to=number) is sent


def test_at_most_three_reasons_a_day_are_told(office, ichiro):
    def reason(kind, **facts):
        with office.store.transaction():
            return letters.write(office, kind, {"at": office.now(), **facts}, member_id=ichiro.member_id)

    waits = [reason(Kind.WAIT_REASON, route="card", opens="") for _ in range(2)]
    holds = [
        reason(Kind.HOLD_REASON, reason="held", card="held", held_why="guessing", web_id="") for _ in range(2)
    ]
    assert (waits, holds) == ([True, True], [True, False])
    assert post.changed(office, ichiro)
    office.clock.move(timedelta(days=1))
    assert reason(Kind.HOLD_REASON, reason="held", card="held", held_why="guessing", web_id="")


def test_the_fourth_reason_of_one_does_not_silence_another(office, ichiro):
    hanako = people.newcomer(office, HANAKO)
    for who in (*[ichiro] * 3, hanako):
        with office.store.transaction():
            facts = {"at": office.now(), "reason": "held", "card": "held", "held_why": "", "web_id": ""}
            assert letters.write(office, Kind.HOLD_REASON, facts, member_id=who.member_id)
