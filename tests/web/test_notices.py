"""/notices for everybody, with what is new and what earns points for members."""

from datetime import timedelta

import pytest

from madoguchi.services import notices, points
from tests import people
from tests.support.members import signed_in, statements
from tests.support.points import join, notice


@pytest.fixture
def hanako(plain_office):
    """花子 in her first days."""
    return people.newcomer(plain_office, people.cast.HANAKO)


def test_nothing_published_is_said_in_words(stranger):
    assert "いまお伝えするお知らせはありません" in stranger.get("/notices").text
    assert not stranger.get("/login").find("//section[@aria-labelledby='news']")


def test_everybody_reads_a_notice_the_newest_of_which_stand_at_sign_in(plain_office, stranger):
    for n in range(4):
        notice(plain_office, f"{n}番のお知らせ")
    links = stranger.get("/login").find("//section[@aria-labelledby='news']//a")
    assert [link.text for link in links] == [f"{n}番のお知らせ" for n in (3, 2, 1)]
    stranger.get("/notices")
    assert "未読" not in stranger.text
    stranger.get("/notices/1")
    assert stranger.heading == "0番のお知らせ"
    words = [" ".join(p.itertext()) for p in stranger.find("//article/p")]
    assert words[1:] == ["お休みします。", "ネットは使えます。"]


def test_what_is_published_or_withdrawn_shows_at_sign_in_within_a_minute(plain_office, stranger):
    stranger.get("/login")
    number = notice(plain_office)
    plain_office.clock.move(timedelta(seconds=20))
    assert "年末年始の電話" in stranger.get("/login").text
    notices.withdraw(plain_office, number, "広報")
    plain_office.clock.move(timedelta(seconds=20))
    assert "年末年始の電話" not in stranger.get("/login").text


def test_what_is_typed_as_markup_stays_text(plain_office, stranger):
    notice(plain_office, "<b>太字</b>", body="<script>x</script>\n\n二")
    seen = stranger.get("/notices/1")
    assert seen.heading == "<b>太字</b>"
    assert not seen.find("//article//script")


def test_what_is_over_or_withdrawn_says_so_and_what_never_was_is_not_found(plain_office, stranger):
    notice(plain_office, days=1)
    notices.withdraw(plain_office, notice(plain_office), "広報")
    plain_office.clock.move(timedelta(days=2))
    for number in (1, 2):
        assert (stranger.get(f"/notices/{number}").status, "掲載していません" in stranger.text) == (410, True)
    for number in ("3", "9" * 30):
        assert stranger.get(f"/notices/{number}").status == 404


def test_more_notices_than_a_page_holds_are_found_behind_a_link(plain_office, stranger):
    for n in range(23):
        notice(plain_office, f"{n}番")
    stranger.get("/notices")
    stranger.follow("もっと見る")
    assert len(stranger.find("//main//ul/li")) == 3
    stranger.follow("新しいお知らせに戻る")
    assert len(stranger.find("//main//ul/li")) == 20


@pytest.mark.parametrize(
    "before", ["x", "20261320-1", "20261120", "２０２６１１２０-1", "20261120-" + "9" * 30]
)
def test_a_place_that_is_none_is_not_found(stranger, before):
    assert stranger.get("/notices", before=before).status == 404


def test_members_see_what_is_new_until_they_open_it(plain_office, hanako):
    notice(plain_office)
    visitor = signed_in(plain_office, hanako)
    assert "未読" in visitor.get("/notices").text
    visitor.get("/notices/1")
    assert "未読" not in visitor.get("/notices").text


def test_points_come_with_a_press_of_the_button_and_once(plain_office, hanako):
    join(plain_office, hanako)
    notice(plain_office, points=20)
    visitor = signed_in(plain_office, hanako)
    before = points.balance(plain_office, hanako.member_id)
    first = visitor.get("/notices/1")
    assert points.balance(plain_office, hanako.member_id) == before
    for _ in range(2):
        visitor.page = first
        visitor.submit("/notices/1")
    assert points.balance(plain_office, hanako.member_id) == before + 20
    assert "受け取り済みです" in visitor.get("/notices/1").text
    assert not visitor.find("//form[@action='/notices/1']")


def test_the_press_is_answered_with_how_many_came(plain_office, hanako):
    join(plain_office, hanako)
    notice(plain_office, points=20)
    visitor = signed_in(plain_office, hanako)
    visitor.get("/notices/1")
    visitor.submit("/notices/1")
    assert "20ポイントを受け取りました" in visitor.text


def test_who_takes_no_part_and_who_is_not_signed_in_are_told_how(plain_office, hanako, stranger):
    notice(plain_office, points=20)
    visitor = signed_in(plain_office, hanako)
    assert "ポイントサービスに参加する" in visitor.get("/notices/1").text
    assert visitor.post("/notices/1").headers["Location"] == "/points"
    assert "ログインして読む" in stranger.get("/notices/1").text


def test_a_press_on_a_notice_that_is_gone_says_so(plain_office, hanako):
    join(plain_office, hanako)
    notice(plain_office, points=20)
    visitor = signed_in(plain_office, hanako)
    visitor.get("/notices/1")
    notices.withdraw(plain_office, 1, "広報")
    visitor.submit("/notices/1")
    assert visitor.status == 410
    assert visitor.post("/notices/" + "9" * 30).status == 404


def test_notices_cost_few_statements_that_grow_with_nothing(plain_office, hanako, stranger):
    for n in range(30):
        notice(plain_office, f"{n}番", points=5)
    visitor = signed_in(plain_office, hanako)
    for who, path, most in ((visitor, "/notices", 2), (visitor, "/notices/1", 5), (stranger, "/login", 3)):
        with statements(plain_office.store) as asked:
            who.client.get(path)
        assert len(asked) <= most, (path, asked)
