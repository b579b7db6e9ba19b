"""What the daily round tells: lateness by its stages, its end, the end of interest-free days, each once."""

import json
from datetime import date, datetime, timedelta

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.domain.lateness import when_to_ask
from madoguchi.ports import JAPAN
from madoguchi.services import posting, rounds
from madoguchi.services.lateness import in_words
from madoguchi.store import contracts
from tests import people
from tests.support.money import DAY, answered, filed, one_at_a_time

STAGES = ["late_1", "late_7", "late_30", "late_61"]


def close(office):
    """Run the round to its end."""
    return list(rounds.close_days(office))


def letters(office):
    """The kinds of the letters written, in order."""
    return [kind for (kind,) in office.store.rows("SELECT kind FROM letter ORDER BY id")]


def facts(office, kind):
    """What the last letter of a kind tells."""
    rows = office.store.rows("SELECT facts FROM letter WHERE kind = ? ORDER BY id DESC", (kind,))
    return json.loads(rows[0][0])


def cured(office, who, amount, key):
    """Pay today; whether the lateness is over by it."""
    done = posting.receive_payment(
        office, who.contract_id, amount, Channel.INTERNET, office.business_day(), key
    )
    return done.standing.late_since is None


def pass_days(office, count):
    """Let days pass one by one, each with its round."""
    for _ in range(count):
        office.clock.move(DAY)
        close(office)


def test_a_member_is_written_to_on_the_first_seventh_thirtieth_and_sixty_first_day(office):
    people.hanako(office)
    close(office)
    at = {}
    for _ in range(69):
        pass_days(office, 1)
        for kind in letters(office):
            at.setdefault(kind, office.business_day())
    assert letters(office) == STAGES
    first = at["late_1"]
    assert str(first) == "2026-11-26"
    assert [(at[kind] - first).days + 1 for kind in STAGES] == [1, 7, 30, 61]


def test_days_that_were_missed_are_caught_up_with_the_highest_stage_alone(office):
    people.hanako(office)
    close(office)
    office.clock.move(70 * DAY)
    close(office)
    assert letters(office) == ["late_61"]
    pass_days(office, 2)
    assert letters(office) == ["late_61"], "the stages below it are told with it"


@pytest.mark.parametrize(
    ("missed", "kind", "reached"), [(8, "late_1", "11月26日（木）"), (15, "late_7", "12月2日（水）")]
)
def test_a_letter_that_is_caught_up_asks_for_what_cures_it_on_the_day_it_is_sent(
    office, missed, kind, reached
):
    hanako = people.hanako(office)
    close(office)
    office.clock.move(missed * DAY)
    close(office)
    assert letters(office) == [kind]
    told = facts(office, kind)
    assert told["reached"] == reached
    assert told["days"] == kind.removeprefix("late_"), "as of the day of the stage"
    assert told["today"] == in_words(office.business_day())
    amount = int(told["amount"].replace(",", ""))
    assert not cured(office, hanako, amount - 1, "less")
    assert cured(office, hanako, 1, "rest")


def test_a_letter_that_waits_for_the_morning_asks_for_what_is_owed_then(office):
    hanako = people.hanako(office)
    office.clock.move(timedelta(days=6, hours=12))  # 22:00 on the 26th
    close(office)
    told = facts(office, "late_1")
    assert (told["reached"], told["days"]) == ("11月26日（木）", "1")
    assert told["today"] == "11月27日（金）"
    office.clock.move(timedelta(hours=11))
    assert cured(office, hanako, int(told["amount"].replace(",", "")), "p")


def test_a_letter_tells_what_would_cure_it_that_day(office):
    hanako = people.hanako(office)
    office.clock.move(6 * DAY)
    close(office)
    told = facts(office, "late_1")
    assert (told["day"], told["today"], told["days"]) == ("11月25日（水）", "11月26日（木）", "1")
    assert cured(office, hanako, int(told["amount"].replace(",", "")), "p")


def test_a_round_run_twice_or_stopped_tells_nothing_twice(office, monkeypatch):
    one_at_a_time(monkeypatch)
    people.full_cast(office)
    close(office)
    before = letters(office)
    assert before.count("late_7") == 1, "misaki"
    office.clock.move(6 * DAY)
    walk = rounds.close_days(office)
    next(walk)
    walk.close()
    close(office)
    close(office)
    told = office.store.rows("SELECT member_id, kind FROM letter WHERE kind LIKE 'late%'")
    assert len(told) == len(set(told)) > 1


def test_the_end_of_lateness_is_told_once(office):
    hanako = people.hanako(office)
    office.clock.move(6 * DAY)
    close(office)
    posting.receive_payment(office, hanako.contract_id, 20_000, Channel.INTERNET, office.business_day(), "p")
    pass_days(office, 2)
    assert letters(office) == ["late_1", "late_over"]


def over(office, who, amount, on=None):
    """What the letter tells of a lateness that ended by a payment of today, valued today or before."""
    today = office.business_day()
    posting.receive_payment(office, who.contract_id, amount, Channel.BANK_TRANSFER, on or today, "p")
    posting.receive_payment(office, who.contract_id, 200, Channel.BANK_TRANSFER, today, "more")
    pass_days(office, 2)
    return facts(office, "late_over")


def test_the_end_of_lateness_is_told_with_its_day_whenever_the_letter_goes_out(office):
    hanako = people.hanako(office)
    office.clock.move(11 * DAY)
    close(office)
    told = over(office, hanako, 20_000, on=date(2026, 11, 30))
    assert (told["on"], told["owes"], told["borrow"]) == ("11月30日（月）", "yes", "yes")


def test_who_may_not_borrow_is_not_told_of_borrowing_when_a_lateness_is_over(office):
    yui = people.yui(office)
    close(office)
    office.clock.move(20 * DAY)
    close(office)
    assert over(office, yui, 30_000)["borrow"] == ""


def test_who_paid_everything_is_told_of_no_next_due_date(office):
    hanako = people.hanako(office)
    office.clock.move(6 * DAY)
    close(office)
    told = over(office, hanako, 300_000)
    assert (told["on"], told["owes"]) == ("11月26日（木）", "")


def test_a_payment_that_was_in_time_and_came_late_leaves_no_lateness_to_end(office):
    hanako = people.hanako(office)
    office.clock.move(8 * DAY)
    close(office)
    assert over(office, hanako, 9_000, on=date(2026, 11, 25))["on"] == ""


def test_a_second_lateness_begins_with_its_first_letter(office):
    hanako = people.hanako(office)
    office.clock.move(6 * DAY)
    close(office)
    posting.receive_payment(office, hanako.contract_id, 12_000, Channel.INTERNET, office.business_day(), "p")
    pass_days(office, 40)
    assert letters(office)[:3] == ["late_1", "late_over", "late_1"]


def test_nobody_is_told_of_lateness_while_the_debit_is_at_the_bank(office):
    hanako = people.hanako(office)
    found = filed(office, hanako)
    pass_days(office, 8)
    assert letters(office) == []
    answered(office, hanako, found, paid=False)
    pass_days(office, 1)
    assert letters(office) == ["late_1"], "the stage is reached late, and told at once"


def test_a_remainder_is_never_late(office):
    people.daisuke(office)
    pass_days(office, 65)
    assert letters(office) == []


def test_the_end_of_interest_free_days_is_told_once_with_what_follows(office):
    ichiro = people.ichiro(office)
    posting.draw(office, ichiro.contract_id, 50_000, Channel.TRANSFER, office.business_day(), "d")
    until = contracts.read(office.store, ichiro.contract_id).standing.free[-1][1]
    paid = posting.receive_payment(
        office, ichiro.contract_id, 5_000, Channel.INTERNET, office.business_day() + 20 * DAY, "p"
    )
    assert paid.standing.late_since is None
    pass_days(office, (until - office.business_day()).days + 2)
    assert letters(office).count("free_days_ended") == 1
    told = facts(office, "free_days_ended")
    assert (told["day"], told["balance"]) == ("12月20日（日）", "45,000")


@pytest.mark.parametrize(
    ("hour", "allowed"),
    [(7, "20 08:00"), (8, "20 08:30"), (20, "20 20:30"), (21, "21 08:00"), (23, "21 08:00")],
)
def test_no_letter_asks_for_payment_at_night(hour, allowed):
    now = datetime(2026, 11, 20, hour, 30, tzinfo=JAPAN)
    assert f"{when_to_ask(now):%d %H:%M}" == allowed


def test_letters_about_lateness_wait_for_the_morning(office):
    people.hanako(office)
    office.clock.move(timedelta(days=5, hours=14, minutes=5))  # 0:05 on the 26th
    close(office)
    (due,) = office.store.one("SELECT due_at FROM letter WHERE kind = 'late_1'")
    assert datetime.fromtimestamp(due / 1_000_000, JAPAN).strftime("%d %H:%M") == "26 08:00"
