"""/history: pages, filters, sums, the export, one entry, and every wrong way to ask."""

import csv
import io
from datetime import timedelta

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.services import cast
from madoguchi.web.exports import safe
from tests import people
from tests.support.members import signed_in, statements, told


@pytest.fixture
def hanako(plain_office):
    """Hanako, signed in: 19 entries, which stand on one page."""
    return signed_in(plain_office, people.hanako(plain_office))


@pytest.fixture
def ken(plain_office):
    """Ken, signed in: 70 entries, which take three pages."""
    return signed_in(plain_office, people.ken(plain_office, entries=70))


def test_filters_stand_in_the_address_and_in_every_link(ken):
    ken.get("/history")
    page = ken.submit("/history", kind="repayment", min="５，０００")
    assert set(page.find("//tbody[@id='rows']//td[@data-label='種類']/text()")) <= REPAYMENTS
    links = [*page.find("//tbody[@id='rows']//a/@href"), *page.find("//a[contains(@href, 'csv')]/@href")]
    assert all(link.endswith("?kind=repayment&min=5000") for link in links)
    assert page.find("//select[@name='kind']/option[@selected]/@value") == ["repayment"]
    assert page.find("//input[@name='min']/@value") == ["５，０００"]
    assert "全角を半角に直しました（5,000円）" in page.text


REPAYMENTS = {f"返済（{way}）" for way in ("ATM", "インターネット", "口座振替", "銀行振込")}


def test_sums_are_over_all_that_the_filter_means_not_over_the_page(ken, plain_office):
    page = ken.get("/history?kind=drawdown")
    exported = table(ken.client.get("/history.csv?kind=drawdown"))
    assert page.find("string(//h2[@id='list'])").endswith(f" {len(exported)}件")
    assert f"{sum(int(row['金額']) for row in exported):,}円" in page.text


def table(response):
    """The rows of an export as dicts."""
    return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"))))


def test_a_long_history_is_summed_as_far_as_it_says_and_wholly_when_asked(plain_office):
    visitor = signed_in(plain_office, people.ken(plain_office, entries=230))
    assert "230件" in visitor.get("/history?min=1").text
    assert "新しい30件を合計しています" in visitor.get("/history").text
    assert "230件" in visitor.follow("全部を合計する").text


def test_the_export_is_exactly_the_filter_with_a_mark_and_a_telling_name(ken):
    response = ken.client.get("/history.csv?kind=repayment&from=2026-06-01")
    rows = table(response)
    assert response.get_data().startswith(b"\xef\xbb\xbf")
    assert response.headers["Content-Disposition"].endswith('"history-100000043-20260601-20261120.csv"')
    assert {row["種類"] for row in rows} <= REPAYMENTS
    assert all(row["取引日"] >= "2026-06-01" for row in rows)
    for row in rows:
        parts = ("うち手数料", "うち遅延損害金", "うち利息", "うち元金", "うち預り金")
        assert int(row["金額"]) == sum(int(row[part]) for part in parts)
    assert [int(row["番号"]) for row in rows] == sorted((int(row["番号"]) for row in rows), reverse=True)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+81", "-5", "@SUM(A1)", "\t=1", "＝１", "＋１", "－１", "＠a", " =1", "　=1"]
)
def test_no_cell_is_a_formula(cell):
    assert safe(cell) == "'" + cell


def test_numbers_and_plain_words_stay_what_they_are():
    assert (safe(-5), safe("返済（ATM）"), safe("")) == (-5, "返済（ATM）", "")


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("from=2026-02-31", "from", "暦にない日付"),
        ("from=1899-12-31", "from", "年は1900から2199まで"),
        ("to=2200-01-01", "to", "年は1900から2199まで"),
        ("from=2026-11", "from", "年・月・日をすべて"),
        ("to=きのう", "to", "日付で入れて"),
        ("from=2026-11-02&to=2026-11-01", "to", "同じ日か、あとの日"),
        ("kind=gift", "kind", "一覧から選んで"),
        ("min=1.5", "min", "1円単位"),
        ("min=千円", "min", "数字で"),
        ("min=-1", "min", "から"),
        ("max=99999999999999999999", "max", "まで"),
        ("min=10000&max=9999", "max", "下限と同じか大きく"),
    ],
)
def test_a_wrong_filter_is_told_beside_its_field_and_at_the_top(hanako, query, field, words):
    page = hanako.get("/history?" + query)
    assert page.status == 422
    assert words in page.error_of(field)
    assert any(words in line for line in page.errors)
    assert hanako.client.get("/history.csv?" + query).status_code == 422


@pytest.mark.parametrize("query", ["colour=red", "sort=amount", "page=2"])
def test_an_unknown_condition_is_named_and_not_ignored(hanako, query):
    page = hanako.get("/history?" + query)
    assert page.status == 422
    assert f"「{query.split('=')[0]}」という条件は" in page.text


@pytest.mark.parametrize("query", ["after=forged", "sum=all", "colour=red"])
def test_the_export_refuses_what_it_does_not_take(hanako, query):
    assert hanako.client.get("/history.csv?" + query).status_code == 422
    name = query.partition("=")[0]
    assert f"「{name}」という条件は" in hanako.client.get("/history.csv?" + query).get_data(as_text=True)


def test_a_strange_way_to_sum_is_refused(hanako):
    page = hanako.get("/history?sum=x")
    assert page.status == 422
    assert "「sum」に入れられるのは「all」だけです" in page.text


def test_of_many_unknown_conditions_five_are_named_and_the_others_counted(hanako):
    page = hanako.get("/history?" + "&".join(f"x{n}=1" for n in range(25)))
    assert [line for line in page.errors if "という条件は" in line][-1].startswith("「x4」")
    assert any("ほか20件も" in line for line in page.errors)
    assert "x5" not in page.find("string(//*[@role='alert'])")


def test_what_was_typed_wrongly_is_kept(hanako):
    page = hanako.get("/history?from=2026-02-31&min=abc")
    assert page.find("//input[@name='from']/@value") == ["2026-02-31"]
    assert page.find("//input[@name='min']/@value") == ["abc"]


def test_the_picture_has_its_numbers_in_a_table_behind_it(hanako):
    page = hanako.get("/history")
    balances = page.find("//tbody[@id='rows']//td[@data-label='残高']/text()")
    behind = page.find("//figure//td[@data-label='残高']/text()")
    assert behind == balances
    highest = max(behind, key=lambda words: int(words[:-1].replace(",", "")))
    assert highest in page.find("//figure/figcaption")[0].xpath("string()")
    assert highest in page.find("//*[local-name()='svg']/@aria-label")[0]


def test_a_long_history_is_drawn_at_the_ends_of_its_months(ken):
    days = ken.get("/history").find("//figure//time/@datetime")
    assert days[0] == "2026-11-20"
    assert "2026-10-31" in days
    assert len(days) <= 24


def test_nothing_yet_and_nothing_found_are_told_apart(plain_office, hanako):
    assert "この条件にあう取引はありません" in hanako.get("/history?min=9000000").text
    fresh = signed_in(plain_office, people.newcomer(plain_office, cast.MISAKI))
    assert "まだ取引はありません" in fresh.get("/history").text
    assert table(fresh.client.get("/history.csv")) == []


def test_the_paper_says_whose_history_it_is_and_which_part(hanako):
    text = (
        hanako.get("/history?from=2026-03-01&to=2026-11-20&kind=repayment")
        .find("//main")[0]
        .xpath("string()")
    )
    assert "佐藤 花子 さん・会員番号 100000019" in text
    assert "2026年3月1日〜2026年11月20日・返済" in text


@pytest.mark.parametrize(
    "query", ["", "?pages=3", "?kind=repayment", "?from=2026-06-01&to=2026-10-31", "?sum=all", "?min=9000000"]
)
def test_a_history_page_costs_three_statements_at_most(plain_office, ken, query):
    with statements(plain_office.store) as asked:
        ken.client.get("/history" + query)
    assert len(asked) <= 3


def test_a_short_history_costs_two_statements_and_an_entry_at_most_four(plain_office, hanako):
    with statements(plain_office.store) as asked:
        hanako.client.get("/history")
    assert len(asked) == 2
    with statements(plain_office.store) as asked:
        hanako.client.get("/history/19")
    assert len(asked) <= 4


def test_a_drawdown_valued_tomorrow_is_in_the_history_today(plain_office):
    def story(life):
        life.open(10)
        life.go(life.today, 9)
        life.draw_on(life.today + timedelta(days=4), 30_000, Channel.TRANSFER)

    page = signed_in(plain_office, told(plain_office, story)).get("/history")
    assert page.find("//tbody[@id='rows']//time/@datetime") == ["2026-11-24"]
