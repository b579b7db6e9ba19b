"""What became of a file of direct debits, in sums."""

from __future__ import annotations

from madoguchi.store.db import Store


def of_file(store: Store, file_id: int) -> tuple[int, int, int]:
    """Return how many debits of a file were paid and failed, and yen paid."""
    row = store.one(
        "SELECT COALESCE(SUM(CASE WHEN result = 0 THEN 1 ELSE 0 END), 0), "
        "COALESCE(SUM(CASE WHEN result <> 0 THEN 1 ELSE 0 END), 0), "
        "COALESCE(SUM(CASE WHEN result = 0 THEN amount ELSE 0 END), 0) FROM debit WHERE file_id = ?",
        (file_id,),
    )
    return (int(row[0]), int(row[1]), int(row[2])) if row else (0, 0, 0)
