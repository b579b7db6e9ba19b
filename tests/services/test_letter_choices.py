"""What members choose about letters: kept with its past, told where a stranger would begin, and obeyed."""

from datetime import timedelta

import pytest

from madoguchi.domain.letters import FORMS, Kind
from madoguchi.domain.standing import payoff
from madoguchi.services import choices, letter_choices, letters, post, reminders, rounds, sent_letters
from madoguchi.services.choices import Choice
from madoguchi.store import contracts
from tests import people
from tests.support.money import DAY, pay, standing
from tests.support.post import Bag, changed, code, with_carriers
from tests.support.together import at_once

ALL = {
    Choice.REMINDER_DAYS: "3",
    Choice.REMINDER_HOUR: "10",
    Choice.TRANSACTION_MAIL: "yes",
    Choice.DISCREET: "no",
}
HOURS = timedelta(hours=1)


@pytest.fixture
def ichiro(office):
    """鈴木 一郎."""
    return people.newcomer(office)


def choose(office, who, **chosen):
    """Choose on the page; the rest stays as it is by default."""
    return letter_choices.choose(
        office, who.member_id, who.contract_id, ALL | {Choice[n]: v for n, v in chosen.items()}
    )


def look(office, who):
    """What the page shows."""
    standing = contracts.read(office.store, who.contract_id).standing
    return letter_choices.look(office, who.member_id, who.contract_id, standing)


def kinds(office, state="new"):
    """The kinds of letters that wait, or are in another state."""
    rows = office.store.rows("SELECT kind FROM letter WHERE state = ? ORDER BY id", (state,))
    return [kind for (kind,) in rows]


def received(office, who):
    """Write that a payment was received."""
    with office.store.transaction():
        facts = {"at": office.now(), "amount": "9,000", "bank": "みずほ銀行", "balance": "221,000"}
        return letters.write(office, Kind.PAYMENT_RECEIVED, facts, member_id=who.member_id)


def test_what_was_chosen_is_shown_with_its_past(office, ichiro):
    assert choose(office, ichiro, REMINDER_DAYS="1", REMINDER_HOUR="20")
    assert not choose(office, ichiro, REMINDER_DAYS="1", REMINDER_HOUR="20")
    seen = look(office, ichiro)
    assert seen.held[Choice.REMINDER_DAYS] == "1"
    assert [(name, value, who) for _, name, value, who in seen.past] == [
        ("お知らせの時刻", "20時", "member"),
        ("ご返済日のお知らせ", "1日前", "member"),
    ]


def test_an_hour_of_the_night_is_refused(office, ichiro):
    with pytest.raises(ValueError, match="at night"):
        choose(office, ichiro, REMINDER_HOUR="21")


def test_a_change_that_a_thief_would_begin_with_is_told_by_letter(office, ichiro):
    choose(office, ichiro, REMINDER_DAYS="off")
    assert kinds(office) == []
    choose(office, ichiro, REMINDER_DAYS="off", DISCREET="yes", TRANSACTION_MAIL="no")
    assert kinds(office) == ["letters_changed"]


def test_pressed_twice_at_once_it_is_written_once(office, ichiro):
    at_once(office, 4, lambda: choose(office, ichiro, DISCREET="yes"))
    assert len(choices.past(office, ichiro.member_id, Choice.DISCREET)) == 1
    assert kinds(office) == ["letters_changed"]


def test_who_does_without_news_of_payments_still_gets_every_other_letter(office, ichiro):
    choose(office, ichiro, TRANSACTION_MAIL="no")
    assert not received(office, ichiro)
    assert changed(office, ichiro)
    assert code(office, ichiro)
    assert kinds(office, "void") == ["payment_received"]
    choose(office, ichiro, TRANSACTION_MAIL="yes")
    assert received(office, ichiro)


def test_what_can_be_done_without_is_no_alarm_and_no_demand():
    silenced = {kind for kind, form in FORMS.items() if form.payment}
    assert silenced == {
        Kind.DEBIT_PAID, Kind.PAYMENT_RECEIVED, Kind.TRANSFER_RECEIVED, Kind.ATM_PAID,
    }  # fmt: skip
    assert not [kind for kind in silenced if FORMS[kind].not_me or FORMS[kind].secrets or FORMS[kind].dated]


def test_a_discreet_letter_goes_out_as_the_member_wishes_when_it_is_sent(office, ichiro):
    bag = Bag()
    working = with_carriers(office, bag)
    received(working, ichiro)
    choose(working, ichiro, DISCREET="yes")
    while post.deliver(working):
        pass
    subjects = {message.printed.subject for message in bag.messages}
    assert (len(bag.messages), subjects) == (2, {"お知らせがあります"})
    assert "9,000" not in "".join(message.printed.text for message in bag.messages)


def test_a_discreet_code_still_has_its_code(office, ichiro):
    bag = Bag()
    working = with_carriers(office, bag)
    choose(working, ichiro, DISCREET="yes")
    code(working, ichiro, "908172")
    post.deliver(working)
    (letter,) = [m.printed for m in bag.messages if m.printed.subject == "確認コード"]
    assert "908172" in letter.text.split("\n")


def test_behind_sign_in_every_letter_is_whole_and_codes_are_not_kept(office, ichiro):
    working = with_carriers(office, Bag())
    choose(working, ichiro, DISCREET="yes")
    for write in (received, code, changed):
        office.clock.move(timedelta(minutes=1))
        write(working, ichiro)
    while post.deliver(working):
        pass
    pile = sent_letters.look(working, ichiro.member_id)
    assert [letter.subject for letter in pile.letters] == [
        "パスワードが変わりました", "9,000円のご返済を受け取りました", "お知らせの送り方が変わりました",
    ]  # fmt: skip
    one = sent_letters.one(working, ichiro.member_id, pile.letters[1].id)
    assert "221,000円" in one.text
    assert "/not-me/" not in pile.letters[0].text


def test_a_letter_is_looked_up_through_its_member(office, ichiro):
    hanako = people.newcomer(office, people.cast.HANAKO)
    working = with_carriers(office, Bag())
    changed(working, ichiro)
    post.deliver(working)
    assert sent_letters.one(working, ichiro.member_id, 1)
    assert sent_letters.one(working, hanako.member_id, 1) is None
    assert sent_letters.look(working, hanako.member_id).letters == ()


def test_letters_come_in_pages(office, ichiro):
    working = with_carriers(office, Bag())
    for _ in range(sent_letters.PAGE + 1):
        changed(working, ichiro)
    while post.deliver(working):
        pass
    first = sent_letters.look(working, ichiro.member_id)
    second = sent_letters.look(working, ichiro.member_id, first.before)
    assert (len(first.letters), len(second.letters), second.before) == (sent_letters.PAGE, 1, None)


def test_at_night_news_waits_for_the_morning_and_alarms_and_codes_do_not(office, ichiro):
    office.clock.move(12 * HOURS)  # 22:00
    bag = Bag()
    working = with_carriers(office, bag)
    for write in (received, changed, code):
        write(working, ichiro)
    assert post.deliver(working) == 2
    office.clock.move(10 * HOURS - timedelta(seconds=1))
    assert post.deliver(working) == 0
    office.clock.move(timedelta(seconds=1))
    assert post.deliver(working) == 1


def test_the_page_says_when_the_next_reminder_comes_and_that_it_came(office):
    hanako = people.hanako(office)
    list(rounds.close_days(office))
    coming = look(office, hanako).coming
    assert (str(coming.due), f"{coming.at:%d %H}", coming.over) == ("2026-11-25", "22 10", False)
    office.clock.move(2 * DAY)
    reminders.run(office)
    coming = look(office, hanako).coming
    assert (coming.over, coming.amount) == (True, 9_000)


def test_who_has_met_a_due_date_is_told_of_the_next_one(office):
    hanako = people.hanako(office)
    pay(office, hanako, 9_000)
    for days in (0, 4, 9):  # until the round judges the due date, on its day, and days after
        office.clock.move(days * DAY)
        coming = look(office, hanako).coming
        assert (str(coming.due), f"{coming.at:%m-%d %H}", coming.over) == ("2026-12-25", "12-22 10", False)
        list(rounds.close_days(office))


def test_a_rest_that_asks_for_nothing_is_not_announced(office):
    hanako = people.hanako(office)
    owed = standing(office, hanako)
    pay(office, hanako, payoff(owed, office.business_day(), office.rules.product).total - 500)
    assert look(office, hanako).coming is None
