"""The daily round: each day once and in order, due dates judged, deposits posted before."""

from datetime import timedelta

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.rights import State
from madoguchi.services import posting, rounds, verify
from madoguchi.store import closed_days, contracts, entries
from tests import people
from tests.support.money import one_at_a_time


def close(office):
    """Run the round; returns the days it closed."""
    return [str(closed.day) for closed in rounds.close_days(office)]


def test_the_first_round_closes_yesterday_and_a_second_one_nothing(office):
    assert close(office) == ["2026-11-19"]
    assert close(office) == []


def test_missed_days_are_closed_in_order(office):
    close(office)
    office.clock.move(timedelta(days=3))
    assert close(office) == ["2026-11-20", "2026-11-21", "2026-11-22"]


def test_an_unmet_due_date_makes_overdue_the_day_after_and_not_before(office):
    hanako = people.hanako(office)
    office.clock.move(timedelta(days=5))  # the 25th itself
    close(office)
    assert contracts.read(office.store, hanako.contract_id).states == 0
    office.clock.move(timedelta(days=1))
    close(office)
    row = contracts.read(office.store, hanako.contract_id)
    assert row.states == State.OVERDUE.bit
    assert str(row.standing.late_since) == "2026-11-26"
    assert list(verify.differences(office)) == []


def test_a_deposit_is_posted_on_the_due_date_before_overdue_is_judged(office):
    daisuke = people.daisuke(office)
    today = office.business_day()
    posting.receive_payment(office, daisuke.contract_id, 30_640, Channel.BANK_TRANSFER, today, "p")
    posting.draw(office, daisuke.contract_id, 50_000, Channel.ATM, today, "d")
    due = contracts.read(office.store, daisuke.contract_id).standing.running.day
    office.clock.move(timedelta(days=(due - today).days + 1))
    close(office)
    row = contracts.read(office.store, daisuke.contract_id)
    assert (row.states, row.standing.deposit) == (0, 0)
    *_, used = entries.stream(office.store, daisuke.contract_id, daisuke.contract_id)
    assert (used.kind, used.value_date, used.amount) == (EntryKind.DEPOSIT_USED, due, 30_000)
    assert list(verify.differences(office)) == []


def test_a_deposit_that_pays_all_on_a_due_date_leaves_books_that_agree(office):
    hanako = people.hanako(office)
    today = office.business_day()
    posting.receive_payment(office, hanako.contract_id, 300_000, Channel.BANK_TRANSFER, today, "p")
    posting.draw(office, hanako.contract_id, 3_000, Channel.ATM, today, "d")
    office.clock.move(timedelta(days=37))
    close(office)
    assert contracts.read(office.store, hanako.contract_id).standing.debt == 0
    assert list(verify.differences(office)) == []


def test_a_late_round_and_an_early_act_leave_the_same_books(office):
    daisuke = people.daisuke(office)
    today = office.business_day()
    posting.receive_payment(office, daisuke.contract_id, 30_640, Channel.BANK_TRANSFER, today, "p")
    posting.draw(office, daisuke.contract_id, 50_000, Channel.ATM, today, "d")
    office.clock.move(timedelta(days=100))
    on = office.business_day()
    posting.receive_payment(office, daisuke.contract_id, 1_000, Channel.ATM, on, "late")
    kinds = [entry.kind for entry in entries.stream(office.store, daisuke.contract_id, daisuke.contract_id)]
    assert kinds[-2:] == [EntryKind.DEPOSIT_USED, EntryKind.REPAYMENT]
    close(office)
    assert list(verify.differences(office)) == []


def test_a_round_that_was_stopped_goes_on_and_judges_each_due_date_once(office, monkeypatch):
    one_at_a_time(monkeypatch)
    made = people.full_cast(office)
    close(office)
    office.clock.move(timedelta(days=6))
    walk = rounds.close_days(office)
    next(walk)
    walk.close()
    assert closed_days.last(office.store) == office.business_day() - timedelta(days=6)
    close(office)
    hanako = contracts.read(office.store, made["hanako"].contract_id).standing
    assert [str(due.day) for due in hanako.unmet] == ["2026-11-25"]
    assert list(verify.differences(office)) == []


@pytest.mark.parametrize(
    ("size", "times", "following"),
    [(10, 0.1, 20), (20, 0.5, 40), (100, 0.1, 100), (40, 4, 10), (60, 2, 30), (10, 500, 10), (10, 0, 20)],
)
def test_a_transaction_takes_up_what_fits_into_a_short_time(size, times, following):
    assert rounds.fitting(size, times * rounds.AIM) == following
