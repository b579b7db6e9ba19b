"""The operator's command that holds the books against the bank's own records."""

from __future__ import annotations

import sys

import click

from madoguchi.services import reconcile
from madoguchi.services.office import Office
from madoguchi.services.reconcile import Difference, What

SENTENCES = {
    What.AMOUNT: "the two sides have different amounts",
    What.NOT_OURS: "the bank has it, and it was never promised here",
    What.NOT_AT_BANK: "it is settled here, and the bank has no such order",
    What.NOT_PAID: "it is settled here, and the bank has not paid it",
    What.PAID_AFTER_ALL: "it was given back here, and the bank has taken or paid it",
    What.OTHER_ANSWER: "the bank's reference or day is another than is kept here",
    What.NOT_HEARD: "the bank has answered, and here it is still on its way",
    What.UNSEEN: "it was handed over, and the bank has not seen it",
}


def make_reconcile(office: Office) -> click.Command:
    """`reconcile`."""

    @click.command("reconcile")
    def command() -> None:
        """Hold every transfer against the bank's records, and the ledger's money on its way against both."""
        found = reconcile.compare(office)
        if found is None:
            click.echo("The bank's side cannot be looked over from here.", err=True)
            sys.exit(1)
        for one in found.differences:
            click.echo(_told(one))
        if left := found.count - len(found.differences):
            click.echo(f"… and {left} more.")
        click.echo(
            f"{found.transfers} transfers: {found.paid_here} yen settled here, {found.paid_at_bank} yen paid "
            f"at the bank; on its way {found.transit_in_ledger} yen in the ledger, {found.transit_promised} "
            "yen promised."
        )
        click.echo("Both sides agree." if found.agrees else "The sides differ.")
        sys.exit(0 if found.agrees else 1)

    return command


def _told(one: Difference) -> str:
    here = f"{one.payout.amount} yen here" if one.payout else "nothing here"
    there = f"{one.known.amount} yen at the bank" if one.known else "nothing at the bank"
    return f"Transfer {one.key}: {SENTENCES[one.what]} ({here}, {there})."
