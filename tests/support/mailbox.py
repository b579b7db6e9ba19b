"""What a member reads in the mailbox, straight from the letters that were written."""

import json


def letters(office, kind=None):
    """The facts of each letter that will be sent, the newest first, with its address as `to`."""
    rows = office.store.rows(
        "SELECT kind, recipient, facts FROM letter WHERE state <> 'void' ORDER BY id DESC"
    )
    return [json.loads(facts) | {"to": to, "kind": name} for name, to, facts in rows if kind in (None, name)]


def token(office, kind):
    """The secret of the newest letter of a kind."""
    return letters(office, kind)[0]["token"]
