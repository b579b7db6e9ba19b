"""/points in every state: joining, what can be earned, what is bought, why not, and leaving."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.services import contracts, points, points_page
from tests import people
from tests.support.members import signed_in, statements
from tests.support.points import earn, entries, join, notice, rich, spend

SPEND = "/points/rewards/free-7"


@pytest.fixture
def hanako(plain_office):
    """花子, who takes part since half a year: 334 points."""
    return people.hanako(plain_office)


@pytest.fixture
def member(plain_office, hanako):
    """Her browser; signing in earned 10 points more."""
    return signed_in(plain_office, hanako)


@pytest.fixture
def newcomer(plain_office):
    """花子 in her first days, who takes no part."""
    return people.newcomer(plain_office, people.cast.HANAKO)


def test_who_takes_no_part_reads_what_it_is_and_joins_with_one_press(plain_office, newcomer):
    visitor = signed_in(plain_office, newcomer)
    seen = visitor.get("/points")
    for words in ("参加は無料", "お借り入れの額では、ポイントは増えません", "160", "5〜20", "700"):
        assert words in seen.text
    visitor.submit("/points/membership")
    assert "ポイントサービスに参加しました" in visitor.text
    assert visitor.data("points") == 100


def test_joining_twice_from_an_old_page_joins_once(plain_office, newcomer):
    visitor = signed_in(plain_office, newcomer)
    first = visitor.get("/points")
    for _ in range(2):
        visitor.page = first
        visitor.submit("/points/membership")
    assert visitor.data("points") == 100


@pytest.mark.parametrize(("who", "code"), [("misaki", "A-03"), ("yui", "A-02")])
def test_who_may_not_join_is_told_the_rule_and_has_no_button(plain_office, who, code):
    visitor = signed_in(plain_office, getattr(people, who)(plain_office))
    seen = visitor.get("/points")
    assert code in seen.text
    assert not seen.find("//form[@action='/points/membership']")
    assert visitor.post("/points/membership").status == 403


def test_the_page_says_how_many_how_far_and_what_can_still_come_this_month(plain_office, member):
    notice(plain_office, points=20)
    seen = member.get("/points")
    assert seen.data("points") == 344
    assert "「無利息 15日」まで、あと56ポイントです" in seen.text
    # 20 for the notice and 2 at the month's end by themselves, 1 more with electronic documents
    assert "今月は、あと23ポイントもらえます" in seen.text
    rows = {row[0].text.strip(): row for row in seen.find("//section[@aria-labelledby='earn']//tbody/tr")}
    told = {name: " ".join(row[2].itertext()).split() for name, row in rows.items()}
    assert told["その月の最初のログイン"] == ["受け取り済み"]
    assert told["お知らせを読む"] == ["お知らせを読む"]
    assert told["収入証明書の提出（1年に1回）"][0] == "受け取り済み"
    assert told["ご返済日のお知らせメール"] == ["月末に受け取り"]


def test_every_entry_is_found_page_by_page(plain_office, hanako, member):
    for n in range(25):
        earn(plain_office, hanako, n + 1, f"gift {n}")
    seen = member.get("/points")
    rows = seen.find("//section[@aria-labelledby='entries']//tbody/tr")
    assert len(rows) == points_page.SHOWN
    found = len(rows)
    while member.find("//a[text()='もっと見る']"):
        member.follow("もっと見る")
        found += len(member.find("//section[@aria-labelledby='entries']//tbody/tr"))
    assert found == len(entries(plain_office, hanako))
    assert "新しい履歴に戻る" in member.text


@pytest.mark.parametrize("before", ["0", "x", "-1", "9" * 30, "１"])
def test_a_place_that_is_none_is_not_found(member, before):
    assert member.get("/points", before=before).status == 404


def test_interest_free_days_are_confirmed_bought_and_told_everywhere(plain_office, hanako, member):
    member.get("/points")
    member.follow("無利息 7日と交換する")
    assert "11月21日" in member.text
    assert "11月27日" in member.text
    assert "ポイントは戻りません" in member.text
    member.submit(SPEND)
    assert member.heading == "無利息の日と交換しました"
    assert member.data("points") == 94
    assert "2026年11月21日（土）から2026年11月27日（金）まで" in member.get("/home").text
    plain_office.clock.move(timedelta(days=1))
    assert "2026年11月27日（金）まで" in signed_in(plain_office, hanako).get("/home").text


def test_home_tells_the_end_of_what_runs_with_what_waits_behind_it(plain_office, hanako):
    rich(plain_office, hanako)
    spend(plain_office, hanako, "free-7", "first-form-key-1")
    plain_office.clock.move(timedelta(days=1))
    spend(plain_office, hanako, "free-7", "second-form-key-1")
    assert "2026年12月4日（金）まで" in signed_in(plain_office, hanako).get("/home").text


def test_pressing_twice_buys_once(plain_office, hanako, member):
    first = member.get(SPEND)
    for _ in range(2):
        member.page = first
        member.submit(SPEND)
    assert member.data("points") == 94
    assert [kind for kind, *_ in entries(plain_office, hanako)].count("free_days") == 1


def test_a_form_without_its_key_buys_nothing_and_shows_the_page_again(plain_office, hanako, member):
    member.get(SPEND)
    member.submit(SPEND, forged={"idempotency_key": "x"})
    assert member.status == 422
    assert "まだ交換していません" in " ".join(member.errors)
    assert points.balance(plain_office, hanako.member_id) == 344


def test_the_waiver_shows_at_the_atm(plain_office, hanako, member):
    member.get("/points/rewards/atm")
    member.submit("/points/rewards/atm")
    assert "2026年12月31日（木）まで" in member.text
    assert "無料（12月31日（木）まで）" in member.get("/atm").text
    seen = member.get("/points").text
    assert "2026年12月31日（木）まで無料" in seen
    assert "P-04" in seen


@pytest.mark.parametrize(("who", "code"), [("ichiro", "P-02"), ("daisuke", "P-02"), ("hanako", "P-06")])
def test_what_cannot_be_bought_says_why_and_has_no_button(plain_office, who, code):
    made = getattr(people, who)(plain_office)
    join(plain_office, made)
    visitor = signed_in(plain_office, made)
    assert code in visitor.get("/points").text
    assert not visitor.find("//a[@href='/points/rewards/free-15']")
    refused = visitor.get("/points/rewards/free-15")
    assert (refused.status, code in refused.text) == (403, True)
    assert visitor.follow("ポイントを見る").status == 200


def test_who_takes_no_part_is_told_so_where_points_are_spent(plain_office, newcomer):
    refused = signed_in(plain_office, newcomer).get("/points/rewards/atm")
    assert (refused.status, "P-01" in refused.text) == (403, True)


@pytest.mark.parametrize(("who", "code"), [("misaki", "A-03"), ("yui", "A-02")])
def test_who_may_not_join_is_not_sent_to_join(plain_office, who, code):
    refused = signed_in(plain_office, getattr(people, who)(plain_office)).get("/points/rewards/atm")
    assert (refused.status, code in refused.text, "参加できます" in refused.text) == (403, True, False)


def test_who_left_is_not_promised_the_first_points_again(plain_office, newcomer):
    visitor = signed_in(plain_office, newcomer)
    assert "100ポイントを差し上げます" in visitor.get("/points").text
    visitor.submit("/points/membership")
    visitor.get("/points/leave")
    page = visitor.submit("/points/leave")
    assert "差し上げます" not in page.text
    assert "また参加できます" in page.text


def test_each_way_to_points_leads_to_where_it_is_done(plain_office, newcomer):
    visitor = signed_in(plain_office, newcomer)
    visitor.get("/points")
    links = visitor.submit("/points/membership").find("//section[@aria-labelledby='earn']//a/@href")
    assert {"/applications/limit-up", "/settings/documents"} <= set(links)
    assert all(visitor.get(link).status == 200 for link in links)


def test_who_was_suspended_between_the_pages_buys_nothing(plain_office, hanako, member):
    member.get(SPEND)
    contracts.suspend(plain_office, hanako.contract_id, "調査中", "窓口")
    member.submit(SPEND)
    assert (member.status, "A-02" in member.text) == (403, True)


def test_a_reward_or_a_receipt_that_is_none_is_not_found(plain_office, hanako, member):
    assert member.get("/points/rewards/free-8").status == 404
    assert member.get("/points/spent/1").status == 404
    assert member.get("/points/spent/99").status == 404
    ichiro = rich(plain_office, people.ichiro(plain_office))
    seq = spend(plain_office, ichiro, "atm").entry.seq
    assert member.get(f"/points/spent/{seq}").status == 404


def test_leaving_says_what_is_lost_before_and_after(plain_office, hanako, member):
    member.get("/points")
    member.follow("ポイントサービスを退会する")
    assert member.data("points") == 344
    assert "戻せません" in member.text
    member.submit("/points/leave")
    assert "退会しました" in member.text
    assert points.balance(plain_office, hanako.member_id) is None
    assert member.get("/points/leave").path == "/points"


def test_a_closed_contract_is_told_what_is_left(plain_office):
    assert signed_in(plain_office, people.sho(plain_office)).get("/points").status == 403


def test_the_pages_cost_few_statements_that_grow_with_nothing(plain_office, hanako, member):
    for n in range(30):
        earn(plain_office, hanako, 1, f"gift {n}")
        notice(plain_office, f"{n}番", points=5)
    for path, most in (("/points", 8), (SPEND, 4), ("/points/leave", 2)):
        with statements(plain_office.store) as asked:
            member.client.get(path)
        assert len(asked) <= most, (path, asked)


def test_what_a_lender_gives_no_points_for_is_not_offered(plain_office, hanako):
    meagre = replace(plain_office.rules.points, sign_in=0, electronic=0, joined=0)
    office = replace(plain_office, rules=replace(plain_office.rules, points=meagre))
    member = signed_in(office, hanako)
    assert "書面の電子交付" not in " ".join(
        member.get("/points").find("//section[@aria-labelledby='earn']//th/text()")
    )
    points.leave(office, hanako.member_id)
    assert "書面の電子交付" not in member.get("/points").text
    assert "はじめて参加すると" not in member.text
