"""/home in every state: how much, until when, and what is wrong."""

from datetime import timedelta

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.domain.ledger import EntryKind
from madoguchi.services import cast, letters
from tests import people
from tests.support.members import signed_in, statements, told
from tests.support.money import DAY, pay, rows


def home_of(office, who):
    """The home page as this member sees it."""
    return signed_in(office, who).get("/home")


def test_in_order_it_says_when_how_much_and_how_much_all(plain_office):
    home = home_of(plain_office, people.hanako(plain_office))
    assert "次のご返済は、あと5日の11月25日（水）です" in home.text
    assert home.data("payoff") == home.data("balance") + home.data("interest")
    assert home.data("available") == home.data("limit") - home.data("balance")
    assert home.data("minimum") == 9_000


def test_overdue_it_says_what_to_pay_today_and_where_to_talk(plain_office):
    home = home_of(plain_office, people.misaki(plain_office))
    assert "11月5日（木）のご返済を、まだ確認できていません" in home.text
    assert "遅延損害金（15日分）" in home.text
    assert "B-03" in home.text
    assert "お支払いが難しいとき" in home.text
    assert home.data("available") == 0
    assert home.data("payoff") == home.data("balance") + home.data("interest") + home.data("damages")
    today = int(home.find("//p[@class='amount']/data/@value")[0])
    assert today == home.data("minimum") + home.data("damages")


def test_damages_are_told_with_the_days_that_the_sum_covers_and_not_with_those_paid(plain_office):
    misaki = people.misaki(plain_office)
    pay(plain_office, misaki, 1_000)
    home = home_of(plain_office, misaki)
    assert "日分）" not in home.text
    assert "返済の遅れ 15日" in home.text
    pay(plain_office, misaki, home.data("damages") + 500, "p2")
    plain_office.clock.move(timedelta(days=4))
    home = home_of(plain_office, misaki)
    assert "遅延損害金（4日分）" in home.text
    assert "返済の遅れ 19日" in home.text


def test_due_dates_of_another_year_are_told_with_it(plain_office):
    misaki = people.misaki(plain_office)
    plain_office.clock.move(timedelta(days=65))
    home = home_of(plain_office, misaki)
    assert "2026年11月5日・2026年12月7日・1月5日分のご返済" in home.text
    assert "2026年11月5日（木）のご返済を、まだ確認できていません" in home.text


def test_a_new_member_owes_nothing_and_reads_of_the_free_days(plain_office):
    home = home_of(plain_office, people.newcomer(plain_office, cast.HANAKO))
    assert "まだお借り入れはありません" in home.text
    assert "30日間は、利息がかかりません" in home.text
    assert (home.data("balance"), home.data("available")) == (0, 500_000)


def test_a_remainder_has_no_due_date_and_can_be_paid_any_day(plain_office):
    home = home_of(plain_office, people.daisuke(plain_office))
    assert "ご返済日もありません" in home.text
    assert (home.data("balance"), home.data("payoff")) == (640, 640)


@pytest.mark.parametrize(
    ("key", "due"),
    [("hanako", True), ("ichiro", False), ("misaki", True), ("ken", True), ("yui", True), ("daisuke", False)],
)
def test_each_headline_figure_stands_once_for_everybody(plain_office, key, due):
    names = home_of(plain_office, getattr(people, key)(plain_office)).find("//@data-name")
    assert {"balance", "available", "limit", "interest"} <= set(names)
    assert ("minimum" in names) is due
    assert len(names) == len(set(names))


def test_paid_in_full_owes_no_interest_and_the_page_says_so(plain_office):
    who = told(
        plain_office, lambda life: (life.open(60), life.draw(50, 10_000), life.pay(40, 10_000, Channel.ATM))
    )
    assert home_of(plain_office, who).data("interest") == 0


def test_paid_in_full_keeps_what_was_paid_too_much(plain_office):
    def story(life):
        life.open(60)
        life.draw(50, 10_000)
        life.pay(40, 12_000, Channel.INTERNET)

    home = home_of(plain_office, told(plain_office, story))
    assert "すべて返し終えています" in home.text
    assert "お預かりしているお金2,000円" in home.text
    assert "いまはご返済日がないので、このままお預かりしています" in home.text
    assert "次のご返済日に、ご返済にあてます" not in home.text


def test_what_was_paid_too_much_goes_to_a_due_date_that_runs(plain_office):
    def story(life):
        life.open(60)
        life.draw(58, 5_000)
        life.pay(57, 10_000, Channel.INTERNET)
        life.draw(1, 20_000)

    assert "次のご返済日に、ご返済にあてます" in home_of(plain_office, told(plain_office, story)).text


@pytest.mark.parametrize(
    ("waited", "words"), [(4, "あと1日"), (4, "明日 11月25日"), (5, "今日 11月25日"), (5, "今日じゅうに")]
)
def test_the_last_days_before_a_due_date_have_names(plain_office, waited, words):
    who = people.hanako(plain_office)
    plain_office.clock.move(timedelta(days=waited))
    assert (words in home_of(plain_office, who).text) is (words != "あと1日")


def test_a_due_date_that_is_met_already_gives_way_to_the_next(plain_office):
    who = told(
        plain_office, lambda life: (life.open(60), life.draw(58, 50_000), life.pay(1, 9_000, Channel.ATM))
    )
    home = home_of(plain_office, who)
    assert "11月25日（水）の分は、もうお支払いいただいています" in home.text
    assert "次のご返済は、あと35日の12月25日（金）です" in home.text


def test_interest_free_days_are_told_with_their_end(plain_office):
    who = told(plain_office, lambda life: (life.open(11), life.draw(10, 50_000)))
    home = home_of(plain_office, who)
    assert "無利息期間2026年12月10日（木）まで" in home.text
    assert home.data("interest") == 0


def test_suspended_it_says_so_and_lends_nothing(plain_office):
    home = home_of(plain_office, people.yui(plain_office))
    assert "見合わせています" in home.text
    assert "B-02" in home.text
    assert home.data("available") == 0


@pytest.mark.parametrize("persona", [people.hanako, people.sho], ids=["active", "closed"])
def test_mail_that_came_back_is_told_with_what_it_means_and_what_to_do(plain_office, persona):
    member = signed_in(plain_office, persona(plain_office))
    assert "メールが届いていません" not in member.get("/home").text
    for address in (cast.HANAKO.member.email, cast.SHO.member.email):
        letters.bounced(plain_office, address)
    for path in ("/home", "/settings/security"):
        page = member.get(path)
        assert "メールが届いていません" in page.text
        assert "11月20日 10:00 に、お送りしたメールが宛先不明で戻ってきました" in page.text
        assert plain_office.rules.phone.number in page.text


def test_overdue_since_last_night_is_known_before_the_daily_round(plain_office):
    who = told(plain_office, lambda life: (life.open(20), life.draw(18, 50_000)))
    plain_office.clock.move(timedelta(days=6))
    home = home_of(plain_office, who)
    assert "返済の遅れ 1日" in home.text
    assert "B-03" in home.text


def test_money_kept_here_meets_a_due_date_before_anyone_is_called_overdue(plain_office):
    def story(life):
        life.open(60)
        life.draw(58, 5_000)
        life.pay(57, 55_000, Channel.INTERNET)
        life.draw(56, 20_000)

    who = told(plain_office, story)
    plain_office.clock.move(timedelta(days=30))
    assert "返済の遅れ" not in home_of(plain_office, who).text


def test_of_a_closed_contract_only_the_end_and_the_documents_are_told(plain_office):
    closed = signed_in(plain_office, people.sho(plain_office))
    assert "ご契約は2026年10月21日（水）に終了しています" in closed.get("/home").text
    for address in ("/history", "/history.csv", "/interest", "/history/1"):
        assert closed.client.get(address).status_code == 403
        assert "S-01" in closed.client.get(address).get_data(as_text=True)


def test_a_closed_contract_leads_to_its_papers(plain_office):
    closed = signed_in(plain_office, people.sho(plain_office))
    papers = closed.get("/home").find("//section[@aria-labelledby='papers']//a/@href")
    assert papers
    assert all(closed.get(address).status == 200 for address in papers)
    assert closed.page.heading.startswith("お借り入れの内容")  # the oldest of them


def test_of_papers_that_were_corrected_only_those_that_count_are_listed(plain_office):
    sho = people.sho(plain_office)
    payment = next(row for row in rows(plain_office, sho) if row.kind is EntryKind.REPAYMENT)
    pay(plain_office, sho, 1_000, "late", payment.value_date - DAY)
    found = signed_in(plain_office, sho).get("/home").find("//section[@aria-labelledby='papers']//a/@href")
    assert f"/repay/{payment.seq}" not in found
    assert any(
        row.replaces == payment.seq and f"/repay/{row.seq}" in found for row in rows(plain_office, sho)
    )


def test_what_is_refused_to_a_closed_contract_is_not_offered_beside_the_refusal(plain_office):
    closed = signed_in(plain_office, people.sho(plain_office))
    for address in ("/repay", "/history"):
        page = closed.get(address)
        assert page.status == 403
        ways = page.find("//section[@aria-labelledby='ways']//a[starts-with(@href, '/')]/@href")
        assert "/home" in ways
        assert all(closed.get(way).status == 200 for way in ways)
        assert not [way for way in ways if way.startswith("/repay")]


def test_a_home_page_costs_two_statements(plain_office):
    visitor = signed_in(plain_office, people.hanako(plain_office))
    with statements(plain_office.store) as asked:
        visitor.client.get("/home")
    assert len(asked) == 2


def test_no_link_leads_to_a_page_that_does_not_exist(plain_office):
    for make in (people.hanako, people.misaki, people.daisuke, people.sho):
        visitor = signed_in(plain_office, make(plain_office))
        for link in set(visitor.get("/home").find("//main//a/@href")):
            assert link.startswith("tel:") or visitor.client.get(link).status_code == 200, link


def test_the_state_of_another_cannot_be_seen_through_it(plain_office):
    people.misaki(plain_office)
    assert "高橋" not in home_of(plain_office, people.hanako(plain_office)).text
