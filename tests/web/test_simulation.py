"""The simulators on the web: the published figures, every width, and a sentence for all that cannot be."""

import pytest

INTEREST = {"balance": "100000", "rate": "18", "from": "2027-12-21", "to": "2028-01-10"}
PLAN = {"kind": "payment", "principal": "300000", "rate": "17.8", "months": "36"}


def test_interest_over_a_leap_year_is_exact(stranger):
    page = stranger.get("/simulate/interest", **INTEREST)
    assert (page.data("interest"), page.data("days")) == (984, 20)


def test_the_same_day_costs_nothing(stranger):
    page = stranger.get("/simulate/interest", **INTEREST | {"to": INTEREST["from"]})
    assert (page.status, page.data("interest"), page.data("days")) == (200, 0, 0)


@pytest.mark.parametrize("path", ["/simulate/interest", "/simulate/repayment"])
def test_an_empty_query_is_a_form_with_examples(stranger, path):
    page = stranger.get(path)
    assert (page.status, page.errors) == (200, [])
    assert page.find("//input[@name='rate']/@value") == ["17.8"]


def test_the_example_of_the_form_can_be_sent_as_it_stands(stranger):
    stranger.get("/simulate/repayment")
    assert stranger.submit("/simulate/repayment").data("payments") == 12


def test_full_width_typing_is_understood_and_said(stranger):
    page = stranger.get(
        "/simulate/interest", **INTEREST | {"balance": "１００，０００円", "from": "２０２７年１２月２１日"}
    )
    assert page.data("interest") == 984
    assert "全角を半角に直しました（100,000円）" in page.text
    assert page.find("//input[@name='balance']/@value") == ["１００，０００円"]


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"balance": "999"}, "balance", "1,000円から8,000,000円まで"),
        ({"balance": "-5"}, "balance", "1,000円から8,000,000円まで"),
        ({"balance": "10_000"}, "balance", "数字で入れて"),
        ({"balance": "1000.5"}, "balance", "1円単位"),
        ({"balance": "²000"}, "balance", "数字で入れて"),
        ({"balance": "9" * 5000}, "balance", "1,000円から8,000,000円まで"),
        ({"balance": ""}, "balance", "残高を入れてください"),
        ({"rate": "20.01"}, "rate", "0.1%から20.0%まで"),
        ({"rate": "NaN"}, "rate", "数字で入れて"),
        ({"rate": "17.855"}, "rate", "小数第2位まで"),
        ({"from": "2027-02-31"}, "from", "暦にない日付"),
        ({"from": "2027-12"}, "from", "年・月・日をすべて"),
        ({"to": "明日"}, "to", "日付で入れて"),
        ({"to": "2027-12-20"}, "to", "同じ日か、あとの日"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_kept(stranger, wrong, field, words):
    page = stranger.get("/simulate/interest", **INTEREST | wrong)
    assert page.status == 422
    assert words in page.error_of(field)
    assert page.find(f"//input[@name='{field}']/@value") == [wrong[field]]


def test_a_level_payment_lets_the_last_one_take_the_rest(stranger):
    page = stranger.get("/simulate/repayment", **PLAN)
    found = {name: page.data(name) for name in ("payment", "payments", "interest", "total", "principal")}
    assert found == {
        "payment": 10815,
        "payments": 36,
        "interest": 89345,
        "total": 389345,
        "principal": 300000,
    }
    assert len(page.find("//tbody/tr")) == 36
    assert page.find("//*[local-name()='svg'][@role='img']/@aria-label")


def test_a_fixed_payment_tells_how_many(stranger):
    page = stranger.get(
        "/simulate/repayment", kind="months", principal="254928", rate="17.8", payment="10000"
    )
    assert (page.data("payments"), page.data("interest"), page.data("payment")) == (33, 67690, 10000)


def test_the_largest_loan_for_a_payment_is_found(stranger):
    page = stranger.get("/simulate/repayment", kind="principal", rate="15", payment="10000", months="36")
    again = stranger.get(
        "/simulate/repayment", kind="payment", rate="15", principal=str(page.data("principal")), months="36"
    )
    assert again.data("payment") <= 10000


def test_real_days_are_named_in_the_schedule(stranger):
    page = stranger.get(
        "/simulate/repayment", **PLAN | {"convention": "exact", "start": "2026-01-31", "months": "2"}
    )
    assert page.find("//tbody//time/@datetime") == ["2026-02-28", "2026-03-31"]


def test_a_payment_that_never_repays_names_one_that_does(stranger):
    page = stranger.get("/simulate/repayment", kind="months", principal="300000", rate="17.8", payment="100")
    assert page.status == 422
    smallest = "".join(filter(str.isdigit, page.error_of("payment").split("毎月")[1].split("円")[0]))
    works = {"kind": "months", "principal": "300000", "rate": "17.8"}
    assert stranger.get("/simulate/repayment", **works, payment=smallest).status == 200
    assert stranger.get("/simulate/repayment", **works, payment=str(int(smallest) - 1)).status == 422


def test_a_field_that_the_kind_does_not_use_cannot_be_wrong(stranger):
    assert (
        stranger.get("/simulate/repayment", **PLAN | {"payment": "１００", "start": "いつか"}).status == 200
    )


@pytest.mark.parametrize(
    "wrong", [{"kind": "x"}, {"kind": "rate"}, {"convention": "week"}, {"months": "121"}]
)
def test_an_unknown_choice_is_told_and_not_guessed(stranger, wrong):
    page = stranger.get("/simulate/repayment", **PLAN | wrong)
    assert page.status == 422
    assert page.error_of(next(iter(wrong)))


def test_a_rate_above_the_legal_cap_is_computed_and_said(stranger):
    page = stranger.get("/simulate/repayment", **PLAN | {"rate": "20"})
    assert page.data("payment") > 0
    assert "法律の上限（年18.0%）より高い" in page.text


def test_typing_asks_for_the_result_alone(stranger):
    part = stranger.part("/simulate/repayment?kind=months&principal=x")
    assert part.status == 422
    assert len(part.find("//*[@id='result']")) == 1
    assert part.find("//main//@data-hx-select") == ["#result"]
