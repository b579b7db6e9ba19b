"""The desk's figures: what the books sum to, as page and file, and how the bank's side compares."""

from dataclasses import replace

import pytest

from madoguchi.domain.staff import Role
from madoguchi.services import figures, payouts
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support import desk, members
from tests.support.banks import Member, with_bank


@pytest.fixture
def books(sqlite_url, tmp_path):
    """An office with the demo's bank."""
    made = with_bank(people.office(Store(sqlite_url)), tmp_path)
    return replace(made, bank_books=made.bank)


@pytest.fixture
def everybody(books):
    """The cast."""
    return people.full_cast(books)


@pytest.fixture
def at_desk(books, everybody):
    """An auditor at its desk: figures are for every role."""
    visitor = Visitor(create_app(books, Face("http://localhost"), people.ROOT))
    return desk.walk_in(visitor, books, role=Role.AUDITOR)


def test_the_page_shows_the_book_by_state_by_lateness_and_by_day(at_desk, books):
    at_desk.get("/desk/figures")
    book = figures.book(books)
    assert at_desk.data("principal") == book.total.principal
    assert at_desk.data("interest") == book.total.interest > 0
    assert at_desk.data("contracts") == 8
    assert [row.text for row in at_desk.find("//section[@aria-labelledby='by-stage']//tbody//th")] == [
        "1〜30日", "31〜60日", "61〜90日", "91日以上",
    ]  # fmt: skip
    assert len(at_desk.find("//figure//tbody/tr")) == figures.DAYS
    assert at_desk.find("//figure//*[local-name() = 'svg']/@aria-label")


def test_the_files_hold_the_same_numbers(at_desk, books):
    at_desk.get("/desk/figures")
    assert (
        at_desk.follow("状態と遅れの表（CSV）").headers["Content-Disposition"].endswith('book-20261120.csv"')
    )
    total = figures.book(books).total
    assert f"状態,合計,8,{total.principal},{total.interest},{total.damages}," in at_desk.body
    at_desk.get("/desk/figures/flows.csv")
    assert at_desk.body.count("\n") == figures.DAYS + 1


def test_few_statements_whatever_the_number_of_contracts(at_desk, books):
    with members.statements(books.store) as asked:
        at_desk.client.get("/desk/figures")
    assert len(asked) <= 8


def test_the_two_sides_are_held_against_each_other_and_a_difference_is_named(at_desk, books, everybody):
    Member(books, everybody["hanako"]).borrow(20_000)
    payouts.deliver(books)
    at_desk.get("/desk/figures")
    at_desk.submit("/desk/figures/reconciliation")
    assert "両方の記録は合っています" in at_desk.text
    assert at_desk.data("paid-at-bank") == 20_000
    books.bank.empty()
    at_desk.get("/desk/figures")
    at_desk.submit("/desk/figures/reconciliation")
    assert "こちらでは送金済みですが、銀行にありません" in at_desk.text
