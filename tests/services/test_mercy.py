"""Due dates whose last hours fell into an outage: in time, noted in the ledger, and verify agrees."""

from datetime import date, datetime, timedelta

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.domain.maintenance import JAPAN, Function
from madoguchi.domain.rights import State, states_of
from madoguchi.services import debit_results, outages, posting, rounds, verify
from madoguchi.services.books import Posted
from madoguchi.services.outages import Published
from madoguchi.store import contracts
from tests import people
from tests.support.debits import filed, kinds_of_letters, mandated, result_of

DUE = date(2026, 11, 25)  # Hanako's, a Wednesday
REPAYING = {Function.REPAYING}


def go(office, day, hour, minute=0):
    """Go to a moment of November 2026 in Japan, closing the days on the way."""
    office.clock.move(datetime(2026, 11, day, hour, minute, tzinfo=JAPAN) - office.now())
    list(rounds.close_days(office))


def outage(office, begins, ends=None, functions=REPAYING):
    """Publish an outage from an hour of the 25th, over at `ends` (day, hour) if that is known."""
    at = datetime(2026, 11, 25, begins, tzinfo=JAPAN)
    until = ends and datetime(2026, 11, *ends, tzinfo=JAPAN)
    made = outages.begin(office, functions, "振込が混み合っています", "desk1", at=at, until=until)
    assert isinstance(made, Published)
    return made


def row(office, who):
    """The contract as it is cached."""
    return contracts.read(office.store, who.contract_id)


def moved_terms(office):
    """What the ledger says of moved due dates: (from, to, why)."""
    return office.store.rows("SELECT agreed_on, value, cause FROM term WHERE kind = 'due_moved' ORDER BY id")


@pytest.fixture
def hanako(office):
    made = people.hanako(office)
    list(rounds.close_days(office))
    return made


def test_an_outage_of_the_evening_moves_the_due_date_and_the_ledger_says_why(office, hanako):
    go(office, 25, 22)
    made = outage(office, 20)
    outages.end(office, made.outage_id, "desk1")
    go(office, 26, 1)
    assert row(office, hanako).standing.running.day == date(2026, 11, 26)
    assert moved_terms(office) == [(20261125, 20261126, f"outage:{made.outage_id}")]
    assert State.OVERDUE not in states_of(row(office, hanako).states)
    assert not [kind for kind in kinds_of_letters(office) if kind.startswith("late")]
    assert list(verify.differences(office)) == []


def test_a_payment_of_the_next_business_day_is_in_time_and_bears_no_damages(office, hanako):
    go(office, 25, 22)
    outages.end(office, outage(office, 20).outage_id, "desk1")
    go(office, 26, 9)
    paid = posting.receive_payment(
        office, hanako.contract_id, 9_000, Channel.INTERNET, office.business_day(), "in-time"
    )
    assert isinstance(paid, Posted)
    assert (paid.entry.damages, paid.standing.late_since, paid.standing.running.met) == (0, None, True)
    go(office, 28, 1)
    assert list(verify.differences(office)) == []


def test_who_does_not_pay_then_either_is_late_from_the_day_after(office, hanako):
    go(office, 25, 22)
    outages.end(office, outage(office, 20).outage_id, "desk1")
    go(office, 27, 1)
    assert row(office, hanako).standing.late_since == date(2026, 11, 27)
    assert "late_1" in kinds_of_letters(office)
    assert list(verify.differences(office)) == []


def test_an_outage_that_goes_on_moves_the_due_date_on_until_it_is_over(office, hanako):
    go(office, 25, 22)
    made = outage(office, 20)
    go(office, 28, 1)
    assert row(office, hanako).standing.late_since is None
    outages.end(office, made.outage_id, "desk1", at=datetime(2026, 11, 27, 23, tzinfo=JAPAN))
    go(office, 30, 23)
    assert row(office, hanako).standing.running.day == date(2026, 11, 30)
    assert list(verify.differences(office)) == []


def test_an_act_just_after_midnight_knows_of_it_before_the_round(office, hanako):
    go(office, 25, 22)
    outage(office, 20, (25, 21))
    office.clock.move(timedelta(hours=3))
    paid = posting.receive_payment(
        office, hanako.contract_id, 9_000, Channel.INTERNET, office.business_day(), "early"
    )
    assert (paid.entry.damages, paid.standing.late_since) == (0, None)
    list(rounds.close_days(office))
    assert list(verify.differences(office)) == []


def test_an_outage_that_is_published_the_next_morning_makes_nobody_late(office, hanako):
    go(office, 26, 7)
    assert State.OVERDUE in states_of(row(office, hanako).states)
    assert outage(office, 20, (26, 6)).moved == 1
    assert State.OVERDUE not in states_of(row(office, hanako).states)
    states = dict(office.store.rows("SELECT kind, state FROM letter WHERE kind LIKE 'late%'"))
    assert states == {"late_1": "void"}
    go(office, 27, 0, 30)
    assert "late_over" not in kinds_of_letters(office)
    assert list(verify.differences(office)) == []


def test_damages_that_were_paid_meanwhile_are_split_anew(office, hanako):
    go(office, 26, 9)
    today = office.business_day()
    paid = posting.receive_payment(office, hanako.contract_id, 9_000, Channel.INTERNET, today, "late")
    assert paid.entry.damages > 0
    go(office, 28, 9)
    assert outage(office, 20, (26, 3)).moved == 1
    totals = office.store.one("SELECT SUM(damages) FROM entry WHERE kind = 2 AND undoes IS NULL")
    undone = office.store.one("SELECT SUM(damages) FROM entry WHERE undoes IS NOT NULL")
    assert totals == undone
    assert list(verify.differences(office)) == []
    assert outages.tell(office, 1, "直りました", "desk1") == Published(1)


@pytest.mark.parametrize("functions", [{Function.ATM}, {Function.LETTERS, Function.BORROWING}])
def test_an_outage_of_something_else_moves_nothing(office, hanako, functions):
    go(office, 25, 22)
    outage(office, 18, functions=functions)
    go(office, 26, 1)
    assert row(office, hanako).standing.late_since == date(2026, 11, 26)


def test_a_due_date_whose_debit_is_at_the_bank_is_moved_when_the_bank_says_no(office):
    hanako = people.hanako(office)
    mandated(office, hanako)
    file = filed(office)
    outage_began = datetime(2026, 11, 25, 20, tzinfo=JAPAN)
    go(office, 26, 9)
    assert moved_terms(office) == []
    outages.begin(
        office, REPAYING, "止まりました", "desk1", at=outage_began, until=outage_began + timedelta(hours=2)
    )
    assert moved_terms(office) == []
    debit_results.take(office, result_of(office, file, 1))
    assert row(office, hanako).standing.running.day == date(2026, 11, 26)
    assert row(office, hanako).standing.late_since is None
    go(office, 27, 1)
    assert row(office, hanako).standing.late_since == date(2026, 11, 27)
    assert list(verify.differences(office)) == []


@pytest.fixture
def with_deposit(office):
    """Hanako anew: 5,000 yen of deposit beside 200,000 yen owed, due on the 25th."""

    def life(told):
        told.open(40)
        told.draw(20, 100_000)
        told.pay(19, 105_000, Channel.ATM)
        told.draw(15, 200_000)

    made = people.live(office, people.cast.HANAKO, life)
    list(rounds.close_days(office))
    assert row(office, made).standing.deposit > 0
    return made


@pytest.mark.parametrize("afterwards", [False, True], ids=["at once", "the next morning"])
def test_a_deposit_is_used_on_the_due_date_itself_and_what_it_leaves_is_moved(
    office, with_deposit, afterwards
):
    go(office, 25, 22)
    if not afterwards:
        outage(office, 20, (25, 21))
    go(office, 26, 8)
    if afterwards:
        assert outage(office, 20, (25, 21)).moved == 1
    standing = row(office, with_deposit).standing
    assert (standing.deposit, standing.late_since) == (0, None)
    assert standing.running.day == date(2026, 11, 26)
    assert standing.running.filled > 0
    go(office, 28, 8)
    assert row(office, with_deposit).standing.late_since == date(2026, 11, 27)
    assert list(verify.differences(office)) == []


def test_published_twice_and_told_again_nothing_changes_twice(office, hanako):
    go(office, 26, 7)
    outage(office, 20, (25, 23))
    before, terms = row(office, hanako), moved_terms(office)
    assert outage(office, 21, (25, 22)).moved == 0
    assert (row(office, hanako), moved_terms(office)) == (before, terms)
    go(office, 27, 1)
    assert moved_terms(office) == terms


def test_a_window_that_staff_announced_counts_as_an_outage_does(office, hanako):
    begins = datetime(2026, 11, 25, 21, tzinfo=JAPAN)
    outages.announce(office, REPAYING, begins, begins + timedelta(hours=5), "入れ替えます", "desk1")
    go(office, 26, 1)
    assert row(office, hanako).standing.running.day == date(2026, 11, 27)


def test_one_that_was_withdrawn_moves_nothing_more(office, hanako):
    go(office, 25, 22)
    outages.withdraw(office, outage(office, 20).outage_id, "desk1")
    go(office, 26, 1)
    assert row(office, hanako).standing.late_since == date(2026, 11, 26)
