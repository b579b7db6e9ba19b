"""Contracts that nobody used for years: who was told that theirs will be closed, and who wants to keep it."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        # The last day on which anything was counted on a contract without a debt is the last day it was used.
        """CREATE INDEX contract_unused ON contract (COALESCE(accrued_to, opened_on), id)
           WHERE principal = 0 AND closed_on IS NULL""",
        """CREATE TABLE dormant_told (
            contract_id {int} PRIMARY KEY REFERENCES contract,
            told_at {int} NOT NULL, used_on {int} NOT NULL, closes_on {int} NOT NULL
        ) {table}""",
        "CREATE INDEX dormant_told_closes ON dormant_told (closes_on, contract_id)",
        """CREATE TABLE dormant_kept (
            contract_id {int} PRIMARY KEY REFERENCES contract, kept_on {int} NOT NULL
        ) {table}""",
    )
