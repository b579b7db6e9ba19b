"""Documents under a number: issued once, the same for ever, proved by number and code, posted by list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.domain.documents import DocumentKind as Kind
from madoguchi.domain.documents import code_of
from madoguchi.domain.present import counted_to
from madoguchi.domain.standing import payoff
from madoguchi.services import as_of, contracts, documents, verify
from madoguchi.services.document_facts import NoSuchPaper, NothingOwed, OutOfRange, StillOwed
from madoguchi.services.documents import Genuine, Issued, NotFound, TooMany
from madoguchi.store import contracts as rows
from tests import people
from tests.support import together
from tests.support.money import draw, pay, standing
from tests.support.papers import SHEET

DAY = timedelta(days=1)


def issue(office, who, kind, **how):
    """A document that a member asks for."""
    return documents.issue(office, who.contract_id, kind, **how)


def letters(office, kind):
    """How many letters of a kind were written."""
    return office.store.one("SELECT COUNT(*) FROM letter WHERE kind = ?", (kind,))[0]


def test_a_balance_certificate_tells_what_is_owed_today(office):
    hanako = people.hanako(office)
    made = issue(office, hanako, Kind.BALANCE).document
    now = counted_to(standing(office, hanako), office.business_day(), office.rules.product)
    assert (made.facts.principal, made.facts.owed) == (now.principal, now.debt)
    assert (made.facts.name, made.facts.member_number) == ("佐藤 花子", "100000019")
    assert made.lender.company == office.rules.brand.company
    assert documents.look(office, hanako.contract_id, made.number) == made


@pytest.mark.parametrize("back", [1, 30, 41, 42, 150, 300, 422, 423])
def test_a_past_balance_is_what_the_ledger_says_of_that_day(office, back):
    hanako = people.hanako(office)
    on = office.business_day() - back * DAY
    facts = issue(office, hanako, Kind.BALANCE, on=on).document.facts
    sql = "SELECT balance FROM entry WHERE contract_id = ? AND value_date <= ? ORDER BY seq DESC"
    found = office.store.one(sql, (hanako.contract_id, int(f"{on:%Y%m%d}")))
    assert facts.principal == (found[0] if found else 0)


def test_a_past_day_told_again_agrees_with_the_life_as_it_was(office):
    hanako = people.hanako(office)
    then = office.business_day()
    before = counted_to(standing(office, hanako), then, office.rules.product)
    office.clock.move(3 * DAY)
    pay(office, hanako, 20_000)
    told = as_of.standing_on(office, rows.read(office.store, hanako.contract_id), then)
    assert (told.debt, told.principal, told.minimum) == (before.debt, before.principal, before.minimum)


def test_days_before_the_books_and_to_come_are_refused(office):
    hanako = people.hanako(office)
    today = office.business_day()
    for on in (today + DAY, date(2020, 1, 1)):
        assert issue(office, hanako, Kind.BALANCE, on=on) == OutOfRange(today - 424 * DAY, today)


def test_the_same_wish_of_a_day_is_one_document_until_something_happens(office):
    hanako = people.hanako(office)
    first, again = issue(office, hanako, Kind.BALANCE), issue(office, hanako, Kind.BALANCE)
    assert again == Issued(first.document, repeated=True)
    assert letters(office, "document_issued") == 1
    pay(office, hanako, 5_000)
    assert issue(office, hanako, Kind.BALANCE).document.number != first.document.number
    office.clock.move(DAY)
    assert not issue(office, hanako, Kind.BALANCE).repeated


def test_wishes_at_the_same_moment_make_one_document(office):
    hanako = people.hanako(office)
    made = together.at_once(office, 4, lambda: issue(office, hanako, Kind.BALANCE))
    assert len({one.document.number for one in made}) == 1


def test_no_more_than_the_lender_allows_are_issued_in_a_day(office):
    hanako = people.hanako(office)
    few = replace(office, rules=replace(office.rules, documents=replace(office.rules.documents, a_day=2)))
    today = office.business_day()
    made = [issue(few, hanako, Kind.BALANCE, on=today - n * DAY) for n in range(3)]
    assert [type(one) for one in made] == [Issued, Issued, TooMany]
    office.clock.move(DAY)
    assert isinstance(issue(few, hanako, Kind.BALANCE), Issued)


def test_a_payoff_is_certified_up_to_the_second_due_date(office):
    hanako = people.hanako(office)
    facts = issue(office, hanako, Kind.PAYOFF, on=date(2026, 12, 25)).document.facts
    owed = payoff(standing(office, hanako), date(2026, 12, 25), office.rules.product)
    told = (facts.owed, facts.interest, facts.damages, facts.per_day)
    assert told == (owed.total, owed.interest, owed.damages, owed.per_day)
    assert isinstance(issue(office, hanako, Kind.PAYOFF, on=date(2027, 3, 1)), OutOfRange)


def test_no_payoff_is_certified_where_nothing_is_owed(office):
    daisuke, sho = people.daisuke(office), people.sho(office)
    assert issue(office, daisuke, Kind.PAYOFF).document.facts.owed == 640
    pay(office, daisuke, 640)
    assert issue(office, daisuke, Kind.PAYOFF) == issue(office, sho, Kind.PAYOFF) == NothingOwed(0)
    draw(office, daisuke, 30_000, on=office.business_day() + DAY)
    assert issue(office, daisuke, Kind.PAYOFF) == NothingOwed(30_000)


def test_full_payment_is_certified_at_exact_zero_alone(office):
    daisuke, ichiro = people.daisuke(office), people.ichiro(office)
    assert issue(office, daisuke, Kind.PAID) == StillOwed(640, 0)
    pay(office, daisuke, 640)
    facts = issue(office, daisuke, Kind.PAID).document.facts
    assert (facts.last_paid_on, facts.owed, facts.closed_on) == (office.business_day(), 0, None)
    assert issue(office, ichiro, Kind.PAID).document.facts.last_paid_on is None


def test_who_has_left_gets_the_certificate_with_the_day_of_the_end(office):
    sho = people.sho(office)
    facts = issue(office, sho, Kind.PAID).document.facts
    assert facts.closed_on == office.business_day() - 30 * DAY


def test_closing_issues_the_certificate_in_its_own_act_without_a_letter(office):
    daisuke = people.daisuke(office)
    pay(office, daisuke, 640)
    with office.store.transaction():
        made = documents.issue_within(office, daisuke.contract_id, Kind.PAID)
    assert made.document.kind is Kind.PAID
    assert letters(office, "document_issued") == 0


def test_terms_that_are_agreed_anew_have_a_paper_of_their_own(office):
    ichiro = people.ichiro(office)
    (first,) = documents.listed(office, ichiro.contract_id, Kind.CONTRACT, None).documents
    contracts.change_limit(office, ichiro.contract_id, 500_000, "test")
    second, old = documents.listed(office, ichiro.contract_id, Kind.CONTRACT, None).documents
    assert old == first
    told = documents.look(office, ichiro.contract_id, second.number).facts
    assert (told.limit, told.on, told.rule[0]) == (500_000, office.business_day(), "balance")
    assert issue(office, ichiro, Kind.CONTRACT).repeated


def test_a_receipt_gets_a_number_and_an_entry_without_a_paper_none(office):
    hanako = people.hanako(office)
    made = issue(office, hanako, Kind.ENTRY, seq=2).document
    assert made.facts.seq == 2
    assert issue(office, hanako, Kind.ENTRY, seq=9_999) == NoSuchPaper()
    assert issue(office, hanako, Kind.ENTRY) == NoSuchPaper()


def test_another_members_document_is_as_unknown_as_none(office):
    hanako, ichiro = people.hanako(office), people.ichiro(office)
    number = issue(office, hanako, Kind.BALANCE).document.number
    assert documents.look(office, ichiro.contract_id, number) is None
    assert documents.look(office, ichiro.contract_id, "nothing") is None


def test_number_and_code_together_prove_a_document(office):
    made = issue(office, people.hanako(office), Kind.BALANCE).document
    found = documents.check(office, made.number, made.code.lower())
    company = office.rules.brand.company
    assert found == Genuine(made.number, Kind.BALANCE, made.issued_at, made.on, company, "佐＊ 花＊")
    zero = code_of(bytes(10))
    for number, code in ((made.number, zero), (made.number, ""), ("00000000000", made.code), ("", zero)):
        assert documents.check(office, number, code) == NotFound()


def test_the_first_bytes_of_a_file_are_kept_and_verified(office):
    hanako = people.hanako(office)
    made = issue(office, hanako, Kind.BALANCE).document
    first = documents.file_of(office, made, SHEET)
    later = replace(SHEET, title="あとから変わった題")
    assert first == documents.file_of(office, made, later)
    assert list(verify.differences(office)) == []
    with office.store.transaction():
        office.store.write(
            "INSERT INTO document_bytes (document_id, sha256, bytes, made_at) "
            "SELECT id, ?, ?, 0 FROM document WHERE kind = 'contract'",
            ("0" * 64, b"%PDF-"),
        )
    (told,) = verify.differences(office)
    assert "its file is not the one that was issued" in told


def test_of_files_printed_at_the_same_moment_everybody_gets_the_first(office):
    made = issue(office, people.hanako(office), Kind.BALANCE).document
    sheets = [replace(SHEET, title=title) for title in ("一枚目", "二枚目", "三枚目", "四枚目")]
    acts = [lambda sheet=sheet: documents.file_of(office, made, sheet) for sheet in sheets]
    got = together.each_at_once(office, acts)
    assert len(set(got)) == 1


def test_neither_a_document_nor_its_bytes_can_be_changed(office):
    made = issue(office, people.hanako(office), Kind.BALANCE).document
    documents.file_of(office, made, SHEET)
    for sql in ("UPDATE document SET facts = '{}'", "DELETE FROM document", "DELETE FROM document_bytes"):
        with pytest.raises(Exception, match="append-only"), office.store.transaction():
            office.store.write(sql)


def test_a_document_keeps_the_lender_and_the_name_as_they_were(office):
    hanako = people.hanako(office)
    made = issue(office, hanako, Kind.BALANCE).document
    with office.store.transaction():
        office.store.write("UPDATE member SET name = '鈴木 花子'")
    brand = replace(office.rules.brand, company="あたらしい窓口株式会社")
    moved = replace(office, rules=replace(office.rules, brand=brand))
    assert documents.look(moved, hanako.contract_id, made.number) == made
    assert documents.check(moved, made.number, made.code).company == office.rules.brand.company
    assert issue(moved, hanako, Kind.BALANCE).document.lender.company == "あたらしい窓口株式会社"


def test_pages_of_a_list_follow_one_another_and_end(office):
    hanako = people.hanako(office)
    today = office.business_day()
    many = replace(office, rules=replace(office.rules, documents=replace(office.rules.documents, a_day=99)))
    made = [issue(many, hanako, Kind.BALANCE, on=today - n * DAY).document.number for n in range(25)]
    first = documents.listed(office, hanako.contract_id, Kind.BALANCE, None)
    rest = documents.listed(office, hanako.contract_id, Kind.BALANCE, first.before)
    assert [one.number for one in first.documents + rest.documents] == made[::-1]
    assert rest.before is None
    assert documents.listed(office, hanako.contract_id, None, "nonsense") is None


def test_papers_of_members_without_consent_wait_for_the_post_until_somebody_posts_them(office):
    hanako = people.hanako(office)
    made = issue(office, hanako, Kind.BALANCE).document
    waiting = documents.to_post(office)
    assert [one.kind for one in waiting] == ["contract", "balance"]
    assert (waiting[-1].member_number, waiting[-1].address != "") == ("100000019", True)
    assert documents.note_posted(office, made.id, "desk1")
    assert not documents.note_posted(office, made.id, "desk1")
    assert [one.kind for one in documents.to_post(office)] == ["contract"]
