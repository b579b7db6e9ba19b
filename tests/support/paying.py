"""A process that borrows, repays and hands money to a moody bank; killed at random by tests/faults."""

import os
import random
import sys
from datetime import timedelta
from pathlib import Path

from madoguchi.domain.channels import Channel
from madoguchi.ports.bank import Temper, Trouble
from madoguchi.services import payouts, posting
from madoguchi.services.books import Posted
from madoguchi.services.payouts import PayoutKind, Promise
from madoguchi.store import accounts
from madoguchi.store.db import Store
from tests import people
from tests.support.banks import with_bank


def borrow(office, member_id, contract_id, amount, key):
    """Post a drawdown and promise its money, as borrowing does; whether it was new."""
    on = office.business_day()
    with office.store.transaction():
        done = posting.draw_within(office, contract_id, amount, Channel.TRANSFER, on, key)
        if not isinstance(done, Posted):
            return False
        account = accounts.present(office.store, member_id)
        promise = Promise(PayoutKind.DRAWDOWN, contract_id, done.entry.seq, key, amount, on)
        payouts.promise_within(office, promise, account)
    return True


def forever(url, folder, seed):
    """Borrow, repay and deliver in turn; prints the key of a drawdown after its act came back."""
    dice = random.Random(seed)
    office = with_bank(people.office(Store(url)), Path(folder))
    while True:
        key = f"{seed}-{dice.randrange(10**12)}"
        if borrow(office, 1, 1, 1_000, key):
            sys.stdout.write(f"{key}\n")
            sys.stdout.flush()
        else:
            day = office.business_day()
            posting.receive_payment(office, 1, 200_000, Channel.INTERNET, day, f"paid-{key}")
        troubles = dice.choices((Trouble.NONE, *Trouble), k=2)
        office.bank.put_into(Temper(dice.choice((0, 60)), dice.choice(("", "", "no_account")), *troubles))
        payouts.deliver(office)
        office.clock.move(timedelta(seconds=dice.choice((0, 1, 20))))


if __name__ == "__main__":
    forever(*os.environ["PAYING"].split("|"))
