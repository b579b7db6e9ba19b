"""What pages say of a due date that an outage moved."""

from datetime import date, datetime

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.domain.maintenance import JAPAN, Function
from madoguchi.services import outages, posting, rounds
from tests import people
from tests.support.members import signed_in


@pytest.fixture
def hanako(plain_office):
    """Hanako the morning after: repaying was out in the evening of her due date."""
    made = people.hanako(plain_office)
    list(rounds.close_days(plain_office))
    go(plain_office, 25, 22)
    outages.begin(
        plain_office,
        {Function.REPAYING},
        "止まりました",
        "desk1",
        at=datetime(2026, 11, 25, 20, tzinfo=JAPAN),
        until=plain_office.now(),
    )
    go(plain_office, 26, 9)
    return made


def go(office, day, hour):
    """Go to an hour of November 2026 in Japan, closing the days on the way."""
    office.clock.move(datetime(2026, 11, day, hour, tzinfo=JAPAN) - office.now())
    list(rounds.close_days(office))


def pay(office, who, amount):
    """Pay today; the entry's number."""
    today = office.business_day()
    return posting.receive_payment(
        office, who.contract_id, amount, Channel.INTERNET, today, f"paid {today}"
    ).entry.seq


def test_home_says_that_the_due_date_was_moved_and_why(plain_office, hanako):
    page = signed_in(plain_office, hanako).get("/home")
    assert "次のご返済は、今日 11月26日（木）です" in page.text
    assert "11月25日（水）の期日の終わりが障害にかかったため、11月26日（木）まで延ばしています" in page.text


def test_a_payment_of_that_day_says_that_it_bears_no_damages(plain_office, hanako):
    seq = pay(plain_office, hanako, 9_000)
    page = signed_in(plain_office, hanako).get(f"/history/{seq}")
    assert (
        "期日を11月26日（木）まで延ばしました。このお支払いに、その間の遅延損害金はかかっていません"
        in page.text
    )
    assert page.find("//section[@aria-labelledby='how']//table")


def test_a_payment_after_that_is_explained_by_damages_from_the_day_after(plain_office, hanako):
    go(plain_office, 30, 9)
    seq = pay(plain_office, hanako, 20_000)
    page = signed_in(plain_office, hanako).get(f"/history/{seq}")
    assert "延ばしました" not in page.text
    days = page.find("//section[@aria-labelledby='how']//tbody/tr[last()]//time/@datetime")
    assert days[0] == date(2026, 11, 27).isoformat()
