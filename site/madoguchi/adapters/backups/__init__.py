"""Backups as files: packed, sealed, and a database server's own tools."""
