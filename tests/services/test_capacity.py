"""Whom the law wants looked at again: at a month's end for new lending, at a quarter's for a balance."""

from madoguchi.domain.channels import Channel
from madoguchi.services import capacity, posting, rounds
from tests import people
from tests.support.money import DAY, one_at_a_time


def listed(office):
    """The open list as (member number, end, why)."""
    return [(check.member_number, str(check.period_end), check.why) for check in capacity.open_checks(office)]


def close_until(office, days):
    """Let days pass and close them."""
    office.clock.move(days * DAY)
    list(rounds.close_days(office))


def draw(office, who, amount, key="d"):
    """Borrow today."""
    posting.draw(office, who.contract_id, amount, Channel.ATM, office.business_day(), key)


def test_a_quarter_of_the_contract_lists_whoever_owes_more_than_a_hundred_thousand(office):
    hanako = people.hanako(office)  # opened 22 September 2025
    list(rounds.close_days(office))
    close_until(office, 11)
    assert listed(office) == []
    close_until(office, 31)
    assert listed(office) == [(hanako.number, "2026-12-31", "quarter")]
    (check,) = capacity.open_checks(office)
    assert str(check.check_by) == "2027-01-21"


def test_a_month_with_more_than_fifty_thousand_lent_lists_at_its_end(office):
    ichiro = people.ichiro(office)
    list(rounds.close_days(office))
    draw(office, ichiro, 101_000)
    close_until(office, 11)
    assert listed(office) == [(ichiro.number, "2026-11-30", "month")]


def test_exactly_the_bounds_are_not_exceeded(office):
    ichiro, yui = people.ichiro(office), people.hanako(office)
    list(rounds.close_days(office))
    draw(office, ichiro, 100_000)
    draw(office, yui, 50_000)
    close_until(office, 11)
    assert listed(office) == []


def test_what_the_bank_refused_was_not_lent(office):
    ichiro = people.ichiro(office)
    list(rounds.close_days(office))
    draw(office, ichiro, 101_000)
    draw(office, ichiro, 60_000, "refused")
    posting.undo_draw(office, ichiro.contract_id, "refused", "back")
    posting.undo_draw(office, ichiro.contract_id, "d", "back-2")
    draw(office, ichiro, 50_000, "d2")
    close_until(office, 11)
    assert listed(office) == []


def test_who_was_looked_at_leaves_the_list_and_is_not_listed_again_for_that_period(office, monkeypatch):
    one_at_a_time(monkeypatch)
    ichiro = people.ichiro(office)
    list(rounds.close_days(office))
    draw(office, ichiro, 101_000)
    close_until(office, 11)
    (check,) = capacity.open_checks(office)
    assert capacity.note_checked(office, check.contract_id, check.period_end, "desk1")
    assert not capacity.note_checked(office, check.contract_id, check.period_end, "desk1")
    assert listed(office) == []
    close_until(office, 1)
    assert listed(office) == []
