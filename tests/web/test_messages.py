"""/messages: writing to the desk, the promise before and after, files, and what only its owner sees."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest

from madoguchi.ports import JAPAN
from madoguchi.services import message_desk, messages
from tests import people
from tests.support import files
from tests.support.members import signed_in, statements


@pytest.fixture
def hanako(plain_office):
    """花子 with her fourteen months."""
    return people.hanako(plain_office)


@pytest.fixture
def member(plain_office, hanako):
    """Her browser."""
    return signed_in(plain_office, hanako)


def written(member, topic="other", **fields):
    """A thread of hers, with her browser before it."""
    member.get(f"/messages/new?topic={topic}")
    return member.submit("/messages/new", message="おたずねします", **fields)


def with_files(member, *sent, text="写真を送ります"):
    """The same with files, as browsers send them."""
    member.get("/messages/new?topic=other")
    form = member.page.form("/messages/new")
    typed = {field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden']")}
    found = {"message": text, "files": [(BytesIO(content), name) for name, content in sent], **typed}
    answer = member.client.post("/messages/new", data=found)
    return member._arrive(answer, "/messages/new", follow=True)


def test_who_has_written_nothing_finds_the_way_to(member):
    assert "まだやり取りはありません" in member.get("/messages").text
    member.follow("新しいメッセージを書く")
    member.follow("そのほか")
    assert member.heading == "そのほかのメッセージ"
    assert "電話がいちばん早く" not in member.text


def test_a_payment_question_shows_the_phone_and_its_state_before_the_form(member, plain_office, hanako):
    seen = member.get("/messages/new?topic=repay").text
    assert seen.index("電話がいちばん早く") < seen.index("担当者への文章")
    assert seen.index("いま受付中です（本日18:00まで）") < seen.index("担当者への文章")
    plain_office.clock.set(datetime(2026, 11, 20, 18, 0, tzinfo=JAPAN))
    later = signed_in(plain_office, hanako).get("/messages/new?topic=repay").text
    assert "いまは受付時間外です" in later


@pytest.mark.parametrize(
    ("moment", "before", "after"),
    [
        ((20, 59), "いまは、担当者が読んでいる時間です", "届いた順に読みます"),
        ((21, 0), "11月24日（火） 9:00から、担当者が届いた順に読みます", "11月24日（火） 9:00から、担当者が"),
    ],
)
def test_the_promise_is_told_before_and_after_sending(plain_office, hanako, moment, before, after):
    plain_office.clock.set(datetime(2026, 11, 20, *moment, tzinfo=JAPAN))
    member = signed_in(plain_office, hanako)
    assert before in member.get("/messages/new?topic=other").text
    written(member)
    assert "お送りしました" in member.text
    assert after in member.text


def test_what_was_sent_keeps_its_promise_when_it_is_looked_at_later(plain_office, hanako):
    plain_office.clock.set(datetime(2026, 11, 20, 20, 59, tzinfo=JAPAN))
    member = signed_in(plain_office, hanako)
    written(member)
    plain_office.clock.move(timedelta(minutes=1))
    seen = member.get("/messages/1").text
    assert "いまは、担当者が読んでいる時間です" not in seen.split("続けて書く")[0]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "メッセージを入れてください"),
        (" \u3000\n", "メッセージを入れてください"),
        ("あ" * 2001, "2,000文字までで入れてください（いま2,001文字）"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_kept(member, typed, words):
    member.get("/messages/new?topic=other")
    member.submit("/messages/new", message=typed)
    assert member.status == 422
    assert words in member.error_of("message")
    assert member.find("//textarea")[0].xpath("string()").strip() == typed.strip()


def test_two_thousand_letters_pass_with_their_line_ends_and_the_page_counts(member):
    member.get("/messages/new?topic=other")
    assert "あと2,000文字" in member.text
    member.submit("/messages/new", message="あ\r\n" * 999 + "いう")
    assert "お送りしました" in member.text


def test_a_double_click_makes_one_thread(member, plain_office, hanako):
    member.get("/messages/new?topic=other")
    form = member.page
    for _ in range(2):
        member.page = form
        member.submit("/messages/new", message="一度だけ")
    assert len(messages.listed(plain_office, hanako.member_id).lines) == 1


def test_an_answer_is_marked_until_it_is_read_and_a_closed_thread_goes_on(member, plain_office):
    written(member)
    assert "返事を待っています" in member.get("/messages").text
    message_desk.answer(plain_office, 1, "desk1", "一行目\n二行目")
    assert "新しい返事" in member.get("/messages").text
    member.get("/messages/1")
    assert "二行目" in member.text
    assert "desk1" not in member.text
    assert "新しい返事" not in member.get("/messages").text
    message_desk.close_thread(plain_office, 1, "desk1")
    assert "に終わりました" in member.get("/messages/1").text
    member.submit("/messages/1", message="続きです")
    assert "に終わりました" not in member.text


def test_what_is_written_is_shown_as_written_and_never_as_markup(member):
    member.get("/messages/new?topic=other")
    member.submit("/messages/new", message="<script>alert(1)</script>\n{{ 7 * 7 }} & <b>")
    assert member.find("//p[@class='said']")[0].text == "<script>alert(1)</script>\n{{ 7 * 7 }} & <b>"


def test_files_are_shown_to_their_owner_with_safe_headers(member):
    with_files(member, ("写真.jpg", files.jpeg()), ("明細.pdf", files.pdf()))
    assert [markup.text for markup in member.find("//main//section//li/a")] == ["写真.jpg", "明細.pdf"]
    photo, paper = (member.client.get(f"/uploads/{number}") for number in (1, 2))
    assert (photo.mimetype, paper.mimetype) == ("image/jpeg", "application/pdf")
    assert photo.headers["Content-Disposition"].startswith('inline; filename="file-1.jpg"')
    assert paper.headers["Content-Disposition"].startswith('attachment; filename="file-2.pdf"')
    for answer in (photo, paper):
        assert answer.headers["Content-Disposition"].isascii()
        assert any(
            policy.startswith("sandbox") for policy in answer.headers.getlist("Content-Security-Policy")
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "no-store" in answer.headers["Cache-Control"]


def test_files_and_threads_of_others_are_unknown(member, plain_office):
    with_files(member, ("写真.jpg", files.jpeg()))
    other = signed_in(plain_office, people.ichiro(plain_office))
    for path in ("/uploads/1", "/uploads/99", "/messages/1", "/messages/99"):
        assert other.get(path).status == 404, path
    assert other.post("/messages/1", message="見せて").status == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.gif", b"GIF89a", "「a.gif」は、受け取れる種類ではありません"),
        ("写真.jpg", b"<html>", "受け取れる種類ではありません"),
        ("a.heic", files.HEIC, "JPEGで撮れます"),
        ("a.pdf", files.pdf(1, files.with_file), "動くしくみか別のファイルが入っています"),
        ("a.jpg", b"\xff\xd8\xff" + bytes(5 * 2**20), "5MBまでにしてください"),
        ("<b>.png", files.png((9000, 9000), "1"), "画素"),
        ("a.pdf", b"", "空のファイル"),
    ],
)
def test_a_file_that_is_not_taken_is_told_with_what_to_do_and_the_text_stays(member, name, content, words):
    with_files(member, (name, content), text="残る文")
    assert member.status == 422
    assert words in member.error_of("files")
    assert member.find("//textarea")[0].text.strip() == "残る文"


def test_too_many_files_are_told_and_a_body_beyond_all_limits_gets_a_page(member):
    with_files(member, *[(f"{n}.jpg", files.jpeg()) for n in range(6)])
    assert "一度に5個まで" in member.error_of("files")
    with_files(member, ("a.jpg", bytes(26 * 2**20)))
    assert member.status == 413
    assert "合わせて15MBまで" in member.text


def test_forms_without_files_keep_their_small_limit(member):
    assert member.post("/settings/security/sessions/end-others", message="x" * 70_000).status in (400, 413)


def test_who_has_signed_out_meanwhile_is_led_to_sign_in_with_files_and_all(stranger):
    stranger.get("/login")
    answer = stranger.client.post(
        "/messages/new", data={"message": "x", "files": [(BytesIO(bytes(2**20)), "a.jpg")]}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")


@pytest.mark.parametrize("who", ["yui", "misaki", "sho"])
def test_everybody_who_can_sign_in_may_write(plain_office, who):
    member = signed_in(plain_office, getattr(people, who)(plain_office))
    written(member)
    assert "お送りしました" in member.text


def test_a_day_full_of_messages_is_told_with_the_phone(member, plain_office):
    for turn in range(plain_office.rules.messages.day):
        messages.begin(plain_office, author_of(plain_office), messages.Topic.OTHER, "文", f"key-{turn}")
    written(member)
    assert "1日に30通まで" in member.error_of("message")


def author_of(office):
    """Hanako as who writes."""
    ((member_id, contract_id),) = office.store.rows("SELECT member_id, id FROM contract LIMIT 1")
    return messages.Author(member_id, contract_id)


@pytest.mark.parametrize("path", ["/messages", "/messages/1", "/messages/new?topic=repay"])
def test_a_page_asks_few_questions_however_much_was_said(member, plain_office, path):
    written(member)
    author = author_of(plain_office)
    for turn in range(20):
        messages.reply(plain_office, author, 1, f"文{turn}", f"key-{turn}")
        messages.begin(plain_office, author, messages.Topic.CARD, f"件{turn}", f"begun-{turn}")
    with statements(plain_office.store) as asked:
        member.client.get(path)
    assert len(asked) <= 8


@pytest.mark.parametrize("path", ["/messages?before=x", "/messages?before=-1", "/messages/1?before=²"])
def test_an_address_that_was_made_up_is_not_found(member, path):
    written(member)
    assert member.get(path).status == 404


@pytest.mark.parametrize("topic", ["", "nonsense", "../x"])
def test_a_topic_that_is_not_offered_leads_to_the_choice(member, topic):
    assert member.get(f"/messages/new?topic={topic}").heading == "メッセージを書く"
