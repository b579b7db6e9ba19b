"""Files with a message and /uploads/<id>: what is taken, what is told, and who may look."""

from io import BytesIO

import pytest

from tests import people
from tests.support import files
from tests.support.members import signed_in


@pytest.fixture
def hanako(plain_office):
    """花子 with her fourteen months."""
    return people.hanako(plain_office)


@pytest.fixture
def member(plain_office, hanako):
    """Her browser."""
    return signed_in(plain_office, hanako)


def with_files(member, *sent, text="写真を送ります"):
    """The same with files, as browsers send them."""
    member.get("/messages/new?topic=other")
    form = member.page.form("/messages/new")
    typed = {field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden']")}
    found = {"message": text, "files": [(BytesIO(content), name) for name, content in sent], **typed}
    answer = member.client.post("/messages/new", data=found)
    return member._arrive(answer, "/messages/new", follow=True)


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
    with_files(member, *[(f"{n}.jpg", bytes(2**22)) for n in range(4)], text="残る文")
    assert "合わせて15MBまで" in member.error_of("files")
    assert member.find("//textarea")[0].text.strip() == "残る文"
    with_files(member, ("a.jpg", bytes(76 * 2**20)))
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
