"""The operator's commands about the people at the desk: add, list, and close an account."""

from __future__ import annotations

import secrets
import sys

import click

from madoguchi.domain.staff import Role
from madoguchi.services import staff
from madoguchi.services.office import Office


def make_add(office: Office) -> click.Command:
    """Return staff-add."""

    @click.command("staff-add")
    @click.argument("name")
    @click.argument("role", type=click.Choice([role.value for role in Role]))
    @click.option("--password", help="Otherwise one is made and printed.")
    def command(name: str, role: str, password: str | None) -> None:
        """Add an account at the desk; prints once what its owner puts into an authenticator app."""
        chosen = password or _new_password()
        try:
            added = staff.add(office, name, Role(role), chosen)
        except ValueError as fault:
            click.echo(f"Not added: {fault}.", err=True)
            sys.exit(1)
        click.echo(f"{added.name} can sign in at /desk/login as {role}.")
        if not password:
            click.echo(f"Password: {chosen}")
        click.echo(f"Secret for the authenticator app (shown only now): {added.secret}")

    return command


def make_leave(office: Office) -> click.Command:
    """Return staff-leave."""

    @click.command("staff-leave")
    @click.argument("name")
    def command(name: str) -> None:
        """Close an account at the desk for good and end its sessions."""
        if not staff.leave(office, name):
            click.echo(f"{name} has no open account.", err=True)
            sys.exit(1)
        click.echo(f"{name} can no longer sign in.")

    return command


def make_list(office: Office) -> click.Command:
    """Return staff-list."""

    @click.command("staff-list")
    def command() -> None:
        """List the accounts at the desk."""
        for account in staff.everybody(office):
            click.echo(f"{account.name}\t{account.role}\t{'left' if account.left_at else 'open'}")

    return command


def _new_password() -> str:
    """A password that a person can type: five groups of four letters and digits, 100 bits."""
    signs = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(signs) for _ in range(4)) for _ in range(5))
