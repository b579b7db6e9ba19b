"""The sections of lender.toml about how money moves: banks, borrowing, debits, ATMs."""
