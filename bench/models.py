"""The few lives that a large book is copied from, told by the services' own acts."""

from dataclasses import replace

from madoguchi.domain.channels import Channel
from madoguchi.services import cast, rounds
from madoguchi.store.db import Store
from tests import people

DUE_DAYS = (5, 15, 25, 31)
BEFORE, DAYS = 20260430, 200  # they came 200 days before the demo's Friday


def told(url):
    """Tells one life for each due day, by the services' own acts; the contracts' numbers."""
    store = Store(url)
    office = people.office(store)
    models = [people.live(office, persona(day), busy if day == DUE_DAYS[-1] else story) for day in DUE_DAYS]
    with store.transaction():  # the demo's days are closed without them: once more from before they came
        store.write(
            "INSERT INTO closed_day (day, closed_at) SELECT ?, MIN(closed_at) FROM closed_day", (BEFORE,)
        )
        store.write("DELETE FROM closed_day WHERE day > ?", (BEFORE,))
    assert len(list(rounds.close_days(office))) > DAYS
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    assert all(model.member_id == model.contract_id for model in models), models
    return [model.contract_id for model in models]


def persona(due_day):
    """花子 once more under other numbers."""
    member = replace(cast.HANAKO.member, number=f"2000000{due_day:02}")
    names = {"web_id": f"model000{due_day:02}", "card": f"60000000000000{due_day:02}"}
    return replace(cast.HANAKO, member=member, due_day=due_day, **names)


def story(life):
    """Few transactions in half a year: borrowed by transfer, repaid on the due days."""
    life.open(200)
    life.draw(198, 100_000)
    life.draw(20, 40_000)
    life.meet_dues(life.today)
    life.drawn_to_account(20)


def busy(life):
    """One member in four goes to the ATM every eleven days: the history has a second page."""
    life.open(200)
    life.draw(198, 100_000)
    for ago in range(190, 14, -11):
        life.draw(ago, 10_000, Channel.ATM)
        life.pay(ago - 5, 6_000, Channel.ATM)
    life.draw(12, 40_000)
    life.meet_dues(life.today)
    life.drawn_to_account(12)
