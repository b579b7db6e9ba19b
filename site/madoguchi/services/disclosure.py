"""All that is held about one member, for whoever asks (個人情報保護法33条): handed over once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.letters import FORMS, Kind, without
from madoguchi.domain.papers import KINDS
from madoguchi.ports import JAPAN
from madoguchi.services import audit, papers
from madoguchi.services.audit import Noted
from madoguchi.services.office import Office
from madoguchi.services.papers import Paper
from madoguchi.services.staff import Colleague
from madoguchi.store import disclosures, held
from madoguchi.store.disclosures import Disclosure
from madoguchi.store.persons import Person
from madoguchi.store.values import moment_in

LIFE: Final = timedelta(hours=24)
MOST_PAPERS: Final = 200  # as files; the others stand among the tables, and each can be printed by itself
_A_MOMENT: Final = 10**14  # microseconds since 1970 are above this, days such as 20261120 and yen below


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of thing that is held: its name in words, and its rows with the names of their cells."""

    table: str
    words: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Copy:
    """All of it; `secrets` are things that are named with their number alone. `more` papers are no files."""

    number: str
    name: str
    made_at: datetime
    tables: Sequence[Table]
    secrets: Sequence[tuple[str, int]]
    papers: Sequence[Paper]
    more: int


def make(office: Office, who: Person, document: str, place: str, reason: str, by: Colleague) -> int:
    """Let a copy be made for a member whose papers were looked at; one that waits is the same."""
    with office.store.transaction():
        if waiting := disclosures.open_of(office.store, who.member_id, office.now()):
            return waiting.id
        now, told = office.now(), (document, place, reason)
        number = disclosures.add(office.store, who.member_id, by.name, now, now + LIFE, told)
        facts: dict[str, Any] = {
            "disclosure": number, "document": document, "place": place, "reason": reason,
        }  # fmt: skip
        audit.note_within(office, Noted.DISCLOSURE_MADE, by.name, member_id=who.member_id, **facts)
        return number


def waiting(office: Office, who: Person) -> Disclosure | None:
    """Return the copy that can be handed over now."""
    return disclosures.open_of(office.store, who.member_id, office.now())


def take(office: Office, who: Person, disclosure_id: int, by: Colleague) -> Copy | None:
    """Hand a copy over, once; None where that was done, is too late, or it is another's."""
    with office.store.transaction():
        if not disclosures.take(office.store, disclosure_id, who.member_id, office.now()):
            return None
        told: dict[str, Any] = {"disclosure": disclosure_id}
        audit.note_within(office, Noted.DISCLOSURE_TAKEN, by.name, member_id=who.member_id, **told)
    return gathered(office, who)


def gathered(office: Office, who: Person) -> Copy:
    """Read all that is held about a member."""
    store, key = office.store, who.member_id
    named = [("member", "会員", *held.member_of(store, key))]
    named += [(one.table, one.words, *held.rows_of(store, one, key)) for one in held.HELD if not one.secret]
    listed = disclosures.papers_of(store, key)
    return Copy(
        who.number,
        who.name,
        office.now(),
        [Table(table, words, columns, _told(table, columns, rows)) for table, words, columns, rows in named],
        [(one.words, held.count_of(store, one, key)) for one in held.HELD if one.secret],
        list(_papers(office, listed[:MOST_PAPERS])),
        max(0, len(listed) - MOST_PAPERS),
    )


def _papers(office: Office, listed: Sequence[tuple[int, int, int]]) -> Iterator[Paper]:
    for contract_id, seq, kind in listed:
        paper = papers.look(office, contract_id, seq, KINDS[EntryKind(kind)])
        if paper is not None:
            yield paper


def _told(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows as a person reads them: moments in Japan, and no secret of a letter that is still on its way."""
    found = [[_plain(cell) for cell in row] for row in rows]
    if table != "letter":
        return found
    kind, facts = columns.index("kind"), columns.index("facts")
    for row in found:
        told = without(json.loads(row[facts]), FORMS[Kind(row[kind])].secrets)
        row[facts] = json.dumps(told, ensure_ascii=False)
    return found


def _plain(cell: Any) -> Any:
    if isinstance(cell, int) and cell > _A_MOMENT:
        return f"{moment_in(cell).astimezone(JAPAN):%Y-%m-%d %H:%M:%S}"
    return cell
