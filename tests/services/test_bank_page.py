"""What banks tell: posted once, by its signature, on the day the bank accepted it; no other."""

from datetime import timedelta

import pytest

from madoguchi.domain.bank_page import SIGNATURE, sealed_order
from madoguchi.domain.letters import Kind
from madoguchi.domain.papers import PaperKind
from madoguchi.services import bank_page, papers, repay, verify
from madoguchi.services.bank_page import NotTaken, Taken, Wrong
from madoguchi.store import bank_payments, contracts, entries
from tests import people
from tests.support.bank_page import answer, begun
from tests.support.money import pay, rows, standing
from tests.support.together import at_once

AMOUNT = 20_100


@pytest.fixture
def hanako(office):
    """Hanako, who owes about 230,000 yen."""
    return people.hanako(office)


@pytest.fixture
def payment(office, hanako):
    """20,000 yen that she began to pay."""
    return begun(office, hanako, AMOUNT)


def letters(office):
    """How many receipts went out by mail."""
    sql = "SELECT COUNT(*) FROM letter WHERE kind = ?"
    return office.store.one(sql, (Kind.PAYMENT_RECEIVED.value,))[0]


def test_a_payment_is_posted_as_it_was_previewed_with_a_receipt_and_a_letter(office, hanako, payment):
    seen = repay.preview(office, standing(office, hanako), AMOUNT)
    taken = bank_page.receive(office, answer(office, payment, after=timedelta(0)))
    assert isinstance(taken, Taken)
    assert standing(office, hanako) == seen.after
    paper = papers.look(office, hanako.contract_id, taken.seq, PaperKind.RECEIPT)
    assert (paper.amount, paper.interest, paper.principal) == (
        AMOUNT, seen.split.interest, seen.split.principal,
    )  # fmt: skip
    assert letters(office) == 1
    assert list(verify.differences(office)) == []


def test_the_same_answer_again_posts_nothing_and_is_told_the_same(office, hanako, payment):
    told = answer(office, payment, after=timedelta(0))
    first = bank_page.receive(office, told)
    assert [bank_page.receive(office, told) for _ in range(3)] == [Taken(first.seq, repeated=True)] * 3
    assert [row.amount for row in rows(office, hanako)].count(AMOUNT) == 1
    assert letters(office) == 1


def test_eight_answers_at_once_post_one_payment(office, hanako, payment):
    told = answer(office, payment, after=timedelta(0))
    before = standing(office, hanako).principal
    given = at_once(office, 8, lambda: bank_page.receive(office, told))
    assert len({taken.seq for taken in given}) == 1
    assert sorted(taken.repeated for taken in given) == [False] + [True] * 7
    assert before - standing(office, hanako).principal < AMOUNT
    assert letters(office) == 1
    assert list(verify.differences(office)) == []


def test_two_payments_at_once_are_both_posted(office, hanako):
    told = [answer(office, begun(office, hanako, AMOUNT + n), after=timedelta(0)) for n in range(4)]
    at_once(office, 4, lambda: [bank_page.receive(office, fields) for fields in told])
    assert sorted(row.amount for row in rows(office, hanako)[-4:]) == [AMOUNT + n for n in range(4)]
    assert list(verify.differences(office)) == []


@pytest.mark.parametrize(
    "field", ["key", "bank_code", "amount", "outcome", "accepted_at", "reference", SIGNATURE]
)
def test_a_changed_field_is_refused(office, hanako, payment, field):
    told = answer(office, payment, after=timedelta(0))
    other = {
        "key": "0" * 32, "bank_code": "0001", "amount": "20101", "outcome": "declined",
        "accepted_at": "2026-11-19T10:00:00+09:00", "reference": "P261120-2", SIGNATURE: "f" * 64,
    }  # fmt: skip
    refused = bank_page.receive(office, told | {field: other[field]})
    assert refused == NotTaken(Wrong.FORGED)
    assert bank_payments.by_key(office.store, payment.key).state == "begun"


@pytest.mark.parametrize(
    "change",
    [{"more": "1"}, {"amount": "２０１００"}, {"amount": "020100"}, {SIGNATURE: "é"}, {"accepted_at": "x"}],
)
def test_what_is_not_exactly_in_shape_is_not_read(office, payment, change):
    told = answer(office, payment, after=timedelta(0))
    assert bank_page.receive(office, told | change) == NotTaken(Wrong.FORGED)
    assert bank_page.receive(office, {}) == NotTaken(Wrong.FORGED)


def test_an_orders_signature_is_none_for_an_answer(office, payment):
    order = sealed_order(people.BANK_PAGE_KEY, repay.Order(payment.key, payment.bank_code, payment.amount))
    told = answer(office, payment, after=timedelta(0)) | {SIGNATURE: order[SIGNATURE]}
    assert bank_page.receive(office, told) == NotTaken(Wrong.FORGED)


@pytest.mark.parametrize("other", [{"amount": AMOUNT + 1}, {"amount": AMOUNT - 1}, {"bank_code": "0001"}])
def test_an_amount_or_bank_that_was_not_begun_is_refused_though_signed(office, hanako, payment, other):
    before = standing(office, hanako)
    assert bank_page.receive(office, answer(office, payment, **other)) == NotTaken(Wrong.OTHER_ORDER)
    assert standing(office, hanako) == before


def test_a_key_that_was_never_begun_is_unknown(office, payment):
    told = answer(office, payment, key="0" * 32)
    assert bank_page.receive(office, told) == NotTaken(Wrong.UNKNOWN)


def test_a_moment_before_the_beginning_or_ahead_of_now_is_refused(office, payment):
    for after in (timedelta(minutes=-6), timedelta(minutes=6)):
        told = answer(office, payment, after=after)
        assert bank_page.receive(office, told) == NotTaken(Wrong.OTHER_TIME)
    assert isinstance(bank_page.receive(office, answer(office, payment, after=timedelta(minutes=4))), Taken)


def test_a_second_payment_under_one_key_is_refused(office, payment):
    bank_page.receive(office, answer(office, payment))
    other = answer(office, payment, reference="P261120-9")
    assert bank_page.receive(office, other) == NotTaken(Wrong.OTHER_ANSWER)


def test_a_no_posts_nothing_and_a_yes_that_comes_after_it_holds(office, hanako, payment):
    office.clock.move(timedelta(minutes=5))
    declined = answer(office, payment, paid=False, reference="N1")
    assert bank_page.receive(office, declined) == Taken(None)
    assert bank_page.receive(office, declined) == Taken(None, repeated=True)
    assert repay.look(office, hanako.contract_id, payment.key).state == "declined"
    paid = bank_page.receive(office, answer(office, payment))
    assert paid.seq
    assert bank_page.receive(office, declined) == Taken(paid.seq, repeated=True)


def test_a_late_answer_is_valued_on_the_day_the_bank_accepted_it(office, hanako, payment):
    accepted = office.business_day()
    office.clock.move(timedelta(days=3))
    later = pay(office, hanako, 5_000, "later").entry
    taken = bank_page.receive(office, answer(office, payment))
    told = {row.seq: row for row in rows(office, hanako)}
    assert told[taken.seq].value_date == accepted
    (again,) = [row for row in told.values() if row.replaces == later.seq]
    assert (again.amount, again.value_date) == (5_000, later.value_date)
    assert again.interest < later.interest
    assert list(verify.differences(office)) == []


def test_the_receipt_of_a_payment_that_was_split_anew_names_the_one_it_replaces(office, hanako, payment):
    office.clock.move(timedelta(days=3))
    later = pay(office, hanako, 5_000, "later").entry
    bank_page.receive(office, answer(office, payment))
    (again,) = [row for row in rows(office, hanako) if row.replaces == later.seq]
    old = papers.look(office, hanako.contract_id, later.seq, PaperKind.RECEIPT)
    new = papers.look(office, hanako.contract_id, again.seq, PaperKind.RECEIPT)
    assert (old.replaced_by, new.replaces) == (again.seq, later.seq)
    assert old.undone_by is not None
    assert (old.terms.due_amount, new.terms.due_amount) == (4_000, 9_000)  # the first met it


def test_at_midnight_a_bank_that_is_ahead_makes_no_tomorrow(office, hanako):
    office.clock.move(timedelta(hours=13, minutes=59))  # 23:59 in Japan
    payment = begun(office, hanako, AMOUNT)
    taken = bank_page.receive(office, answer(office, payment, after=timedelta(minutes=2)))
    entry = entries.by_key(office.store, f"{hanako.contract_id}:bank-page:{payment.key}")
    assert (entry.seq, entry.value_date) == (taken.seq, office.business_day())


def test_paying_more_than_the_debt_leaves_a_deposit(office):
    daisuke = people.daisuke(office)
    bank_page.receive(office, answer(office, begun(office, daisuke, 1_000)))
    left = contracts.read(office.store, daisuke.contract_id).standing
    assert (left.debt, left.deposit) == (0, 360)


def test_a_suspended_member_pays_all_the_same(office):
    yui = people.yui(office)
    assert bank_page.receive(office, answer(office, begun(office, yui, AMOUNT))).seq
