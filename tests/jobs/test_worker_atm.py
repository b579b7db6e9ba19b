"""The worker reverses what an ATM never confirmed, as the clock of the demo moves."""

from datetime import timedelta

from madoguchi.jobs.worker import Payer
from madoguchi.store import atm
from madoguchi.store.db import Store
from tests import people
from tests.support.atm import ask
from tests.support.money import standing
from tests.support.post import Bag, with_carriers


def test_ten_minutes_later_the_worker_takes_the_withdrawal_back(sqlite_url):
    office = with_carriers(people.office(Store(sqlite_url)), Bag())
    ichiro = people.newcomer(office)
    told = ask(office, ichiro, 20_000)
    worker = Payer(office)
    worker.look()
    assert standing(office, ichiro).principal == 20_000
    office.clock.move(timedelta(minutes=10))
    worker.look()
    assert standing(office, ichiro).principal == 0
    assert atm.read(office.store, told.transaction).stage == "reversed"
