"""A process that posts without end and says each act that came back; killed at random by tests/faults."""

import os
import random
import sys

from madoguchi.domain.channels import Channel
from madoguchi.services import posting, rounds
from madoguchi.services.books import Posted
from madoguchi.store.db import Store
from tests import people


def forever(url, contract_ids, seed):
    """Draws, pays and runs rounds; prints a key after its act came back, never before."""
    office, dice = people.office(Store(url)), random.Random(seed)
    while True:
        key = f"{seed}-{dice.randrange(10**12)}"
        who, on = dice.choice(contract_ids), office.business_day()
        if dice.random() < 0.5:
            done = posting.draw(office, who, 1000 * dice.randint(1, 5), Channel.ATM, on, key)
        else:
            done = posting.receive_payment(office, who, dice.randint(200, 9000), Channel.ATM, on, key)
        if isinstance(done, Posted):
            sys.stdout.write(f"{who}:{key}\n")
            sys.stdout.flush()
        if dice.random() < 0.02:
            list(rounds.close_days(office))


if __name__ == "__main__":
    told_url, told_ids, told_seed = os.environ["POSTING"].split("|")
    forever(told_url, [int(n) for n in told_ids.split(",")], int(told_seed))
