"""Payments that were split anew because an outage became known: the letter and the note in the ledger."""

import json
from datetime import date, datetime, timedelta

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.domain.maintenance import JAPAN, Function
from madoguchi.services import outages, posting, rounds, verify
from madoguchi.store import contracts
from tests import people
from tests.support.debits import kinds_of_letters

REPAYING = {Function.REPAYING}


def go(office, day, hour):
    """Go to an hour of November 2026 in Japan (the 31st is 1 December), closing the days on the way."""
    moment = datetime(2026, 11, 1, hour, tzinfo=JAPAN) + timedelta(days=day - 1)
    office.clock.move(moment - office.now())
    list(rounds.close_days(office))


def first_outage(office):
    """An outage of the evening of Hanako's due date, told afterwards: it moves to the 27th."""
    at, until = datetime(2026, 11, 25, 20, tzinfo=JAPAN), datetime(2026, 11, 26, 3, tzinfo=JAPAN)
    return outages.begin(office, REPAYING, "止まりました", "desk1", at=at, until=until)


@pytest.fixture
def hanako(office):
    """Due on Wednesday, 25 November."""
    made = people.hanako(office)
    list(rounds.close_days(office))
    return made


def paid_on_december_1(office, who, amount=12_400):
    """Hanako's due date was moved to the 27th; she pays four days after that."""
    go(office, 26, 9)
    first_outage(office)
    go(office, 31, 9)
    today = office.business_day()
    return posting.receive_payment(office, who.contract_id, amount, Channel.INTERNET, today, "p").entry


def letter(office):
    """What the letter about an outage tells, and None without one."""
    rows = office.store.rows("SELECT facts FROM letter WHERE kind = 'recounted' ORDER BY id")
    assert len(rows) <= 1
    return json.loads(rows[0][0]) if rows else None


def second_outage(office):
    """A second outage, of the evening to which the due date was moved, is told afterwards."""
    at, until = datetime(2026, 11, 27, 20, tzinfo=JAPAN), datetime(2026, 11, 28, 3, tzinfo=JAPAN)
    return outages.begin(office, REPAYING, "また止まりました", "desk1", at=at, until=until)


def test_an_outage_that_is_told_after_a_payment_is_told_by_a_letter_with_the_new_split(office, hanako):
    old = paid_on_december_1(office, hanako)
    assert letter(office) is None
    assert second_outage(office).moved == 1
    new = office.store.one("SELECT damages, interest, principal FROM entry WHERE replaces = ?", (old.seq,))
    told = letter(office)
    assert (told["due"], told["to"], told["late"]) == ("11月25日（水）", "11月30日（月）", "")
    assert "11月27日 20:00から11月28日 3:00まで" in told["shut"]
    assert new[0] < old.damages
    assert told["corrected"] == (
        f"12月1日の12,400円：遅延損害金{new[0]}円（前は{old.damages}円）、"
        f"利息{new[1]:,}円（前は{old.interest:,}円）、元金{new[2]:,}円（前は{old.principal:,}円）"
    )
    assert told["over"] == "", "a day of lateness is left"
    assert second_outage(office).moved == 0
    assert letter(office)
    assert list(verify.differences(office)) == []


def test_who_heard_of_a_lateness_that_an_outage_takes_away_hears_of_that_and_not_of_its_end(office, hanako):
    go(office, 26, 9)
    with office.store.transaction():
        office.store.write("UPDATE letter SET state = 'sent' WHERE kind = 'late_1'")
    first_outage(office)
    assert (letter(office)["over"], letter(office)["corrected"]) == ("yes", "")
    go(office, 27, 9)
    assert "late_over" not in kinds_of_letters(office)


def test_who_is_late_by_fewer_days_since_an_outage_was_told_hears_of_it(office, hanako):
    go(office, 26, 9)
    first_outage(office)
    go(office, 31, 9)
    with office.store.transaction():
        office.store.write("UPDATE letter SET state = 'sent' WHERE kind = 'late_1'")
    second_outage(office)
    assert contracts.read(office.store, hanako.contract_id).standing.late_since == date(2026, 12, 1)
    assert (letter(office)["late"], letter(office)["over"]) == ("yes", "")


def test_the_reason_is_noted_in_the_ledger_for_ever(office, hanako):
    old = paid_on_december_1(office, hanako)
    second_outage(office)
    rows = office.store.rows("SELECT seq, due_on, moved_to, cause FROM recount")
    assert rows == [(old.seq, 20261125, 20261130, "outage:1 outage:2")]
    with pytest.raises(Exception, match="append-only"), office.store.transaction():
        office.store.write("DELETE FROM recount")
