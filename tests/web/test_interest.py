"""/interest: what a wished day costs, in every state, and every wrong day."""

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.services import cast
from tests import people
from tests.support.members import signed_in, statements, told


@pytest.fixture
def hanako(plain_office):
    """Hanako, signed in: 231,844 yen since 26 October, due on 25 November."""
    return signed_in(plain_office, people.hanako(plain_office))


def test_without_a_day_it_answers_for_the_next_due_date(hanako):
    page = hanako.get("/interest")
    assert page.find("//input[@name='on']/@value") == ["2026-11-25"]
    assert (page.data("days"), page.data("interest")) == (30, 231_844 * 1780 * 30 // 3_650_000)
    assert page.data("payoff") == page.data("principal") + page.data("interest") + page.data("damages")
    assert (page.data("minimum"), page.data("damages")) == (9_000, 0)


def test_the_stretches_tell_the_real_days_balances_and_rates(hanako):
    page = hanako.get("/interest", on="2026-12-25")
    assert "2026年10月27日〜11月25日" in page.text
    assert page.find("//td[@data-label='日数']/text()") == ["30日", "30日"]
    assert [rate.strip() for rate in page.find("//td[@data-label='年率']/text()")] == ["17.8%", "遅延 20.0%"]
    assert "この日で遅れは30日になります" in page.text


def test_a_drawdown_since_the_last_payment_splits_the_calculation(plain_office):
    def story(life):
        life.open(60)
        life.draw(58, 100_000)
        life.pay(20, 4_000, Channel.INTERNET)
        life.draw(10, 50_000)

    page = signed_in(plain_office, told(plain_office, story)).get("/interest", on="2026-11-21")
    balances = [int(words[:-1].replace(",", "")) for words in page.find("//td[@data-label='残高']/text()")]
    assert balances[-1] - balances[0] == 50_000
    assert page.data("principal") == balances[-1]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-11-19", "11月20日（金）から2026年12月25日（金）まで"),
        ("2026-12-26", "まで"),
        ("2026-11", "年・月・日をすべて"),
        ("2026-02-31", "暦にない"),
        ("あした", "日付で入れて"),
        ("9999-99-99", "暦にない"),
    ],
)
def test_a_wrong_day_is_told_beside_the_field_and_kept(hanako, typed, words):
    page = hanako.get("/interest", on=typed)
    assert page.status == 422
    assert words in page.error_of("on")
    assert page.find("//input[@name='on']/@value") == [typed]
    assert not page.find("//data")


def test_a_day_in_full_width_is_understood(hanako):
    page = hanako.get("/interest", on="２０２６／１２／１")
    assert page.find("//input[@name='on']/@value") == ["2026-12-01"]
    assert "12月1日（火）に全部返すと" in page.text


def test_what_script_swaps_in_has_the_answer_and_never_the_input(hanako):
    hanako.get("/interest")
    (live,) = hanako.find("//*[@data-hx-trigger]")
    assert live.get("data-hx-select") == live.get("data-hx-target") == "#result"
    part = hanako.part("/interest?on=2026-12-01")
    assert not part.find("//*[@id='result']//input")
    assert part.data("payoff") > 231_844


def test_nothing_owed_is_said_and_no_day_is_refused(plain_office):
    visitor = signed_in(plain_office, people.newcomer(plain_office, cast.HANAKO))
    page = visitor.get("/interest", on="2027-01-21")
    assert "お支払いいただく額はありません" in page.text
    assert (page.data("payoff"), page.data("days")) == (0, 0)
    assert visitor.get("/interest", on="2027-01-22").status == 422


def test_a_remainder_costs_the_same_on_every_day(plain_office):
    visitor = signed_in(plain_office, people.daisuke(plain_office))
    answers = {visitor.get("/interest", on=day).data("payoff") for day in ("2026-11-20", "2027-01-10")}
    assert answers == {640}
    assert "どの日でも同じ額です" in visitor.text


def test_overdue_each_day_costs_damages_instead_of_interest(plain_office):
    visitor = signed_in(plain_office, people.misaki(plain_office))
    today = visitor.get("/interest", on="2026-11-20")
    later = visitor.get("/interest", on="2026-11-27")
    assert today.data("interest") == later.data("interest")
    principal, seven_days = later.data("principal"), later.data("damages") - today.data("damages")
    assert seven_days in (principal * 2000 * 7 // 3_650_000, principal * 2000 * 7 // 3_650_000 + 1)
    assert "返済の遅れは22日です" in later.text


def test_interest_free_days_cost_nothing_and_say_so(plain_office):
    who = told(plain_office, lambda life: (life.open(11), life.draw(10, 50_000)))
    page = signed_in(plain_office, who).get("/interest", on="2026-12-01")
    assert (page.data("interest"), page.data("payoff")) == (0, 50_000)
    assert "無利息期間のため" in page.text


def test_what_is_asked_today_is_what_home_says(hanako):
    asked = hanako.get("/interest", on="2026-11-20").data("payoff")
    assert hanako.get("/home").data("payoff") == asked


def test_an_inquiry_costs_two_statements(plain_office, hanako):
    with statements(plain_office.store) as asked:
        hanako.client.get("/interest?on=2026-12-01")
    assert len(asked) == 2
