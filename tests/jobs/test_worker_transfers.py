"""The worker lets the desk see to transfers whose outcome is not known, wherever a demo's clock goes."""

from dataclasses import replace
from datetime import timedelta

from madoguchi.jobs.worker import Payer
from madoguchi.ports.bank import Pending
from madoguchi.store.db import Store
from tests import people
from tests.support.banks import Member, Scripted
from tests.support.casework import open_cases


def test_a_silent_bank_becomes_one_case_by_itself(sqlite_url):
    office = people.office(Store(sqlite_url))
    member = Member(office, people.hanako(office))
    member.borrow(20_000)
    worker = Payer(replace(office, bank=Scripted(*[Pending()] * 20)))
    for minutes in (0, 20, -5, 20, 20):
        office.clock.move(timedelta(minutes=minutes))
        worker.work()
    assert [case.kind for case in open_cases(office)] == ["transfer"]
    office.store.close()
