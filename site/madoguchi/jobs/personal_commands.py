"""Commands about personal data: taking away what may no longer be kept."""

from __future__ import annotations

import click

from madoguchi.services import forgetting
from madoguchi.services.office import Office


def make_forget(office: Office) -> click.Command:
    """The command that takes personal data away."""

    @click.command("forget")
    @click.option("--dry-run", is_flag=True, help="Say what would go and change nothing.")
    def command(dry_run: bool) -> None:
        """Take away personal data whose time is over ([retention] in lender.toml); the ledger stays."""
        if not dry_run:
            for told in forgetting.run(office):
                click.echo(f"Taken away: {told}")
            return
        plan = forgetting.plan(office)
        for due in plan.members:
            click.echo(f"Would go: member {due.number}, whose last contract ended on {due.ended_on}.")
        click.echo(f"Would go: {len(plan.members)} members, {plan.letters} letters.")
        click.echo(f"Would go: {plan.sign_ins} sign-ins, {plan.requests} requests that came to nothing.")

    return command
