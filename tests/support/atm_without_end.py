"""A process that plays machines without end and says each answer that came back; killed by tests/faults."""

import os
import random
import sys

from madoguchi.domain.atm import Kind, with_check
from madoguchi.domain.faults import Unavailable
from madoguchi.services import atm, atm_authorise, atm_settle
from madoguchi.services.atm_answers import Answer
from madoguchi.store.db import Store
from tests import people
from tests.support.atm import question


def forever(url, made, seed):
    """Links, asks, confirms and reverses at random; prints what stood after each word, never before."""
    office, dice = people.office(Store(url)), random.Random(seed)
    while True:
        who, screen = dice.choice(made), with_check(f"{dice.randrange(10**9):09}")
        how = {"kind": Kind.DEPOSIT, "pin": ""} if dice.random() < 0.4 else {}
        asked = question(who, screen, 1_000, transaction=f"kill-{seed}-{screen}", **how)
        try:
            atm.link(office, who.contract_id, screen)
            told = say(atm_authorise.authorise(office, asked))
            if told and told.result == "approved" and dice.random() < 0.8:
                say(atm_settle.confirm(office, asked.transaction))
            if dice.random() < 0.2:
                say(atm_settle.reverse(office, asked.transaction))
        except Unavailable:
            continue


def say(told):
    """One line for an answer; returns it."""
    if isinstance(told, Answer):
        sys.stdout.write(f"{told.transaction} {told.result.value}\n")
        sys.stdout.flush()
        return told
    return None


if __name__ == "__main__":
    told_url, told_seed = os.environ["MACHINES"].split("|")
    store = people.office(Store(told_url)).store
    ids = dict(store.rows("SELECT k.number, k.contract_id FROM card k"))
    cast = [persona for persona in people.cast.CAST if persona.card in ids]
    forever(told_url, [people.Made(0, ids[one.card], one) for one in cast], int(told_seed))
