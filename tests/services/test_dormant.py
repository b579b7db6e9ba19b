"""Contracts that nobody used for years: told sixty days before, kept by a press or a use, or closed once."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from madoguchi.domain.dormant import DormantRules
from madoguchi.domain.rights import State
from madoguchi.ports import JAPAN
from madoguchi.services import dormant, rounds
from madoguchi.services.cast import HANAKO, ICHIRO
from madoguchi.store import closed_days, contracts
from madoguchi.store.values import moment_in
from tests import people
from tests.support.applying import CARD, send, stage, visitor
from tests.support.debits import facts_of_letters, kinds_of_letters
from tests.support.money import draw, pay, sound, standing

OPENED = date(2026, 11, 17)  # three days before the tests' today
CLOSES = date(2027, 11, 17)
TOLD = date(2027, 9, 18)


@pytest.fixture
def office(office):
    """A lender that closes contracts after one year, so that a test has fewer days to close."""
    return replace(office, rules=replace(office.rules, dormant=DormantRules(years=1, notice_days=60)))


@pytest.fixture
def hanako(office):
    """佐藤 花子, who opened her contract and borrowed nothing."""
    return people.newcomer(office, HANAKO)


def night_before(office, day):
    """Go to the first hours of a day, and close the day before it."""
    office.clock.move(timedelta(days=(day - office.business_day()).days))
    with office.store.transaction():
        if closed_days.last(office.store) != day - timedelta(days=2):
            closed_days.add(office.store, day - timedelta(days=2), office.now())
    return [closed.done for closed in rounds.close_days(office)]


def closed(office, who):
    """The last day of the contract."""
    return contracts.read(office.store, who.contract_id).closed_on


def test_who_used_nothing_is_told_sixty_days_before_and_only_once(office, hanako):
    night_before(office, TOLD - timedelta(days=1))
    assert kinds_of_letters(office) == []
    night_before(office, TOLD)
    night_before(office, TOLD + timedelta(days=1))
    assert kinds_of_letters(office) == ["dormant_warning"]
    (facts,) = map(json.loads, facts_of_letters(office, "dormant_warning"))
    assert (facts["day"], facts["closes"]) == ("2026年11月17日", "2027年11月17日")


def test_the_warning_is_not_sent_once_the_day_has_come(office, hanako):
    night_before(office, TOLD)
    (ends,) = office.store.one("SELECT useful_until FROM letter WHERE kind = 'dormant_warning'")
    assert moment_in(ends) == datetime.combine(CLOSES, time(0), JAPAN)


def test_the_contract_is_closed_on_the_day_that_was_told(office, hanako):
    night_before(office, TOLD)
    night_before(office, CLOSES - timedelta(days=1))
    assert closed(office, hanako) is None
    night_before(office, CLOSES)
    assert closed(office, hanako) == CLOSES
    assert contracts.read(office.store, hanako.contract_id).states & State.CLOSED.bit
    night_before(office, CLOSES + timedelta(days=1))
    assert kinds_of_letters(office) == ["dormant_warning", "contract_closed"]
    assert sound(office)


def test_rounds_that_were_missed_never_shorten_the_notice(office, hanako):
    night_before(office, CLOSES + timedelta(days=30))
    assert dormant.announced(office, hanako.contract_id).closes_on == CLOSES + timedelta(days=90)
    assert closed(office, hanako) is None


def test_who_keeps_the_contract_is_asked_again_only_after_years(office, hanako):
    night_before(office, TOLD)
    assert dormant.keep(office, visitor(office, hanako)) is True
    assert dormant.keep(office, visitor(office, hanako)) is False
    night_before(office, CLOSES)
    assert (closed(office, hanako), kinds_of_letters(office)) == (None, ["dormant_warning"])
    night_before(office, TOLD + timedelta(days=366))
    assert kinds_of_letters(office) == ["dormant_warning"] * 2


def test_who_uses_it_meanwhile_keeps_it(office, hanako):
    night_before(office, TOLD)
    draw(office, hanako, 1_000)
    pay(office, hanako, standing(office, hanako).debt)
    night_before(office, CLOSES)
    assert closed(office, hanako) is None
    assert dormant.announced(office, hanako.contract_id) is None


def test_an_open_application_is_decided_first(office, hanako):
    night_before(office, TOLD)
    send(office, hanako, CARD)
    night_before(office, CLOSES)
    assert (closed(office, hanako), stage(office, 1)) == (None, "sent")


def test_who_owes_or_has_money_here_is_not_told(office, hanako):
    ichiro = people.newcomer(office, ICHIRO)
    draw(office, hanako, 1_000)
    pay(office, ichiro, 500)
    night_before(office, TOLD + timedelta(days=5))
    assert "dormant_warning" not in kinds_of_letters(office)


def test_a_lender_may_close_none(office, hanako):
    never = replace(office, rules=replace(office.rules, dormant=DormantRules(years=0, notice_days=60)))
    night_before(never, date(2035, 1, 15))
    assert kinds_of_letters(never) == []
