"""/applications: what can be asked for, how far it is, and the way of each kind through its pages."""

import pytest

from madoguchi.services import application_review as review
from madoguchi.services.cast import HANAKO
from tests import people
from tests.support import files
from tests.support.applying import CARD, send
from tests.support.debits import facts_of_letters
from tests.support.members import signed_in, statements
from tests.support.money import draw, standing

WISH = {"higher": "６００，０００", "income": "4,200,000", "other_debts": "300000"}


@pytest.fixture
def hanako(plain_office):
    """花子 in her first days: limit 500,000, nothing borrowed."""
    return people.newcomer(plain_office, HANAKO)


@pytest.fixture
def member(plain_office, hanako):
    """Her browser."""
    return signed_in(plain_office, hanako)


def picture(name="payslip.jpg"):
    """A file as a browser sends it."""
    from io import BytesIO

    return BytesIO(files.jpeg()), name


def asked_for_raise(member, **changes):
    """Go from the form to what the law says."""
    member.get("/applications/limit-up")
    return member.submit("/applications/limit-up/confirm", **(WISH | changes))


def test_who_applied_for_nothing_sees_what_can_be_applied_for(member):
    page = member.get("/applications")
    assert "いま手続き中のお申し込みはありません" in page.text
    for words in ("利用限度額を上げる", "下げる", "返済日の変更", "カードの再発行", "借入ストップ"):
        assert words in page.text


def test_a_raise_goes_by_the_calculation_and_a_paper_to_its_own_page(plain_office, member):
    page = asked_for_raise(member)
    for words in ("1,400,000円", "1,100,000円まで", "収入証明書類が必要です"):
        assert words in page.text
    assert member.submit("/applications/limit-up").error_of("documents") != ""
    page = member.submit("/applications/limit-up", forged={"documents": picture()})
    assert page.heading == "利用限度額を上げる：受け付けました"
    assert ("payslip" in page.text, "3営業日以内" in page.text) == (True, True)
    assert "利用限度額を上げる 受け付けました" in member.get("/applications").text


def test_a_raise_below_the_laws_bounds_needs_no_paper(plain_office, member, hanako):
    send_down = member.get("/applications/limit-down/confirm", lower="200000")
    assert send_down.data("limit") == 200_000
    member.submit("/applications/limit-down")
    page = asked_for_raise(member, higher="300000")
    assert "なくてもお申し込みいただけます" in page.text
    assert member.submit("/applications/limit-up").heading == "利用限度額を上げる：受け付けました"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"higher": "500000"}, "higher", "510,000円から"),
        ({"higher": "605000"}, "higher", "1万円単位"),
        ({"higher": "x"}, "higher", "数字で入れて"),
        ({"income": "1500000"}, "higher", "上げることはできません"),
        ({"income": "2500000"}, "higher", "530,000円まで"),
        ({"income": ""}, "income", "入れてください"),
    ],
)
def test_a_wish_that_cannot_be_is_told_beside_its_field(member, changes, field, words):
    page = asked_for_raise(member, **changes)
    assert page.status == 422
    assert words in page.error_of(field)
    assert page.find("//input[@name='higher']/@value")[0] == (WISH | changes)["higher"]


def test_where_the_law_leaves_nothing_no_amount_is_asked_for(member):
    page = asked_for_raise(member, income="4000000", other_debts="1400000")
    told = page.error_of("higher")
    assert ("0円まで" in told, "A-14" in told, "年収が増えたとき" in told) == (False, True, True)


def test_going_back_keeps_what_was_typed(member):
    asked_for_raise(member)
    page = member.submit("/applications/limit-up/draft")
    assert page.find("//input[@name='income']/@value") == ["4200000"]


def test_the_confirm_page_stands_again_after_back_or_a_reload(member):
    member.get("/applications/limit-up")
    where = member.post("/applications/limit-up/confirm", **WISH).headers["Location"]
    assert [member.get(where).heading for _ in range(2)] == ["この内容で申し込みますか"] * 2
    again = member.submit("/applications/limit-up/draft")
    assert (again.path, again.status) == ("/applications/limit-up/draft", 200)
    assert member.get(where).heading == "この内容で申し込みますか"


def test_sending_twice_shows_the_first(plain_office, member):
    asked_for_raise(member)
    form = member.page
    first = member.submit("/applications/limit-up", forged={"documents": picture()}).path
    member.page = form
    assert member.submit("/applications/limit-up", forged={"documents": picture()}).path == first


def test_a_limit_falls_after_one_look_at_what_it_means(plain_office, hanako, member):
    draw(plain_office, hanako, 300_000)
    member.get("/applications/limit-down")
    page = member.submit("/applications/limit-down/confirm", lower="２０００００")
    assert (page.data("limit"), page.data("available")) == (200_000, 0)
    assert "すぐに返していただく必要はありません" in page.text
    form = member.page
    page = member.submit("/applications/limit-down")
    assert "利用限度額が200,000円になりました" in page.text
    member.page = form
    assert member.submit("/applications/limit-down").path == page.path
    assert standing(plain_office, hanako).limit == 200_000


def test_another_due_day_shows_the_next_two_due_dates_before_it_is_sent(plain_office, hanako, member):
    draw(plain_office, hanako, 100_000)
    member.get("/applications/due-day")
    part = member.part("/applications/due-day?due_day=31")
    assert "2027年1月31日" not in part.text
    assert ("2027年2月1日（月）" in part.text, "休みのため、次の営業日" in part.text) == (True, True)
    page = member.get("/applications/due-day", due_day="5")
    shown = ["".join(date.itertext()) for date in page.find("//*[@id='result']//td/strong")]
    page = member.submit("change")
    assert "返済日が毎月5日になります" in page.text
    (letter,) = facts_of_letters(plain_office, "application_approved")
    for day in shown:
        assert (day in page.text, day in letter) == (True, True), day
    assert len(shown) == 2
    assert member.submit(f"{page.path}/withdrawal").heading == "返済日の変更：取り消しました"
    assert standing(plain_office, hanako).pending_due_day is None


def test_who_is_asked_sends_an_answer_with_papers(plain_office, hanako, member):
    number = send(plain_office, hanako, CARD).id
    review.ask_more(plain_office, number, "desk1", "いつから使えませんか。")
    page = member.get(f"/applications/{number}")
    assert ("いつから使えませんか" in page.text, "12月4日" in page.text) == (True, True)
    assert member.submit(f"/applications/{number}/answers").error_of("words") != ""
    page = member.submit(
        f"/applications/{number}/answers", words="昨日からです", forged={"documents": picture()}
    )
    assert (page.heading, "昨日からです" in page.text) == ("カードの再発行：確認しています", True)


def test_taking_back_twice_says_that_it_is_taken_back(member):
    member.get("/applications/reissue")
    page = member.submit("/applications/reissue", reason="worn")
    form = member.page
    member.submit(f"{page.path}/withdrawal")
    member.page = form
    again = member.submit(f"{form.path}/withdrawal")
    assert "取り消しました" in again.heading
    assert "取り消せませんでした" not in again.text
    assert "取り消せませんでした" not in member.get(f"{form.path}?done=decided").text


def test_the_same_answer_twice_is_received_and_another_is_told_as_not_sent(plain_office, hanako, member):
    number = send(plain_office, hanako, CARD).id
    review.ask_more(plain_office, number, "desk1", "いつから使えませんか。")
    form, act = member.get(f"/applications/{number}"), f"/applications/{number}/answers"
    for _ in range(2):
        member.page = form
        page = member.submit(act, words="昨日からです", forged={"documents": picture()})
        assert "お返事を受け取りました" in page.text
    member.page = form
    page = member.submit(act, words="おとといからです")
    assert (page.status, "お返事は送れませんでした" in page.text) == (409, True)
    member.page = form
    page = member.submit(act, words="昨日からです", forged={"documents": picture("other.jpg")})
    assert (page.status, "other.jpg" in page.text) == (409, False)


@pytest.mark.parametrize("kind", ["limit-up", "limit-down", "due-day", "reissue", "closing"])
@pytest.mark.parametrize(("who", "code"), [("misaki", "A-03"), ("yui", "A-02")])
def test_states_refuse_every_kind_with_their_code(plain_office, who, code, kind):
    page = signed_in(plain_office, getattr(people, who)(plain_office)).get(f"/applications/{kind}")
    assert (page.status, code in page.text) == (403, True)


def test_another_members_application_is_a_404(plain_office, member):
    number = send(plain_office, people.ichiro(plain_office), CARD).id
    assert member.get(f"/applications/{number}").status == 404
    for act in ("withdrawal", "answers"):
        member.get("/applications")
        assert member.post(f"/applications/{number}/{act}", words="x").status == 404


def test_the_list_asks_the_books_no_more_than_eight_times(plain_office, hanako, member):
    for _ in range(3):
        number = send(plain_office, hanako, CARD).id
        review.refuse(plain_office, number, "desk1", "できません")
    for path in ("/applications", f"/applications/{number}"):
        with statements(plain_office.store) as asked:
            member.client.get(path)
        assert len(asked) <= 8, (path, asked)


def test_amounts_in_man_are_understood_and_nothing_is_taken_off_as_nothing(member):
    page = asked_for_raise(member, higher="６０万", income="420万円", other_debts="0")
    assert page.data("limit") == 600_000
    assert ("4,200,000円" in page.text, "−0円" in page.text) == (True, False)
    page = asked_for_raise(member, income="たくさん")
    assert "円か万円の数字で入れてください（例 420万円、4,200,000）" in page.error_of("income")
