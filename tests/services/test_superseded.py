"""Documents for which a later one stands: corrected receipts, cancelled drawdowns, certificates of a day."""

from datetime import timedelta

import pytest

from madoguchi.domain.documents import DocumentKind as Kind
from madoguchi.domain.ledger import EntryKind
from madoguchi.services import documents, posting, superseded
from madoguchi.services.superseded import How, Later
from tests import people
from tests.support.money import draw, pay, rows

DAY = timedelta(days=1)


def issue(office, who, kind, **how):
    """A document that a member asks for."""
    return documents.issue(office, who.contract_id, kind, **how).document


def later(office, document):
    """What whoever holds a document is told of it."""
    return documents.check(office, document.number, document.code).later


@pytest.fixture
def hanako(office):
    return people.hanako(office)


@pytest.fixture
def corrected(office, hanako):
    """A receipt, and the entry that stands for its own since a payment came late."""
    office.clock.move(2 * DAY)
    first = pay(office, hanako, 20_000, "known").entry
    receipt = issue(office, hanako, Kind.ENTRY, seq=first.seq)
    assert later(office, receipt) is None
    pay(office, hanako, 10_000, "late", office.business_day() - DAY)
    return receipt, next(entry for entry in rows(office, hanako) if entry.replaces == first.seq)


def test_a_corrected_receipt_is_told_as_that_and_by_its_number_once_the_later_one_has_one(
    office, hanako, corrected
):
    receipt, anew = corrected
    assert later(office, receipt) == Later(How.CORRECTED)
    newer = issue(office, hanako, Kind.ENTRY, seq=anew.seq)
    assert later(office, receipt) == Later(How.CORRECTED, newer.number)
    assert later(office, newer) is None


def test_a_receipt_that_was_corrected_twice_leads_to_the_last_one(office, hanako, corrected):
    receipt, anew = corrected
    middle = issue(office, hanako, Kind.ENTRY, seq=anew.seq)
    pay(office, hanako, 5_000, "later", office.business_day() - 2 * DAY)
    last = [e for e in rows(office, hanako) if e.kind is EntryKind.REPAYMENT and e.amount == 20_000][-1]
    newest = issue(office, hanako, Kind.ENTRY, seq=last.seq)
    assert later(office, receipt) == later(office, middle) == Later(How.CORRECTED, newest.number)


def test_the_paper_of_a_drawdown_that_never_was_is_told_as_that(office, hanako):
    drawn = draw(office, hanako, 50_000, "refused").entry
    paper = issue(office, hanako, Kind.ENTRY, seq=drawn.seq)
    posting.undo_draw(office, hanako.contract_id, "refused", "back")
    assert later(office, paper) == Later(How.UNDONE)


@pytest.mark.parametrize("kind", [Kind.BALANCE, Kind.PAYOFF])
def test_a_newer_certificate_of_the_same_day_is_named(office, hanako, kind):
    old, other = issue(office, hanako, kind), issue(office, hanako, Kind.CONTRACT)
    pay(office, hanako, 5_000)
    assert later(office, old) is None, "it tells of its moment"
    newer = issue(office, hanako, kind)
    assert later(office, old) == Later(How.NEWER, newer.number)
    assert later(office, newer) is later(office, other) is None


def test_a_certificate_of_a_day_that_is_told_otherwise_now_is_told_as_changed(office, hanako):
    office.clock.move(3 * DAY)
    on = office.business_day() - DAY
    old, before = (issue(office, hanako, Kind.BALANCE, on=day) for day in (on, on - 2 * DAY))
    pay(office, hanako, 10_000, "late", on)
    assert later(office, old) == Later(How.CHANGED)
    assert later(office, before) is None
    newer = issue(office, hanako, Kind.BALANCE, on=on)
    assert later(office, old) == Later(How.NEWER, newer.number)


def test_a_list_tells_which_documents_are_not_the_last_word(office, hanako, corrected):
    receipt, _ = corrected
    old = issue(office, hanako, Kind.BALANCE)
    pay(office, hanako, 5_000)
    ids = [one.id for one in (receipt, old, issue(office, hanako, Kind.BALANCE))]
    assert superseded.among(office, hanako.contract_id, ids) == set(ids[:2])
    assert superseded.among(office, hanako.contract_id, []) == set()
