"""Finding a member at the desk among 1,000 and among 1,000,000, by each of the ways, in turns."""

import time

from bench.report import Claim
from madoguchi.domain.finding import understood
from madoguchi.domain.staff import Role
from madoguchi.services import finding
from madoguchi.services.staff import Colleague
from madoguchi.store import schema
from madoguchi.store.db import Store
from tests import people

LOOKS = 200
FIRST, LAST = 0x30A2, 0x30F3  # ア to ン
# Members apart in everything: names of seven kana, birthdays over sixty years, phones and cards by number.
KANA = " || ".join(
    f"char({FIRST} + n / {80**k} * {7 + 3 * k} % {LAST - FIRST + 1})" for k in (0, 0, 1, 1, 2, 2, 0)
)
OWN = {
    "member": {
        "number": "CAST(200000000 + n AS TEXT)",
        "name_kana": KANA,
        "birth_date": "19400101 + n % 60 * 10000 + n / 60 % 12 * 100 + n / 720 % 28",
        "phone": "printf('090-%04d-%04d', n / 10000, n % 10000)",
        "email": "'m' || n || '@example.jp'",
    },
    "contract": {"member_id": "1 + n"},
    "card": {"contract_id": "1 + n", "number": "CAST(9990120000000000 + n * 7 AS TEXT)"},
}
# Among a million a birthday and four digits fit many more than a page shows. So that the ways to them are
# compared and not the pages' lengths, the few share birthdays, digits and beginnings by 50 too.
FEW = {
    "member": {
        "birth_date": "19400101 + n % 19",
        "name_kana": f"char({FIRST} + n % 19, {FIRST} + n % 19) || " + KANA,
    },
    "card": {"number": "CAST(9990120000000000 + n * 10000 + n % 19 AS TEXT)"},
}
WAYS = {
    "member number": "SELECT number FROM member WHERE id = ?",
    "card's last four": "SELECT number FROM card WHERE id = ?",
    "phone": "SELECT phone FROM member WHERE id = ?",
    "birthday": "SELECT birth_date FROM member WHERE id = ?",
    "whole name in kana": "SELECT name_kana FROM member WHERE id = ?",
    "beginning of a name in kana": "SELECT name_kana FROM member WHERE id = ?",
}


def claims(folder, thousands):
    """Time of a search among so many members ÷ among 1,000, with its line in the audit log."""
    many = thousands * 10_000
    offices = {count: people.office(filled(folder / f"members-{count}", count)) for count in (1_000, many)}
    who = {count: clerk(office) for count, office in offices.items()}
    for way, sql in WAYS.items():
        asked = {count: wishes(office.store, way, sql, count) for count, office in offices.items()}
        took, most = {count: [] for count in offices}, dict.fromkeys(offices, 0)
        for n in range(LOOKS):
            for count, office in offices.items():
                started = time.perf_counter()
                found = finding.search(office, asked[count][n], None, who[count])
                took[count].append(time.perf_counter() - started)
                most[count] = max(most[count], len(found.found))
        few, lots = (sorted(times)[LOOKS // 2] for times in took.values())
        shown = " and ".join(map(str, most.values()))
        note = f"{few * 1e6:.0f} and {lots * 1e6:.0f} µs; {shown} found at most"
        yield Claim(f"finding by {way}: {many:,} members ÷ 1,000", lots / few, 1.5, False, note)
    for office in offices.values():
        office.store.close()


def clerk(office):
    """Somebody at the desk."""
    return Colleague(1, "desk1", Role.OPERATOR, office.now(), warn=False)


def filled(folder, count):
    """Books of so many members, each with a contract and a card."""
    folder.mkdir()
    store = Store(f"sqlite:///{folder / 'madoguchi.db'}")
    schema.migrate(store)
    people.hanako(people.office(store))
    with store.transaction():
        for table in OWN:
            fill(store, table, count)
    return store


def fill(store, table, count):
    """Copies of the one row of a table, each with what sets it apart."""
    named = [
        name for (name,) in store.rows(f"SELECT name FROM pragma_table_info('{table}') WHERE name <> 'id'")
    ]
    own = OWN[table] | (FEW.get(table, {}) if count == 1_000 else {})
    values = [own.get(name, name) for name in named]
    store.write(
        f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) "
        f"INSERT INTO {table} ({', '.join(named)}) "
        f"SELECT {', '.join(values)} FROM numbers, {table} WHERE {table}.id = 1"
    )


def wishes(store, way, sql, count):
    """What is typed: values of members spread over the book, understood as the page does it."""
    found = []
    for n in range(LOOKS):
        (value,) = store.one(sql, (2 + n * (count // LOOKS),))
        text = str(value)
        typed = {"card's last four": text[-4:], "beginning of a name in kana": text[:2]}.get(way, text)
        typed = f"{text[:4]}-{text[4:6]}-{text[6:]}" if way == "birthday" else typed
        found.append(understood(typed))
    return found
