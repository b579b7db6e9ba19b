"""The ATM network and a member before its machine, as tests play them."""

import json
from dataclasses import replace
from itertools import count

from madoguchi.domain.atm import Kind, with_check
from madoguchi.domain.atm_message import Authorise, Signed
from madoguchi.services import atm, atm_authorise, atm_settle

COMPANY = "0912"
_numbers = count(1)


def number():
    """A machine's number that nobody had before."""
    return with_check(f"{next(_numbers):09}")


def linked(office, who):
    """The number of a machine that this member has linked."""
    found = number()
    assert atm.link(office, who.contract_id, found) is atm.Linking.LINKED
    return found


def question(who, screen, amount, transaction=None, **changes):
    """What a machine asks for a withdrawal."""
    asked = Authorise(
        transaction=transaction or f"test-{next(_numbers):08}",
        machine="T-1",
        number=screen,
        company=COMPANY,
        kind=Kind.WITHDRAWAL,
        amount=amount,
        pin=who.persona.pin,
    )
    return replace(asked, **changes)


def ask(office, who, amount, **changes):
    """Link a new machine and ask for a withdrawal there."""
    return atm_authorise.authorise(office, question(who, linked(office, who), amount, **changes))


def ask_in(office, who, amount, **changes):
    """Link a new machine and ask for a deposit there."""
    return ask(office, who, amount, kind=Kind.DEPOSIT, pin="", **changes)


def withdraw(office, who, amount):
    """A withdrawal from its first to its last word; returns the transaction."""
    told = ask(office, who, amount)
    assert told.result == "approved", told
    assert atm_settle.confirm(office, told.transaction).result == "confirmed"
    return told.transaction


class Network:
    """The network's line to an app: it signs, and parts of a signature can be spoilt."""

    def __init__(self, app, office):
        self._client, self._office = app.test_client(), office
        self._nonces = count(1)

    def post(self, path, message, body=None, nonce=None, seconds=None, signature=None, **how):
        """Ask; returns (status, what the answer says)."""
        body = json.dumps(message).encode() if body is None else body
        seconds = str(int(self._office.now().timestamp()) if seconds is None else seconds)
        nonce = nonce or f"nonce-of-the-tests-{next(self._nonces)}"
        bare = Signed("POST", path, seconds, nonce, body)
        seal = self._office.atm.sign(bare) if signature is None else signature
        headers = {"Atm-Timestamp": seconds, "Atm-Nonce": nonce, "Atm-Signature": seal}
        response = self._client.post(
            path, data=body, headers=headers | how.pop("headers", {}), content_type="application/json", **how
        )
        assert response.mimetype == "application/json", response.data[:200]
        return response.status_code, json.loads(response.data)


def message(asked):
    """A question as the network writes it."""
    names = ("transaction", "machine", "number", "company", "kind", "amount")
    told = {name: getattr(asked, name) for name in names}
    return told | ({"pin": asked.pin} if asked.pin else {})
