"""Payments from the bank's file: posted once, on their day; what is nobody's is kept and told apart."""

from datetime import timedelta

import pytest

from madoguchi.domain.ledger import Account
from madoguchi.domain.matching import How
from madoguchi.services import audit, incoming, incoming_views, verify
from madoguchi.services.cases import CaseKind
from madoguchi.services.incoming import Done, Refused, Taken
from madoguchi.store import cases, contracts, entries, house
from madoguchi.store.audit import Filter
from tests import people
from tests.support.mailbox import letters
from tests.support.money import pay
from tests.support.together import at_once

HEAD = "date,amount,payer,reference\n"


def line(office, amount=10_000, payer="サトウ ハナコ", reference="", ago=0):
    """A line of a file."""
    return f"{office.business_day() - timedelta(days=ago)},{amount},{payer},{reference}\n"


def taken(office, *lines):
    """Take a file of these lines; returns its number."""
    return incoming.take(office, "in.csv", (HEAD + "".join(lines)).encode(), "desk1").file_id


def hows(office, file_id):
    """How each payment was matched."""
    return [How(one.payment.how) for one in incoming_views.sheet(office, file_id).seen]


def last_entry(office, who):
    """The newest entry of a contract."""
    return list(entries.stream(office.store, who.contract_id, who.contract_id))[-1]


def test_a_payment_with_a_member_number_is_posted_on_its_booking_day_and_told(office):
    hanako = people.hanako(office)
    file_id = taken(office, line(office, reference="100000019", ago=1))
    assert incoming.post_all(office, file_id, "desk1") == Done(1, 0, 0)
    entry = last_entry(office, hanako)
    assert (entry.amount, entry.value_date) == (10_000, office.business_day() - timedelta(days=1))
    assert entry.cause.startswith("銀行振込")
    (letter,) = letters(office, "transfer_received")
    assert letter["amount"] == "10,000"
    assert list(verify.differences(office)) == []


def test_the_preview_says_what_the_posting_does_one_payment_after_the_other(office):
    hanako = people.hanako(office)
    file_id = taken(office, *[line(office, 5_000 * n, reference="100000019") for n in (1, 2)])
    told = [one.effect for one in incoming_views.sheet(office, file_id).seen]
    incoming.post_all(office, file_id, "desk1")
    done = list(entries.stream(office.store, hanako.contract_id, hanako.contract_id))[-2:]
    assert [(e.interest, e.principal) for e in done] == [
        (one.split.interest, one.split.principal) for one in told
    ]
    assert contracts.read(office.store, hanako.contract_id).standing == told[-1].after


def test_the_same_file_and_the_same_line_of_another_file_do_nothing_again(office):
    people.hanako(office)
    first = taken(office, line(office, reference="100000019"))
    incoming.post_all(office, first, "desk1")
    data = (HEAD + line(office, reference="100000019")).encode()
    assert incoming.take(office, "again.csv", data, "desk1") == Taken(first, again=True)
    second = taken(office, line(office, reference="100000019"), line(office, reference="100000019"))
    found = incoming_views.sheet(office, second)
    assert (found.file.known, len(found.seen)) == (1, 1)
    assert incoming.post_all(office, second, "desk1") == Done(1, 0, 0)
    assert incoming.post_all(office, second, "desk1") == Done(0, 0, 0)


def test_a_name_with_small_kana_is_found_as_banks_write_it(office):
    sho = people.live(office, people.cast.SHO, _owing)
    file_id = taken(office, line(office, 3_000, sho.persona.member.name_kana))
    assert hows(office, file_id) == [How.NAME]


def _owing(life):
    life.open(90)
    life.draw(88, 100_000)
    life.meet_dues(life.today)


def test_what_is_more_than_owed_waits_for_a_person_and_what_is_nobodys_is_kept_with_a_case(office):
    people.ichiro(office)
    file_id = taken(office, line(office, payer="スズキ イチロウ"), line(office, payer="ダレカ"))
    assert hows(office, file_id) == [How.MORE_THAN_OWED, How.NOBODY]
    assert incoming.post_all(office, file_id, "desk1") == Done(0, 1, 1)
    assert house.balance(office.store, Account.UNKNOWN_PAYMENTS) == -10_000
    assert house.balance(office.store, Account.BANK) == 10_000
    (kept,) = incoming_views.overview(office)[1]
    (case,) = cases.about(office.store, CaseKind.PAYMENT.value, kept.id)
    assert (case.closed_at, case.facts["payer"]) == (None, "ﾀﾞﾚｶ")
    assert list(verify.differences(office)) == []


def test_a_kept_payment_finds_its_member_later_on_its_own_day(office):
    hanako = people.hanako(office)
    file_id = taken(office, line(office, payer="ハハ"))
    incoming.post_all(office, file_id, "desk1")
    (kept,) = incoming_views.overview(office)[1]
    office.clock.move(timedelta(days=3))
    assert incoming.choose(office, kept.id, hanako.contract_id, "desk2")
    seen = incoming_views.one(office, kept.id)
    assert incoming.post(office, seen.payment, "desk2")
    assert not incoming.post(office, seen.payment, "desk2")
    assert last_entry(office, hanako).amount == 10_000
    assert house.balance(office.store, Account.UNKNOWN_PAYMENTS) == 0
    (case,) = cases.about(office.store, CaseKind.PAYMENT.value, kept.id)
    assert case.outcome == "found"
    assert list(verify.differences(office)) == []


def test_a_kept_payment_goes_back_once(office):
    file_id = taken(office, line(office, payer="ダレカ"))
    incoming.post_all(office, file_id, "desk1")
    (kept,) = incoming_views.overview(office)[1]
    assert incoming.send_back(office, kept.id, "振込人に返した", "desk1")
    assert not incoming.send_back(office, kept.id, "もう一度", "desk1")
    assert house.balance(office.store, Account.BANK) == 0
    assert list(verify.differences(office)) == []


def test_a_payment_before_the_contract_is_not_posted_and_then_kept(office):
    name = people.newcomer(office, days=3).persona.member.name_kana
    file_id = taken(office, line(office, payer=name, reference="100000027", ago=30))
    assert incoming.post_all(office, file_id, "desk1") == Done(0, 0, 1)
    assert hows(office, file_id) == [How.TOO_EARLY]
    assert incoming.post_all(office, file_id, "desk1") == Done(0, 1, 0)


def test_a_payment_valued_before_what_is_counted_has_the_life_told_again(office):
    misaki = people.misaki(office)
    pay(office, misaki, 1_000)
    name = misaki.persona.member.name_kana
    file_id = taken(office, line(office, 9_000, name, misaki.number, ago=20))
    (seen,) = incoming_views.sheet(office, file_id).seen
    assert (seen.effect, seen.retold) == (None, True)
    assert incoming.post_all(office, file_id, "desk1").posted == 1
    assert list(verify.differences(office)) == []


def test_many_who_press_at_once_post_once(office):
    hanako = people.hanako(office)
    file_id = taken(office, line(office, reference="100000019"), line(office, payer="ダレカ"))
    before = contracts.read(office.store, hanako.contract_id).last_seq
    at_once(office, 4, lambda: incoming.post_all(office, file_id, "desk1"))
    assert contracts.read(office.store, hanako.contract_id).last_seq == before + 1
    assert house.balance(office.store, Account.UNKNOWN_PAYMENTS) == -10_000
    assert len(letters(office, "transfer_received")) == 1


def test_many_who_upload_at_once_take_one_file(office):
    data = (HEAD + line(office)).encode()
    found = at_once(office, 4, lambda: incoming.take(office, "in.csv", data, "desk1"))
    assert len({one.file_id for one in found}) == 1
    assert len(incoming_views.overview(office)[0]) == 1


def test_a_file_can_be_forgotten_until_something_of_it_is_done(office):
    people.hanako(office)
    first = taken(office, line(office, reference="100000019"))
    assert incoming.drop(office, first, "desk1")
    second = taken(office, line(office, reference="100000019"))
    incoming.post_all(office, second, "desk1")
    assert not incoming.drop(office, second, "desk1")
    kinds = [one.kind for one in audit.found(office, Filter(by_whom="desk1"))]
    assert kinds == ["payment_posted", "payments_taken", "payments_dropped", "payments_taken"]


@pytest.mark.parametrize("data", [b"", b"x", "date,amount,payer,reference\n2026-11-20,x,ア,\n".encode()])
def test_a_malformed_file_changes_nothing(office, data):
    assert isinstance(incoming.take(office, "in.csv", data, "desk1"), Refused)
    assert incoming_views.overview(office) == ([], [])


def test_a_member_number_under_another_name_waits_for_a_person(office):
    hanako = people.hanako(office)
    file_id = taken(office, line(office, payer="ヤマダ タロウ", reference="100000019"))
    assert hows(office, file_id) == [How.NUMBER_OTHER_NAME]
    assert incoming.post_all(office, file_id, "desk1") == Done(0, 0, 1)
    (seen,) = incoming_views.sheet(office, file_id).seen
    assert incoming.choose(office, seen.payment.id, hanako.contract_id, "desk1")
    assert incoming.post_all(office, file_id, "desk1") == Done(1, 0, 0)
