"""/card: held, released, lost; and /misuse/transactions with the paper for the police."""

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.services import cases, cast
from tests import people
from tests.support.members import signed_in, statements, told

HANAKO = cast.HANAKO


@pytest.fixture
def hanako(plain_office):
    """Hanako with three drawdowns and a payment."""
    return told(plain_office, _life)


def _life(life):
    life.open(40)
    for back, amount in ((38, 20_000), (20, 30_000), (2, 5_000)):
        life.draw(back, amount, Channel.ATM)
    life.pay(1, 9_000, Channel.ATM)


@pytest.fixture
def member(plain_office, hanako):
    return signed_in(plain_office, hanako)


def test_one_press_holds_and_one_releases(member):
    assert "カードは、お使いいただけます" in member.get("/card").text
    assert "カードを止めました" in member.submit("/card/hold").text
    assert "/card" in member.get("/home").find("//main//a/@href")
    member.get("/card")
    assert "カードの利用を再開しました" in member.submit("/card/release").text
    assert "カードは、お使いいただけます" in member.get("/card").text


def test_the_menu_leads_to_it(member):
    assert "/card" in member.get("/home").find("//footer//a/@href")


def test_lost_wants_a_tick_and_is_final(member):
    member.get("/card/lost")
    page = member.submit("/card/lost")
    assert (page.status, page.error_of("sure")) == (422, "届け出るときは、ここに印を付けてください")
    page = member.submit("/card/lost", sure=True)
    assert "紛失の届け出を受け付けました" in page.text
    assert not page.find("//form[@action='/card/hold' or @action='/card/release']")
    assert "もう止めたり再開したりできません" in _posted(member, "/card/hold").text


def _posted(member, address):
    """What a form that is no longer there would say."""
    answer = member.post(address)
    return member.get(answer.headers["Location"].partition("?")[0], refused="not-possible")


def test_the_number_of_the_police_is_kept(member, plain_office):
    member.get("/card/lost")
    member.submit("/card/lost", sure=True)
    assert member.submit("/card/police").status == 422
    page = member.submit("/card/police", police_number="第１２３号")
    assert "受理番号を控えました" in page.text
    assert plain_office.store.one("SELECT text FROM case_note") == ("警察の受理番号：第１２３号",)


def test_the_number_of_the_police_is_read_back_and_never_cut(member, plain_office):
    member.get("/card/lost")
    member.submit("/card/lost", sure=True)
    page = member.submit("/card/police", police_number="9" * 41)
    assert (page.status, page.error_of("police_number")) == (
        422,
        "警察の受理番号は40文字までで入れてください（いま41文字）",
    )
    assert plain_office.store.one("SELECT COUNT(*) FROM case_note") == (0,)
    member.submit("/card/police", police_number="第123号")
    assert "控えてある番号は 第123号 です" in member.get("/card").text
    member.submit("/card/police", police_number="第123号")
    member.submit("/card/police", police_number="第124号")
    assert "第124号" in member.get("/card").text
    assert plain_office.store.one("SELECT COUNT(*) FROM case_note") == (2,)


def test_one_truth_about_the_new_card_and_about_a_lost_one(member, plain_office):
    seen = [member.get("/card/lost").text, member.submit("/card/lost", sure=True).text]
    seen += [member.get(address).text for address in ("/home", "/atm")]
    for text in seen:
        assert "窓口でお渡し" in text
        assert "お送りします" not in text
        assert "カードが見つかったとき" not in text
    home = member.get("/home")
    assert "カードの紛失の届け出を受けています" in home.text
    assert {"/applications", "/card"} <= set(home.find("//main//a/@href"))


def test_a_report_of_misuse_is_found_again_while_it_is_looked_into(member, plain_office):
    member.get("/misuse/transactions")
    paper = member.submit("/misuse/transactions", **{"entry-1": True}).path
    for address in ("/home", "/card", "/history/1"):
        assert paper in member.get(address).find("//main//a/@href"), address
    assert "この取引に覚えがない" not in member.get("/history/1").text
    assert "この取引に覚えがない" in member.get("/history/2").text
    assert member.get("/misuse/transactions").text.count("届け出済み") == 1
    with plain_office.store.transaction():
        cases.close_within(plain_office, int(paper.rpartition("/")[2]), "paid back")
    for address in ("/home", "/card"):
        assert paper not in member.get(address).find("//main//a/@href"), address
    page = member.get(paper)
    assert "調べは終わりました" in page.text
    assert not page.find("//main//form")


def test_the_paper_tells_years_and_keeps_the_number_of_the_police(member, plain_office):
    member.get("/misuse/transactions")
    paper = member.submit("/misuse/transactions", **{"entry-1": True}).path
    assert member.text.count("2026年") == 3  # reported, posted, and the day of the entry
    page = member.submit(paper, police_number="第７号")
    assert "受理番号を控えました" in page.text
    assert "第７号" in "".join(member.get(paper).find("//dl")[0].itertext())
    assert member.submit(paper, police_number="").error_of("police_number")
    other = signed_in(plain_office, people.ichiro(plain_office))
    assert other.post(paper, police_number="1").status == 404


def test_a_hold_that_others_set_has_no_button(plain_office):
    sakura = people.sakura(plain_office)
    plain_office.store.peewee.execute_sql("UPDATE web_id SET locked_at = NULL")
    page = signed_in(plain_office, sakura).get("/card")
    assert not page.find("//form[@action='/card/release']")
    assert page.find("//main//a[@href='/login/unlock']")


def test_a_transaction_of_the_history_leads_to_the_report_with_itself_ticked(member):
    member.get("/history/2")
    page = member.follow("この取引に覚えがない")
    assert page.find("//input[@checked]/@name") == ["entry-2"]


def test_a_payment_has_no_such_link(member):
    assert "覚えがない" not in member.get("/history/4").text


def test_what_is_ticked_stops_all_and_is_listed_with_its_sum(member, plain_office):
    member.get("/misuse/transactions")
    page = member.submit("/misuse/transactions", **{"entry-1": True, "entry-3": True})
    assert (page.heading, page.data("total")) == ("覚えのない取引の届け出", 25_000)
    assert len(page.find("//tbody/tr")) == 2
    assert plain_office.store.one("SELECT states FROM contract")[0] == 8 + 32
    assert "カードを止めています" in member.get("/home").text


def test_nothing_ticked_stops_nothing(member, plain_office):
    member.get("/misuse/transactions")
    page = member.submit("/misuse/transactions")
    assert (page.status, page.errors) == (
        422,
        ["まだ何も止めていません", "覚えのない取引に、印を付けてください"],
    )
    assert plain_office.store.one("SELECT states FROM contract")[0] == 0


def test_another_s_paper_and_none_are_not_found(member):
    assert member.get("/misuse/7").status == 404
    assert member.get("/misuse/99999999999999999999").status == 404


def test_who_never_borrowed_reads_that_there_is_nothing_to_choose(plain_office):
    ichiro = people.ichiro(plain_office)
    assert (
        "お金が出た取引は、まだありません" in signed_in(plain_office, ichiro).get("/misuse/transactions").text
    )


def test_the_pages_ask_no_more_than_eight_statements(member, plain_office):
    member.get("/misuse/transactions")
    paper = member.submit("/misuse/transactions", **{"entry-1": True}).path
    member.get("/card/lost")
    member.submit("/card/lost", sure=True)
    public = ("/misuse", "/lost-card")
    for address in ("/card", "/card/lost", "/misuse/transactions", paper, "/history/1", *public):
        with statements(plain_office.store) as asked:
            member.client.get(address)
        assert len(asked) <= 8, (address, asked)


def test_who_has_no_web_id_is_told_to_register_one_first(plain_office):
    page = signed_in(plain_office, people.ichiro(plain_office)).get("/card")
    assert page.find("//main//a[@href='/web-id/register']")


def test_who_has_one_is_not(member):
    assert not member.get("/card").find("//main//a[@href='/web-id/register']")
