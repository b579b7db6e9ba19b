"""/settings and the pages of address, phone and work: what stands, what is asked, what is kept and told."""

import pytest

from madoguchi.services import details
from madoguchi.services.details import Detail
from tests import people
from tests.support.mailbox import letters
from tests.support.members import signed_in, statements
from tests.support.settings import lines, passed, sent, stepped

PAGES = (
    "/settings/address",
    "/settings/phone",
    "/settings/email",
    "/settings/employer",
    "/settings/bank-account",
)
MOVED = {"postcode": "１６０−００２２", "street": "1-2-3 まどぐちハイツ101"}
TOWN = "東京都新宿区新宿"


@pytest.fixture
def hanako(plain_office):
    """佐藤 花子."""
    return people.hanako(plain_office)


@pytest.fixture
def member(plain_office, hanako):
    """Her browser."""
    return signed_in(plain_office, hanako)


def test_the_hub_names_what_is_on_file_and_leads_to_each_page_that_exists(member):
    seen = member.get("/settings")
    for words in ("東京都千代田区架空町1-2-3", "末尾0019", "h…@example.jp", "年収420万円", "みずほ銀行"):
        assert words in seen.text
    links = seen.find("//main//a/@href")
    assert set(PAGES) < set(links)
    assert {"/settings/security", "/settings/security/second-step"} < set(links)


def test_the_menu_and_the_note_of_bounced_mail_lead_here(member, plain_office):
    assert "/settings" in member.get("/home").find("//footer//a/@href")
    with plain_office.store.transaction():
        plain_office.store.write("UPDATE member SET email_bounced_at = 1")
    assert "/settings/email" in member.get("/settings/security").find("//main//a/@href")


def test_an_address_that_waits_is_told_on_the_hub(member, plain_office):
    member.get("/settings/email")
    member.submit("/settings/email", email="new@example.com")
    passed(member, plain_office)
    assert "new@example.com にお送りしたリンクを開くと" in member.get("/settings").text


@pytest.mark.parametrize("path", ["/settings", *PAGES])
def test_each_page_asks_the_books_at_most_eight_times_however_long_the_history_is(
    member, plain_office, hanako, path
):
    counts = []
    for number in range(12):
        details.change(plain_office, hanako.member_id, Detail.PHONE, {"phone": f"090-0000-{number:04}"})
        if number in (1, 11):
            with statements(plain_office.store) as asked:
                member.client.get(path)
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_the_towns_of_a_postcode_come_by_a_button_and_as_a_part(member):
    member.get("/settings/address")
    page = sent(member, "/settings/address/towns", **MOVED)
    assert page.find("//input[@name='town']/@value") == [TOWN, ""]
    assert page.find("//input[@name='town'][@checked]/@value") == [TOWN]
    assert page.find("//input[@name='street']/@value") == [MOVED["street"]]


def test_of_several_towns_none_is_picked_beforehand(member):
    member.get("/settings/address")
    page = sent(member, "/settings/address/towns", postcode="4980000")
    assert page.find("//input[@name='town']/@value") == ["愛知県弥富市", "三重県桑名郡木曽岬町", ""]
    assert page.find("//input[@name='town'][@checked]") == []


def test_a_change_of_address_asks_the_second_step_and_is_kept_and_told(member, plain_office):
    member.get("/settings/address")
    sent(member, "/settings/address/towns", **MOVED)
    member.submit("/settings/address", town=TOWN, **MOVED)
    page = passed(member, plain_office)
    assert "ご住所を変えました" in page.text
    assert "〒160-0022 東京都新宿区新宿1-2-3 まどぐちハイツ101" in page.text
    (line,) = lines(page)
    assert "11月20日 10:00" in line
    assert "東京都千代田区架空町1-2-3" in line
    assert letters(plain_office, "address_changed")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"postcode": "12"}, "postcode", "7桁の数字"),
        ({"street": ""}, "street", "番地・建物名・部屋番号を入れてください"),
        ({"street": "あ" * 101}, "street", "100文字まで"),
        ({}, "other", "町名を選ぶか、ここに入れてください"),
        ({"town": "北海道札幌市"}, "other", "町名を選ぶか、ここに入れてください"),
        ({"postcode": "999-9999"}, "other", "町名が見つかりません"),
        ({"town": TOWN, "other": "東京都"}, "other", "「この中にありません」を選んで"),
    ],
)
def test_what_is_wrong_with_an_address_is_told_beside_its_field(member, plain_office, typed, field, words):
    stepped(member, plain_office)
    member.get("/settings/address")
    page = member.post("/settings/address", **MOVED | typed)
    assert page.status == 422
    assert words in page.error_of(field)
    assert letters(plain_office, "address_changed") == []


def test_an_address_that_the_list_does_not_know_is_typed(member, plain_office):
    stepped(member, plain_office)
    member.get("/settings/address")
    member.post("/settings/address", postcode="9999999", town="", other="東京都架空区窓口町", street="1-1")
    assert "〒999-9999 東京都架空区窓口町1-1" in member.get("/settings/address").text


def test_what_stands_already_is_told_as_the_same_and_sends_no_letter(member, plain_office):
    stepped(member, plain_office)
    member.get("/settings/phone")
    page = member.submit("/settings/phone", phone="０９０−００００−００１９")
    assert "いまのご登録と同じです" in page.text
    assert letters(plain_office, "phone_changed") == []


def test_a_phone_changes_after_the_second_step(member, plain_office):
    member.get("/settings/phone")
    member.submit("/settings/phone", phone="０９０ １１１１ ２２２２")
    page = passed(member, plain_office)
    assert "090-1111-2222" in page.text
    assert letters(plain_office, "phone_changed")[0]["to"] == "hanako@example.jp"
    assert len(lines(page)) == 1


def test_an_error_in_a_phone_keeps_what_was_typed(member, plain_office):
    stepped(member, plain_office)
    member.get("/settings/phone")
    page = member.submit("/settings/phone", phone="0120-000-000")
    assert (page.status, page.title[:4]) == (422, "エラー：")
    assert page.find("//input[@name='phone']/@value") == ["0120-000-000"]


def test_work_is_prefilled_and_changes_without_a_second_step(member):
    seen = member.get("/settings/employer")
    assert seen.find("//input[@name='income']/@value") == ["4200000"]
    page = member.submit("/settings/employer", employer="", income="たくさん")
    assert (page.status, page.path) == (422, "/settings/employer")
    assert "数字で" in page.error_of("income")


def test_a_stated_income_stands_on_the_page_as_stated(member, plain_office):
    member.get("/settings/employer")
    page = member.submit("/settings/employer", employer="窓口商店", income="９，０００，０００")
    assert "架空商事株式会社 年収420万円" in lines(page)[0]
    assert "窓口商店 年収900万円" in lines(page)[0]
    assert "書類では確かめていません" in page.text
    assert letters(plain_office, "work_changed")
    assert plain_office.store.one("SELECT annual_income FROM member") == (4_200_000,)


def test_what_the_desk_changed_is_told_as_the_desk_s(member, plain_office, hanako):
    details.change(plain_office, hanako.member_id, Detail.PHONE, {"phone": "090-0000-1111"}, by_whom="desk1")
    page = member.get("/settings/phone")
    assert "窓口の係員" in lines(page)[0]
    assert "desk1" not in page.text


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/settings/employer"])
def test_who_could_pass_no_second_step_is_told_to_call_before_typing(member, plain_office, path):
    with plain_office.store.transaction():
        plain_office.store.write("UPDATE member SET email = '', phone = ''")
    seen = member.get(path)
    assert "お電話でお手続きください" in seen.text
    assert "0120" in seen.text
    assert not seen.find(f"//main//form[@action='{path}']")


def test_settings_are_open_in_every_state_that_can_sign_in(plain_office):
    for who in (people.sho(plain_office), people.yui(plain_office)):
        member = signed_in(plain_office, who)
        assert [member.get(path).status for path in ("/settings", *PAGES)] == [200] * 6


@pytest.mark.parametrize(
    "path", ["/settings/address/towns", "/settings/email/link", "/settings/bank-account/confirm"]
)
def test_a_reload_leads_back_to_the_form(member, path):
    assert member.get(path).path == path.rpartition("/")[0]


def test_an_address_in_another_prefecture_than_its_postcode_is_warned_of_and_not_refused(
    member, plain_office
):
    stepped(member, plain_office)
    typed = {"postcode": "160-0022", "town": "", "other": "北海道札幌市中央区", "street": "1-1"}
    member.get("/settings/address")
    page = member.post("/settings/address", **typed)
    assert "東京都新宿区新宿の郵便番号です" in page.error_of("other")
    member.submit("/settings/address", sure=True)
    assert "〒160-0022 北海道札幌市中央区1-1" in member.get("/settings/address").text


@pytest.mark.parametrize("typed", ["420万円", "４２０万", "420 万円", "4,200,000円"])
def test_an_income_is_understood_in_man(member, typed):
    member.get("/settings/employer")
    member.submit("/settings/employer", employer="窓口商店", income=typed)
    assert "窓口商店 年収420万円" in member.get("/settings").text
