"""What pages say of a due date that an outage moved."""

from datetime import date, datetime, timedelta

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
    """Go to an hour of November 2026 in Japan (the 31st is 1 December), closing the days on the way."""
    moment = datetime(2026, 11, 1, hour, tzinfo=JAPAN) + timedelta(days=day - 1)
    office.clock.move(moment - office.now())
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
    assert (
        "11月25日（水）の期日の終わりが障害（11月25日 20:00から11月25日 22:00まで）にかかったため、"
        "期日を11月26日（木）まで延ばしました。遅延損害金は、その次の日からの分です。" in page.text
    )
    days = page.find("//section[@aria-labelledby='how']//tbody/tr[last()]//time/@datetime")
    assert days[0] == date(2026, 11, 27).isoformat()


@pytest.fixture
def recounted(plain_office):
    """Hanako, due on 25 November, moved to the 27th, paid on 1 December; then a second outage was told."""
    made = people.hanako(plain_office)
    list(rounds.close_days(plain_office))
    go(plain_office, 26, 9)
    shut(plain_office, (25, 20), (26, 3))
    go(plain_office, 31, 9)
    seq = pay(plain_office, made, 8_400)
    shut(plain_office, (27, 20), (28, 3))
    return made, seq


def shut(office, begins, ends):
    """Tell afterwards that repaying was out."""
    at, until = (datetime(2026, 11, *when, tzinfo=JAPAN) for when in (begins, ends))
    outages.begin(office, {Function.REPAYING}, "止まりました", "desk1", at=at, until=until)


WHY = (
    "11月25日（水）の期日の終わりが"
    "障害（11月25日 20:00から11月26日 3:00まで、11月27日 20:00から11月28日 3:00まで）にかかっていたことが"
    "あとからわかったため、期日を11月30日（月）まで延ばして計算し直し、内訳が変わりました。"
)


@pytest.mark.parametrize("path", ["/history/{}", "/repay/{}"])
def test_what_an_outage_made_be_counted_anew_says_which_and_the_day_it_moved_to(
    plain_office, recounted, path
):
    hanako, seq = recounted
    member = signed_in(plain_office, hanako)
    for number in (seq, seq + 2):  # the payment, and the one that stands for it
        page = member.get(path.format(number))
        assert WHY in page.text
        assert "数え直し" not in page.text


def test_each_of_both_splits_is_explained_by_the_day_that_was_known_then(plain_office, recounted):
    hanako, seq = recounted
    member = signed_in(plain_office, hanako)
    for number, to in ((seq, "11月27日（金）"), (seq + 2, "11月30日（月）")):
        page = member.get(f"/history/{number}")
        assert f"期日を{to}まで延ばしました。遅延損害金は、その次の日からの分です。" in page.text
        assert page.find("//section[@aria-labelledby='how']//table")


def test_what_came_late_by_itself_is_told_as_that(plain_office):
    hanako = people.hanako(plain_office)
    go(plain_office, 22, 9)
    seq = pay(plain_office, hanako, 9_000)
    day = date(2026, 11, 21)
    posting.receive_payment(plain_office, hanako.contract_id, 5_000, Channel.BANK_TRANSFER, day, "late")
    page = signed_in(plain_office, hanako).get(f"/history/{seq}")
    assert "あとから届いたお支払いなどを取引の日の順に数え直し、内訳が変わりました。" in page.text
