"""What rules an application out by the contract itself, each with its code; and which stages are open."""

from dataclasses import replace
from datetime import date

import pytest

from madoguchi.domain.applications import OPEN, UNDECIDED, Kind, Stage, refused
from madoguchi.domain.standing import Standing, advance, draw
from tests.domain.products import CYCLE, SHIPPED

OPENED = date(2026, 11, 1)
BOUNDS = (10_000, 5_000_000)
NEW = Standing.opened(500_000, 1780, 25, OPENED)
OWING = draw(NEW, OPENED, 100_000, SHIPPED)
DEBITED = replace(OWING, running=replace(OWING.running, debited=True))


@pytest.mark.parametrize(
    ("kind", "standing", "sending", "code"),
    [
        (Kind.LIMIT_UP, NEW, 0, None),
        (Kind.LIMIT_UP, replace(NEW, limit=5_000_000), 0, "A-05"),
        (Kind.LIMIT_DOWN, replace(NEW, limit=10_000), 0, "A-06"),
        (Kind.LIMIT_DOWN, OWING, 9, None),
        (Kind.DUE_DAY, OWING, 0, None),
        (Kind.DUE_DAY, advance(OWING, date(2027, 1, 5), SHIPPED), 0, "A-08"),
        (Kind.DUE_DAY, replace(OWING, pending_due_day=5), 0, "A-09"),
        (Kind.DUE_DAY, DEBITED, 0, "A-10"),
        (Kind.CLOSING, NEW, 0, None),
        (Kind.CLOSING, NEW, 1_000, "A-11"),
        (Kind.CLOSING, replace(NEW, coming=((date(2026, 11, 4), 1_000),)), 0, "A-11"),
        (Kind.CLOSING, DEBITED, 0, "A-10"),
        (Kind.CLOSING, OWING, 0, "A-12"),
        (Kind.CLOSING, replace(NEW, fees=1), 0, "A-12"),
        (Kind.CLOSING, replace(NEW, deposit=1), 0, "A-13"),
        (Kind.REISSUE, OWING, 9, None),
    ],
)
def test_the_first_rule_against_it_is_told_by_its_code(kind, standing, sending, code):
    found = refused(kind, standing, sending, SHIPPED, BOUNDS)
    assert (found.code if found else None) == code


def test_a_cycle_has_no_due_days_to_choose_from():
    assert refused(Kind.DUE_DAY, replace(NEW, due_day=0), 0, CYCLE, BOUNDS).code == "A-07"


def test_every_stage_is_open_or_over_and_has_its_words():
    assert {Stage.APPROVED, Stage.REFUSED, Stage.WITHDRAWN, Stage.EXPIRED} == set(Stage) - OPEN
    assert {Stage.MAKING} == OPEN - UNDECIDED
    assert all(stage.words for stage in Stage)
    assert len({kind.words for kind in Kind}) == len(Kind)
