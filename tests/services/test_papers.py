"""Papers of drawdowns and payments: written with their entry, and the same for ever."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.papers import PaperKind
from madoguchi.services import papers, posting
from madoguchi.store import history as rows
from tests import people
from tests.support.banks import Member

LOAN, RECEIPT = PaperKind.LOAN, PaperKind.RECEIPT


def paid(office, who, amount, key="p1"):
    """The entry of a payment today."""
    today = office.business_day()
    return posting.receive_payment(office, who.contract_id, amount, Channel.INTERNET, today, key).entry


def drawn(office, who, amount):
    """The entry of a drawdown today."""
    today = office.business_day()
    return posting.draw(office, who.contract_id, amount, Channel.TRANSFER, today, "d1").entry


def test_a_receipt_tells_the_split_the_balance_and_the_lender(office):
    hanako = people.hanako(office)
    entry = paid(office, hanako, 20_000)
    paper = papers.look(office, hanako.contract_id, entry.seq, RECEIPT)
    told = (paper.amount, paper.fees, paper.damages, paper.interest, paper.principal, paper.balance)
    assert told == (20_000, 0, 0, entry.interest, 20_000 - entry.interest, entry.balance)
    brand = office.rules.brand
    assert (paper.lender.company, paper.lender.registration) == (brand.company, brand.registration)
    assert paper.lender.address == brand.address
    assert (paper.name, paper.member_number) == ("佐藤 花子", "100000019")
    assert paper.contract_on < office.business_day() - timedelta(days=365)


def test_a_loan_paper_tells_the_terms_right_after_the_drawdown(office):
    ichiro = people.ichiro(office)
    entry = drawn(office, ichiro, 100_000)
    paid(office, ichiro, 50_000)
    paper = papers.look(office, ichiro.contract_id, entry.seq, LOAN)
    terms = paper.terms
    assert (paper.amount, paper.balance, terms.limit) == (100_000, 100_000, 300_000)
    assert (terms.rate, terms.damages_rate, terms.minimum) == (1780, 2000, 4_000)
    assert (str(terms.due_day), terms.due_amount) == ("2026-12-15", 4_000)
    assert paper.plan.payments == 32


@pytest.mark.parametrize(
    ("who", "amount"), [(people.hanako, 20_000), (people.ichiro, 100_000), (people.ichiro, 1_000)]
)
def test_the_paper_of_money_that_arrives_on_a_later_day_tells_what_was_offered(office, who, amount):
    made = who(office)
    with office.store.transaction():
        office.store.write("UPDATE bank_account SET bank_code = '9900', drawn_to_at = 1")
    member = Member(office, made)
    offer = member.offer(amount)
    assert offer.arrival.on > office.business_day()
    paper = papers.look(office, made.contract_id, member.borrow(amount), LOAN)
    assert (paper.day, paper.balance, paper.minimum) == (
        offer.arrival.on, offer.after.balance, offer.after.minimum,
    )  # fmt: skip
    assert (paper.terms.due_day, paper.terms.due_amount) == offer.after.due
    assert (paper.plan.payments, paper.plan.total) == (offer.cost.payments, offer.cost.total)


def test_what_a_payment_left_unpaid_stands_on_its_receipt(office):
    misaki = people.misaki(office)
    paper = papers.look(office, misaki.contract_id, paid(office, misaki, 200).seq, RECEIPT)
    assert paper.terms.interest + paper.terms.damages > 0
    assert paper.owed == paper.balance + paper.terms.interest + paper.terms.damages


def test_a_paper_of_the_other_kind_or_of_somebody_else_is_none(office):
    hanako, ichiro = people.hanako(office), people.ichiro(office)
    seq = paid(office, hanako, 20_000).seq
    assert papers.look(office, hanako.contract_id, seq, LOAN) is None
    assert papers.look(office, ichiro.contract_id, seq, RECEIPT) is None
    assert papers.look(office, hanako.contract_id, 10_000, RECEIPT) is None


def test_a_paper_keeps_the_lender_as_it_was(office):
    hanako = people.hanako(office)
    before = paid(office, hanako, 20_000)
    brand = replace(office.rules.brand, company="あたらしい窓口株式会社", address="東京都港区架空町9")
    moved = replace(office, rules=replace(office.rules, brand=brand))
    after = paid(moved, hanako, 20_000, "p2")
    names = [papers.look(moved, hanako.contract_id, e.seq, RECEIPT).lender.company for e in (before, after)]
    assert names == [office.rules.brand.company, "あたらしい窓口株式会社"]


def test_a_repeated_payment_has_one_paper_and_a_fee_has_none(office):
    hanako = people.hanako(office)
    first, again = paid(office, hanako, 20_000), paid(office, hanako, 20_000)
    assert first == again
    fee = posting.charge_fee(office, hanako.contract_id, 110, office.business_day(), "f1").entry
    assert rows.entry(office.store, hanako.contract_id, first.seq)[-3]
    assert not rows.entry(office.store, hanako.contract_id, fee.seq)[-3]
    assert papers.look(office, hanako.contract_id, fee.seq, RECEIPT) is None


def test_a_deposit_used_on_a_due_date_has_a_receipt_too(office):
    daisuke = people.daisuke(office)
    paid(office, daisuke, 50_640)
    drawn(office, daisuke, 10_000)
    office.clock.move(timedelta(days=60))
    paid(office, daisuke, 200, "p2")
    sql = "SELECT seq FROM entry WHERE contract_id = ? AND kind = ? ORDER BY seq DESC"
    (seq,) = office.store.one(sql, (daisuke.contract_id, int(EntryKind.DEPOSIT_USED)))
    assert papers.look(office, daisuke.contract_id, seq, RECEIPT).amount > 0
