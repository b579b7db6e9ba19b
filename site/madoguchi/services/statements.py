"""Monthly statements: the step of the daily round that issues them when a month is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from madoguchi.domain import standing as money
from madoguchi.domain import statement
from madoguchi.domain.days import end_of_month
from madoguchi.domain.documents import DocumentKind, Facts, Line
from madoguchi.domain.letters import Kind
from madoguchi.services import as_of, books, choices, document_facts, documents, letters
from madoguchi.services.choices import ELECTRONIC, Choice
from madoguchi.services.office import Office
from madoguchi.store import documents as rows
from madoguchi.store import statements
from madoguchi.store.contracts import ContractRow

A_BATCH: Final = 40  # contracts in one short transaction: each takes about a millisecond
NEVER: Final = 1 << 62  # behind every entry


def issue_some(office: Office, day: date, after: int, most: int) -> list[int]:
    """Issue statements when a month ends with `day`; on other days there is nothing to do."""
    if day != end_of_month(day):
        return []
    return issue_of_month(office, day, after, min(most, A_BATCH))


def issue_of_month(office: Office, last: date, after: int, most: int) -> list[int]:
    """Issue the statements of a month for some contracts with a balance or movement in it, inside an act."""
    first, key = last.replace(day=1), key_of(last)
    found = statements.without(office.store, key, first, last, after, most)
    for contract_id in found:
        row = books.hold(office, contract_id)
        held = choices.of(office, row.member_id)
        made = documents.add(office, row, DocumentKind.STATEMENT, key, told(office, row, last), held)
        if held[Choice.DELIVERY] == ELECTRONIC:
            facts: dict[str, letters.Fact] = {"month": f"{last.year}年{last.month}月", "at": made.issued_at}
            letters.write(office, Kind.STATEMENT_READY, facts, member_id=row.member_id)
    return found


def issue_last_month(office: Office) -> None:
    """Issue all statements of the last month that is over, for a book whose rounds begin today."""
    last, after = office.business_day().replace(day=1) - timedelta(days=1), 0
    while True:
        with office.store.transaction():
            done = issue_of_month(office, last, after, A_BATCH)
        if not done:
            return
        after = done[-1]


def key_of(last: date) -> str:
    """Return the key under which a contract has one statement of a month."""
    return f"{DocumentKind.STATEMENT.value}:{last:%Y-%m}"


def told(office: Office, row: ContractRow, last: date) -> Facts:
    """Return what the statement of a month tells of a contract that is held.

    What was posted since the last statement and is valued before this month is here too: each act is told
    on exactly one statement.
    """
    first, product = last.replace(day=1), office.rules.product
    opening, lines = _lines(office, row, first, last)
    standing = as_of.standing_on(office, row, last)
    due_on, due_amount = money.next_due(standing, product) or (None, 0)
    facts = document_facts.with_debt(document_facts.begun(office, row, last), standing)
    return replace(
        facts,
        first=first,
        damages_rate=product.damages_rate,
        minimum=min(standing.minimum, standing.debt),
        due_on=due_on,
        due_amount=due_amount,
        unmet=tuple((due.day, due.left) for due in standing.unmet),
        arrears=money.due_now(standing, last, product),
        opening=opening,
        principal=statement.closing(opening, lines),
        lines=lines,
    )


def _lines(office: Office, row: ContractRow, first: date, last: date) -> tuple[int, tuple[Line, ...]]:
    before = rows.latest(office.store, row.id, DocumentKind.STATEMENT.value)
    if before:
        opening, since, covered = (
            document_facts.facts_in(before.facts).principal,
            before.on,
            before.covered_seq,
        )
    else:
        since, covered = first - timedelta(days=1), NEVER
        opening = statements.borrowed(office.store, row.id, since)
    found = statements.entries(office.store, row.id, since, last, covered)
    return opening, statement.in_order(opening, found)
