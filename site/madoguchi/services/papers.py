"""Papers of drawdowns and payments: written with the entry, in its act, and looked at ever after."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.papers import KINDS, PaperKind, Terms, plan, terms_of
from madoguchi.domain.product import MinimumTable, PercentOfBalance, PercentOfLimit
from madoguchi.domain.simulation import Schedule
from madoguchi.domain.standing import Standing
from madoguchi.ports.paper import Sheet
from madoguchi.rules import Brand, Rules
from madoguchi.services import paper_post, reasons
from madoguchi.services.office import Office
from madoguchi.services.reasons import Reason
from madoguchi.store import papers
from madoguchi.store.entries import Entry
from madoguchi.store.values import day_in, day_out, moment_in

LENDER: Final = ("company", "postcode", "address", "registration", "association")
FEW: Final = 20  # papers in a list
METHODS: Final = {PercentOfBalance: "balance", PercentOfLimit: "limit", MinimumTable: "table"}


@dataclass(frozen=True, slots=True)
class Lender:
    """Who the lender was when the paper came to be, and how it lent: security, and the kind of minimum."""

    company: str
    postcode: str
    address: str
    registration: str
    association: str
    phone: str
    security: str
    method: str
    fictional: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper; amounts in yen, `balance` what was borrowed right after the entry, in the order of posting.

    `replaces`, `replaced_by` and `undone_by` are entries: a life told again leaves both papers.
    Where an outage was the reason, `why_replaces` and `why_replaced` tell of it.
    """

    kind: PaperKind
    entry_kind: int
    seq: int
    day: date
    posted_at: datetime
    amount: int
    fees: int
    damages: int
    interest: int
    principal: int
    deposit: int
    balance: int
    cause: str
    terms: Terms
    lender: Lender
    contract_on: date
    member_number: str
    name: str
    name_kana: str
    replaces: int | None
    replaced_by: int | None
    undone_by: int | None
    why_replaces: Reason | None = None
    why_replaced: Reason | None = None

    @property
    def number(self) -> str:
        """What the paper goes by."""
        return self.number_of(self.seq)

    def number_of(self, seq: int) -> str:
        """What another paper of the same contract goes by."""
        return f"{self.member_number}-{seq}"

    @property
    def owed(self) -> int:
        """Everything owed right after the entry."""
        return self.balance + self.terms.interest + self.terms.damages + self.terms.fees

    @property
    def minimum(self) -> int:
        """The least of each month, never more than is owed: what the page before the loan says, too."""
        return min(self.terms.minimum, self.owed)

    @property
    def plan(self) -> Schedule | None:
        """About how the balance is repaid by minimum payments alone; None where it is not."""
        return plan(self.terms, self.balance, self.day)


@dataclass(frozen=True, slots=True)
class Named:
    """A paper as a list names it: the entry's number, its value date and its yen."""

    kind: PaperKind
    seq: int
    day: date
    amount: int


def issue(office: Office, entry: Entry, after: Standing) -> None:
    """Write the paper of an entry that was just appended, if its kind has one (inside an open act)."""
    if entry.kind in KINDS:
        terms = _terms_out(terms_of(after, entry.value_date, office.rules.product))
        papers.add(office.store, entry.contract_id, entry.seq, lender_out(office.rules), terms)
        paper_post.put_within(office, entry.contract_id, entry.seq)


def look(office: Office, contract_id: int, seq: int, kind: PaperKind) -> Paper | None:
    """Return the paper of one entry of this contract; None where there is none of this kind."""
    found = find(office, contract_id, seq)
    return found if found and found.kind is kind else None


def find(office: Office, contract_id: int, seq: int) -> Paper | None:
    """Return the paper of one entry of this contract, of whatever kind; None where there is none."""
    row = papers.read(office.store, contract_id, seq)
    if row is None:
        return None
    stored, day, posted_at, *figures, terms, facts, opened_on, number, name, kana, old, new, undone = row
    written = [_terms_in(terms), lender_in(facts), day_in(opened_on)]
    whose = [number, name, kana, old, new, undone]
    told: list[Any] = [day_in(day), moment_in(posted_at), *figures, *written, *whose]
    why = reasons.of_recounts(office, contract_id, [old, seq if new else None])
    told += [why.get(old), why.get(seq)]
    return Paper(KINDS[EntryKind(stored)], stored, seq, *told)


def newest(office: Office, contract_id: int) -> tuple[Named, ...]:
    """Return the last papers of a contract that are still valid, the newest first."""
    found = papers.newest(office.store, contract_id, FEW)
    return tuple(Named(KINDS[EntryKind(kind)], seq, day_in(day), amount) for seq, kind, day, amount in found)


def before(office: Office, contract_id: int, place: tuple[date, int] | None, most: int) -> tuple[Named, ...]:
    """Return papers before a place (day, entry), the newest first, with those that were corrected since."""
    day, seq = place or (date.max, 0)
    found = papers.page(office.store, contract_id, (day_out(day), seq), most)
    return tuple(Named(KINDS[EntryKind(kind)], seq, day_in(day), amount) for seq, kind, day, amount in found)


def printed(office: Office, sheet: Sheet) -> bytes:
    """Return a sheet as a file; the same sheet always gives the same bytes."""
    assert office.printer is not None, "an office that answers members has a printer"
    return office.printer.printed(sheet)


def lender_out(rules: Rules) -> tuple[str, str]:
    """Return who the lender is now as it is kept: a key, and the facts as JSON."""
    method = METHODS[type(rules.product.minimum)]
    return _lender_of(rules.brand, rules.phone.number, rules.lending_terms.security, method)


def lender_in(facts: str) -> Lender:
    """Return the lender whose facts were kept."""
    return Lender(**json.loads(facts))


@lru_cache(maxsize=8)
def _lender_of(brand: Brand, phone: str, security: str, method: str) -> tuple[str, str]:
    facts = {name: getattr(brand, name) for name in (*LENDER, "fictional")}
    facts |= {"phone": phone, "security": security, "method": method}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32], text


def _terms_out(terms: Terms) -> str:
    """Only what says something: most of the ledger's rows are papers."""
    told = asdict(terms) | {"due_day": day_out(terms.due_day)}
    return json.dumps({name: value for name, value in told.items() if value}, separators=(",", ":"))


def _terms_in(text: str) -> Terms:
    told: dict[str, Any] = dict.fromkeys(Terms.__slots__, 0) | json.loads(text)
    return Terms(**told | {"due_day": day_in(told["due_day"] or None)})
