"""The signed way to banks, and the bank that the demo plays: it pays once and forgets nothing."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from madoguchi.adapters.bank_pages import PlayedPage, SignedBankPages
from madoguchi.adapters.clock import FixedClock
from madoguchi.domain.bank_page import Order
from madoguchi.ports.bank_page import Telling
from tests import people
from tests.support.together import at_once

KEY = people.BANK_PAGE_KEY
ORDER = Order("0123456789abcdef" * 2, "0009", 20_000)
LATE = timedelta(minutes=1)


@pytest.fixture
def pages():
    """The way to a bank that is elsewhere."""
    return SignedBankPages("https://pay.example.jp/start", KEY)


@pytest.fixture
def bank(tmp_path):
    """The played bank, at ten in the morning."""
    return PlayedPage(tmp_path / "made" / "bank.db", KEY, FixedClock(people.TODAY))


@pytest.fixture
def link(pages):
    """The fields of the link to the bank."""
    return dict(parse_qsl(urlsplit(pages.address(ORDER)).query))


def test_the_address_is_the_banks_with_the_order_in_it(pages, link):
    assert pages.address(ORDER).startswith("https://pay.example.jp/start?")
    assert (link["key"], link["amount"]) == (ORDER.key, "20000")


def test_the_bank_knows_an_order_by_its_signature(bank, link):
    assert bank.look(link).order == ORDER
    assert bank.look(link | {"amount": "2000"}) is None
    assert bank.settle(link | {"amount": "2000"}, True, Telling.AT_ONCE, LATE) is None


def test_what_it_tells_is_believed_by_the_site_with_its_key_and_no_other(bank, pages, link):
    bank.settle(link, True, Telling.AT_ONCE, LATE)
    ((_, fields),) = bank.answers()
    answer = pages.read(fields)
    assert (answer.key, answer.amount, answer.paid, answer.accepted_at) == (
        ORDER.key, 20_000, True, people.TODAY,
    )  # fmt: skip
    assert SignedBankPages("https://pay.example.jp/start", b"another key").read(fields) is None


def test_it_pays_an_order_once_whatever_is_pressed(bank, link):
    bank.settle(link, True, Telling.AT_ONCE, LATE)
    assert bank.settle(link, False, Telling.AT_ONCE, LATE).paid is True
    assert len(bank.answers()) == 1


def test_eight_that_press_at_once_pay_once(bank, link, plain):
    at_once(plain, 8, lambda: bank.settle(link, True, Telling.AT_ONCE, LATE))
    assert len(bank.answers()) == 1


@pytest.fixture
def plain(sqlite_url):
    """An office, whose connections threads leave behind."""
    from madoguchi.store.db import Store

    return people.office(Store(sqlite_url))


def test_answers_wait_until_they_are_due_and_until_they_are_taken(bank, link):
    bank.settle(link, True, Telling.LATE, LATE)
    assert bank.answers() == []
    bank._clock.move(LATE)
    ((number, fields),) = bank.answers()
    assert bank.answers() == [(number, fields)]
    bank.told(number)
    assert bank.answers() == []


def test_it_forgets_nothing_when_it_is_started_anew(bank, link):
    bank.settle(link, True, Telling.TWICE, LATE)
    again = PlayedPage(bank._file, KEY, bank._clock)
    assert again.look(link).paid is True
    assert len(again.answers()) == 2
    again.forget()
    assert again.look(link).paid is None


@pytest.mark.parametrize("telling", [Telling.FORGED, Telling.OTHER_AMOUNT])
def test_it_can_tell_wrongly_on_purpose(bank, pages, link, telling):
    bank.settle(link, True, telling, LATE)
    ((_, fields),) = bank.answers()
    told = pages.read(fields)
    assert told is None if telling is Telling.FORGED else told.amount == ORDER.amount + 1


def test_a_longer_amount_than_any_debt_is_still_an_order(pages, link):
    big = replace(ORDER, amount=9_999_999_999)
    assert "amount=9999999999" in pages.address(big)
