"""The bank's side of internet repayment in tests: orders begun, and answers signed as a bank signs them."""

import secrets
from datetime import timedelta

from madoguchi.domain.bank_page import BankAnswer, sealed_answer
from madoguchi.services import repay
from madoguchi.store import bank_payments
from tests import people

BANK = "0009"


def begun(office, who, amount, form_key=None, bank=BANK):
    """The payment that a member begins today."""
    key = repay.begin(office, who.contract_id, amount, bank, form_key or secrets.token_urlsafe(18)).key
    return bank_payments.by_key(office.store, key)


def answer(office, payment, paid=True, after=timedelta(minutes=1), reference="P261120-1", **other):
    """What the bank says of a payment, accepted so long after it began; `other` changes what it says."""
    told = {"key": payment.key, "bank_code": payment.bank_code, "amount": payment.amount} | other
    accepted_at = payment.began_at + after
    return sealed_answer(
        people.BANK_PAGE_KEY, BankAnswer(paid=paid, accepted_at=accepted_at, reference=reference, **told)
    )


def post(office, visitor):
    """Lets the bank say yes to the payment that the visitor looks at."""
    payment = bank_payments.by_key(office.store, visitor.path.rsplit("/", 1)[1])
    fields = answer(office, payment, after=timedelta(0))
    said = visitor.client.post("/repay/callback", data=fields)
    assert (said.status_code, said.text) == (200, "taken\n")
    return fields
