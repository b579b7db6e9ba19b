"""Monthly statements: one a month for who owes or moved money, each act on exactly one of them."""

from datetime import date, timedelta

import pytest

from madoguchi.domain.documents import DocumentKind
from madoguchi.services import choices, documents, posting, rounds, statements
from madoguchi.services.choices import ELECTRONIC, YES, Choice
from madoguchi.store import closed_days
from tests import people
from tests.support.money import draw, pay, sound

DAY = timedelta(days=1)
END = date(2026, 11, 30)


def close(office):
    """Close every day that is over."""
    return list(rounds.close_days(office))


def told(office, who):
    """The facts of all statements, the newest first."""
    found = documents.listed(office, who.contract_id, DocumentKind.STATEMENT, None).documents
    return [documents.look(office, who.contract_id, one.number).facts for one in found]


def choose(office, who, **chosen):
    """What a member chose."""
    with office.store.transaction():
        choices.choose_within(office, who.member_id, {Choice[name]: value for name, value in chosen.items()})


def letters(office):
    """How many letters told of a statement."""
    return office.store.one("SELECT COUNT(*) FROM letter WHERE kind = 'statement_ready'")[0]


@pytest.fixture
def begun(office):
    """The office, with the days up to yesterday closed."""
    with office.store.transaction():
        closed_days.add(office.store, office.business_day() - DAY, office.now())
    return office


def test_a_month_that_ends_issues_one_statement_however_often_the_round_runs(begun):
    hanako = people.hanako(begun)
    drawn = draw(begun, hanako, 20_000).entry
    begun.clock.move(11 * DAY)
    close(begun)
    close(begun)
    (facts,) = told(begun, hanako)
    assert (facts.first, facts.on) == (date(2026, 11, 1), END)
    assert [line.seq for line in facts.lines] == [drawn.seq]
    assert facts.opening + 20_000 == facts.principal == drawn.balance
    assert sound(begun)


def test_who_neither_owes_nor_moved_money_gets_none(begun):
    ichiro, sho = people.ichiro(begun), people.sho(begun)
    begun.clock.move(11 * DAY)
    close(begun)
    assert told(begun, ichiro) == told(begun, sho) == []


def test_a_round_that_is_late_tells_the_month_as_it_ended(begun):
    hanako = people.hanako(begun)
    begun.clock.move(12 * DAY)
    pay(begun, hanako, 20_000)
    close(begun)
    (facts,) = told(begun, hanako)
    assert (facts.principal, facts.lines) == (231_844, ())
    assert facts.interest > 3_000


def test_a_payment_that_arrives_late_stands_on_the_next_statement_with_what_it_corrected(begun):
    hanako = people.hanako(begun)
    first = pay(begun, hanako, 10_000, "p1")
    begun.clock.move(12 * DAY)
    close(begun)
    late = pay(begun, hanako, 5_000, "p2", on=first.entry.value_date - DAY)
    assert late.corrected
    begun.clock.move(31 * DAY)
    close(begun)
    december, november = told(begun, hanako)
    assert [line.amount for line in november.lines] == [10_000]
    assert [line.amount for line in december.lines] == [5_000, 10_000, 10_000]
    assert december.opening == november.principal
    assert december.principal == pay(begun, hanako, 200, "p3").entry.balance + 200 - _interest(begun, hanako)


def _interest(office, who):
    sql = "SELECT interest + damages FROM entry WHERE contract_id = ? ORDER BY seq DESC LIMIT 1"
    return office.store.one(sql, (who.contract_id,))[0]


def test_a_drawdown_that_never_was_stands_on_no_statement(begun):
    hanako = people.hanako(begun)
    draw(begun, hanako, 20_000)
    posting.undo_draw(begun, hanako.contract_id, "d1", "u1")
    begun.clock.move(11 * DAY)
    close(begun)
    (facts,) = told(begun, hanako)
    assert (facts.lines, facts.principal) == ((), facts.opening)


def test_who_consents_gets_a_letter_and_who_does_not_gets_post_if_monthly(begun):
    hanako, misaki, daisuke = people.hanako(begun), people.misaki(begun), people.daisuke(begun)
    choose(begun, hanako, DELIVERY=ELECTRONIC)
    choose(begun, misaki, MONTHLY=YES)
    begun.clock.move(11 * DAY)
    close(begun)
    assert letters(begun) == 1
    waiting = [(one.member_number, one.kind) for one in documents.to_post(begun) if one.kind == "statement"]
    assert waiting == [(misaki.number, "statement")]
    assert told(begun, daisuke)


def test_a_book_whose_rounds_begin_gets_the_last_month_once(office):
    everybody = people.full_cast(office)
    for _ in range(2):
        statements.issue_last_month(office)
    found = {key: told(office, who) for key, who in everybody.items()}
    assert {key: len(facts) for key, facts in found.items() if not facts} == {"ichiro": 0}
    assert all(len(facts) <= 1 and facts[0].on == date(2026, 10, 31) for facts in found.values() if facts)


def test_a_batch_that_is_cut_off_goes_on_where_it_stopped(office):
    people.full_cast(office)
    with office.store.transaction():
        first = statements.issue_of_month(office, date(2026, 10, 31), 0, 2)
    with office.store.transaction():
        rest = statements.issue_of_month(office, date(2026, 10, 31), 0, 100)
    assert len(first) == 2
    assert not set(first) & set(rest)


def test_who_is_overdue_finds_the_unmet_due_date_and_what_ends_the_lateness(begun):
    hanako = people.hanako(begun)
    begun.clock.move(11 * DAY)
    close(begun)
    (facts,) = told(begun, hanako)
    assert facts.unmet == ((date(2026, 11, 25), 9_000),)
    assert facts.arrears == 9_000 + facts.damages
    assert str(facts.due_on) == "2026-12-25"


def test_who_is_not_overdue_finds_nothing_of_it(begun):
    hanako = people.hanako(begun)
    pay(begun, hanako, 9_000)
    begun.clock.move(11 * DAY)
    close(begun)
    (facts,) = told(begun, hanako)
    assert (facts.unmet, facts.arrears) == ((), 0)
