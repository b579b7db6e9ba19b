"""The index of value dates holds what the history sums, so that a long month's sums read the index alone.

Measured with 849 entries in a month: its sums took 0.23 ms, a third of the page, and take 0.08. It costs 4.5
bytes an entry.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        "DROP INDEX entry_day",
        "CREATE INDEX entry_day ON entry (contract_id, value_date, seq, kind, amount, interest, damages)",
    )
