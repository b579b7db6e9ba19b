"""The ladder: what each act asks, read from the table that pages and acts read too."""

import pytest

from madoguchi.domain.ladder import LADDER, Check, DeskAct, Document, Fact, Identity, is_enough
from madoguchi.domain.staff import RIGHTS, Role

TOLD = {Fact.NAME, Fact.BIRTH_DATE, Fact.PHONE}
PAPERS = Identity(Check.DOCUMENTS, document=Document.PASSPORT, place="本店")


def test_every_act_has_a_rung():
    assert set(LADDER) == set(DeskAct)


@pytest.mark.parametrize(
    ("act", "check", "two"),
    [
        (DeskAct.TELL_NUMBER, Check.PHONE, False),
        (DeskAct.UNLOCK, Check.PHONE, False),
        (DeskAct.RELEASE, Check.PHONE, False),
        (DeskAct.HOLD, Check.NOTHING, False),
        (DeskAct.PIN_RESET, Check.DOCUMENTS, True),
        (DeskAct.REISSUE, Check.DOCUMENTS, True),
        (DeskAct.WAIVE, Check.DOCUMENTS, True),
        (DeskAct.ADJUST, Check.DOCUMENTS, True),
        (DeskAct.LIFT_STOP, Check.DOCUMENTS, True),
    ],
)
def test_the_rungs_are_those_of_the_lender(act, check, two):
    assert (LADDER[act].check, LADDER[act].two) == (check, two)


def test_no_act_is_open_to_the_auditor_and_every_one_to_an_operator():
    rights = {rung.right for rung in LADDER.values()}
    assert not rights & RIGHTS[Role.AUDITOR]
    assert rights <= RIGHTS[Role.OPERATOR]


@pytest.mark.parametrize("missing", [{Fact.NAME}, {Fact.BIRTH_DATE}, {Fact.PHONE, Fact.ADDRESS}])
def test_a_call_needs_name_birth_date_and_one_thing_more(missing):
    assert is_enough(Check.PHONE, Identity(Check.PHONE, frozenset(TOLD)))
    assert not is_enough(Check.PHONE, Identity(Check.PHONE, frozenset(set(Fact) - missing)))


@pytest.mark.parametrize(
    ("check", "identity", "enough"),
    [
        (Check.NOTHING, Identity(), True),
        (Check.PHONE, Identity(), False),
        (Check.PHONE, PAPERS, True),
        (Check.DOCUMENTS, PAPERS, True),
        (Check.DOCUMENTS, Identity(Check.PHONE, frozenset(Fact)), False),
        (Check.DOCUMENTS, Identity(Check.DOCUMENTS, document=Document.PASSPORT, place=" "), False),
        (Check.DOCUMENTS, Identity(Check.DOCUMENTS, place="本店"), False),
    ],
)
def test_papers_do_for_a_call_and_a_call_never_for_papers(check, identity, enough):
    assert is_enough(check, identity) is enough
