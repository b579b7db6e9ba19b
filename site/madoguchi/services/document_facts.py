"""What a document tells, gathered from the books while its contract is held, and kept as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, astuple, dataclass, replace
from datetime import date
from typing import Any, Final

from madoguchi.domain import standing as money
from madoguchi.domain.documents import DocumentKind, Facts, Line
from madoguchi.domain.present import counted_to
from madoguchi.domain.product import Cycle, Minimum, MinimumTable, PercentOfBalance, PercentOfLimit
from madoguchi.domain.standing import Standing
from madoguchi.services import as_of
from madoguchi.services.office import Office
from madoguchi.store import documents, papers
from madoguchi.store.contracts import ContractRow
from madoguchi.store.values import day_in, day_out

_DAYS: Final = ("contract_on", "on", "first", "due_on", "closed_on", "last_paid_on")
_BALANCE, _LIMIT, _TABLE = "balance", "limit", "table"  # shapes of the rule of the least payment
_LINE_DAY: Final = 2  # where the day stands in a line


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """A document of this kind tells of a day from `first` to `last`."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class StillOwed:
    """Nothing may be owed; `debt` yen are, and `coming` yen are on their way to the member."""

    debt: int
    coming: int


@dataclass(frozen=True, slots=True)
class NothingOwed:
    """There is nothing to pay on that day; `coming` yen are on their way to the member."""

    coming: int


@dataclass(frozen=True, slots=True)
class NoSuchPaper:
    """The entry has no paper, or there is no such entry."""


Unfit = OutOfRange | StillOwed | NothingOwed | NoSuchPaper


def gathered(
    office: Office, row: ContractRow, kind: DocumentKind, on: date | None, seq: int | None
) -> Facts | Unfit:
    """Return what a document of a kind tells of a contract that is held; without `on`, of today."""
    on = on or office.business_day()
    match kind:
        case DocumentKind.BALANCE:
            return _balance(office, row, on)
        case DocumentKind.PAYOFF:
            return _payoff(office, row, on)
        case DocumentKind.PAID:
            return _paid(office, row)
        case DocumentKind.CONTRACT:
            return _contract(office, row)
        case DocumentKind.ENTRY:
            return _entry(office, row, seq)
        case DocumentKind.STATEMENT:
            raise ValueError("statements are issued by the daily round")


def begun(office: Office, row: ContractRow, on: date) -> Facts:
    """Return whose document it is and of which day."""
    return Facts(*documents.whose(office.store, row.id), contract_on=row.opened_on, on=on)


def with_debt(facts: Facts, standing: Standing) -> Facts:
    """Return the facts with what is owed by a standing."""
    return replace(
        facts,
        limit=standing.limit,
        rate=standing.rate,
        principal=standing.principal,
        interest=standing.interest,
        damages=standing.damages,
        fees=standing.fees,
        deposit=standing.deposit,
        coming=sum(amount for _, amount in standing.coming),
    )


def _balance(office: Office, row: ContractRow, on: date) -> Facts | OutOfRange:
    first, today = as_of.began_on(office, row.id), office.business_day()
    if not first <= on <= today:
        return OutOfRange(first, today)
    return with_debt(begun(office, row, on), as_of.standing_on(office, row, on))


def _payoff(office: Office, row: ContractRow, on: date) -> Facts | OutOfRange | NothingOwed:
    today, product = office.business_day(), office.rules.product
    now = counted_to(row.standing, today, product)
    last = max(money.payoff_horizon(now, product) or today, today)
    if not today <= on <= last:
        return OutOfRange(today, last)
    owed = money.payoff(now, on, product)
    if not owed.total:
        return NothingOwed(sum(amount for _, amount in now.coming))
    facts = with_debt(begun(office, row, on), money.advance(now, on, product))
    return replace(facts, per_day=owed.per_day)


def _paid(office: Office, row: ContractRow) -> Facts | StillOwed:
    today = office.business_day()
    now = counted_to(row.standing, today, office.rules.product)
    coming = sum(amount for _, amount in now.coming)
    if now.debt or coming:
        return StillOwed(now.debt, coming)
    paid_on = documents.last_paid_on(office.store, row.id)
    facts = replace(begun(office, row, today), limit=now.limit, closed_on=row.closed_on)
    return replace(facts, last_paid_on=paid_on, deposit=now.deposit)


def _contract(office: Office, row: ContractRow) -> Facts:
    product, standing = office.rules.product, row.standing
    due_day = 0 if isinstance(product.due, Cycle) else standing.pending_due_day or standing.due_day
    return replace(
        begun(office, row, documents.agreed_on(office.store, row.id) or row.opened_on),
        limit=standing.limit,
        rate=standing.rate,
        damages_rate=product.damages_rate,
        due_day=due_day,
        free_days=product.free_days_first if standing.first_contract else 0,
        smallest_payment=product.smallest_payment,
        remainder_below=product.remainder_below,
        rule=rule_out(product.minimum),
        term=office.rules.lending_terms.term,
    )


def _entry(office: Office, row: ContractRow, seq: int | None) -> Facts | NoSuchPaper:
    found = papers.read(office.store, row.id, seq or 0)
    if found is None:
        return NoSuchPaper()
    return replace(begun(office, row, day_in(found[1])), seq=seq or 0)


def rule_out(rule: Minimum) -> tuple[str, tuple[tuple[int | None, int], ...]]:
    """Return the rule of the least payment as (shape, numbers); the last pair of a table is its step."""
    if isinstance(rule, MinimumTable):
        return _TABLE, (*rule.rows, (rule.step_balance, rule.step_payment))
    return _BALANCE if isinstance(rule, PercentOfBalance) else _LIMIT, rule.bands


def rule_in(told: tuple[str, tuple[tuple[int | None, int], ...]]) -> Minimum:
    """Return the rule of the least payment that rule_out told."""
    shape, numbers = told
    if shape != _TABLE:
        return PercentOfBalance(numbers) if shape == _BALANCE else PercentOfLimit(numbers)
    *rows, (step_balance, step_payment) = numbers
    return MinimumTable(tuple((top or 0, payment) for top, payment in rows), step_balance or 0, step_payment)


def facts_out(facts: Facts) -> str:
    """Return facts as they are kept: only what says something, in an order of its own."""
    told: dict[str, Any] = {name: value for name, value in asdict(facts).items() if value}
    told |= {name: day_out(told[name]) for name in _DAYS if name in told}
    if facts.unmet:
        told["unmet"] = [[day_out(day), left] for day, left in facts.unmet]
    told["lines"] = [_line_out(line) for line in facts.lines]
    if not facts.rule[0]:
        del told["rule"]
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def facts_in(text: str) -> Facts:
    """Return the facts that were kept."""
    told: dict[str, Any] = json.loads(text)
    told |= {name: day_in(told[name]) for name in _DAYS if name in told}
    told["lines"] = tuple(_line_in(line) for line in told["lines"])
    if "unmet" in told:
        told["unmet"] = tuple((day_in(day), left) for day, left in told["unmet"])
    if "rule" in told:
        shape, numbers = told["rule"]
        told["rule"] = shape, tuple((top, number) for top, number in numbers)
    return Facts(**told)


def _line_out(line: Line) -> list[Any]:
    cells = list(astuple(line))
    return [*cells[:_LINE_DAY], day_out(line.day), *cells[_LINE_DAY + 1 :]]


def _line_in(cells: list[Any]) -> Line:
    told: list[Any] = [*cells[:_LINE_DAY], day_in(cells[_LINE_DAY]), *cells[_LINE_DAY + 1 :]]
    return Line(*told)
