"""Rows in, rows out: the store never commits on its own and never decides."""
