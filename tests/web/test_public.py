"""The public pages: they say what the lender rules, link to nothing that is absent, and need no session."""

import gzip
import hashlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from madoguchi.ports import JAPAN
from madoguchi.web import files, public

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
HTMX = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"  # htmx.org 4.0.1, dist/htmx.min.js
PAGES = [*public.PAGES, "/lending-terms", "/simulate/interest", "/simulate/repayment"]


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_public_page_leads_to_a_page(stranger, path):
    page = stranger.get(path)
    for link in {*page.find("//a[starts-with(@href, '/')]/@href")}:
        assert stranger.client.get(link).status_code in (200, 303), f"{path} links to {link}"


def test_menus_name_only_pages_that_exist(stranger):
    menu = stranger.get("/").find("//footer//a/@href")
    assert "/simulate/repayment" in menu
    assert "/misuse" in menu


def test_a_public_page_asks_nothing_of_the_database(stranger, plain_office):
    plain_office.store.close()
    asked = []
    plain_office.store.rows = plain_office.store.one = lambda *a: asked.append(a)
    assert stranger.get("/lending-terms").status == 200
    assert not asked


def test_a_public_page_sets_no_cookie(stranger):
    assert "Set-Cookie" not in stranger.get("/").headers


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 20, 8, 59, tzinfo=JAPAN), "いまは受付時間外です。本日9:00に開きます。"),
        (datetime(2026, 11, 20, 9, 0, tzinfo=JAPAN), "いま受付中です（本日18:00まで）。"),
        (
            datetime(2026, 11, 20, 18, 0, tzinfo=JAPAN),
            "いまは受付時間外です。次は11月24日（火）9:00に開きます。",
        ),
        (
            datetime(2026, 12, 31, 12, 0, tzinfo=JAPAN),
            "いまは受付時間外です。次は1月4日（月）9:00に開きます。",
        ),
    ],
)
def test_the_help_block_says_whether_somebody_answers_now(stranger, plain_office, moment, words):
    stranger.get("/")  # an answer of another moment is remembered, and must not stay
    plain_office.clock.set(moment)
    assert words in " ".join(stranger.get("/").find("string((//aside)[last()])").split())


def test_the_help_block_turns_with_the_clock(stranger, plain_office):
    assert "いま受付中です" in stranger.get("/").text
    plain_office.clock.move(timedelta(hours=8))
    assert "いま受付中です" not in stranger.get("/").text


def test_lending_terms_work_every_figure_from_the_product(stranger):
    words = stranger.get("/lending-terms").text
    for figure in (
        "17.8%",
        "15.0%",
        "20.0%",
        "3.61%",
        "1.99%",
        "1日〜19日に借りると翌月、それより後は翌々月の5日",
    ):
        assert figure in words
    row = "".join(stranger.find("string(//tr[th='300,000円'])").split())
    assert row == "300,000円11,000円17.8%36回87,289円387,289円"


def test_transfer_details_are_the_lenders_own(stranger, plain_office):
    account = plain_office.rules.transfer
    words = stranger.get("/repay/transfer").text
    assert account.number in words
    assert account.holder in words


def test_a_supervisor_hears_that_all_is_well(stranger):
    answer = stranger.client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_htmx_is_the_published_file():
    assert hashlib.sha256((STATIC / "htmx-4.0.1.min.js").read_bytes()).hexdigest() == HTMX


def test_the_style_sheet_stays_small():
    """As it travels: it is a sixth of what the first page may weigh in all."""
    assert len(gzip.compress((STATIC / "site.css").read_bytes(), 9)) <= 4 * 1024


def test_files_are_named_by_content_and_kept_for_a_year(stranger):
    (address,) = stranger.get("/").find("//link/@href")
    answer = stranger.client.get(address, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == files.lean(STATIC / "site.css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert stranger.client.get(address.replace("site.", "site.0")).status_code == 404


def test_a_file_is_only_looked_at(stranger):
    (address,) = stranger.get("/").find("//link/@href")
    whole, head = stranger.client.get(address), stranger.client.head(address)
    assert (head.status_code, head.data, head.headers) == (200, b"", whole.headers)
    assert stranger.client.post(address).status_code == 405
    icon = stranger.client.get("/favicon.ico")
    assert (icon.mimetype, icon.headers["Cache-Control"]) == ("image/svg+xml", "public, max-age=86400")


def test_notes_and_indentation_are_not_sent_and_everything_else_is(tmp_path):
    style, script = tmp_path / "a.css", tmp_path / "a.js"
    style.write_text('/* for\n us */\n.a {\n  content: "//"; /* why */\n}\n')
    script.write_text('/* For\n   us. */\n  // us\n  const a = "/* b */"; // stays\n\n  f("https://x/");\n')
    assert files.lean(style) == b'.a {\ncontent: "//";\n}'
    assert files.lean(script) == b'const a = "/* b */"; // stays\nf("https://x/");'
    ready = STATIC / "htmx-4.0.1.min.js"
    assert files.lean(ready) == ready.read_bytes()


def test_no_text_of_a_script_goes_over_several_lines():
    for file in STATIC.glob("*.js"):
        if not file.stem.endswith(".min"):  # what is sent has no indentation
            assert not [line for line in file.read_text().splitlines() if line.count("`") % 2], file.name


def test_a_cold_load_is_light(stranger):
    page = stranger.get("/login")
    files = page.find("//link/@href | //script/@src")
    packed = {"Accept-Encoding": "gzip"}
    assert len(files) <= 3
    sizes = [len(stranger.client.get(file, headers=packed).data) for file in files]
    html = len(stranger.client.get("/login", headers=packed).data)  # as a browser gets it
    assert sum(sizes) + html <= 23_000


@pytest.mark.parametrize("path", ["/simulate/interest?from=1&from=2", "/?x=1&x=2"])
def test_a_name_said_twice_is_refused(stranger, path):
    assert stranger.get(path).status == 400
    assert "内容を読み取れませんでした" in stranger.title


def test_an_error_page_says_what_to_do_next(stranger):
    page = stranger.get("/no-such-page")
    assert (page.status, page.heading) == (404, "ページが見つかりません")
    assert "/contact" in page.find("//main//a/@href")


def test_a_wrong_method_names_the_right_ones(stranger):
    answer = stranger.client.post("/terms", data={"csrf_token": "x"})
    assert answer.status_code == 405
    assert stranger.client.put("/terms").headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_not_there_is_not_there_whatever_the_method_and_without_a_token(stranger, method):
    assert getattr(stranger.client, method)("/nowhere").status_code == 404
    assert getattr(stranger.client, method)("/terms").status_code == 405


def test_a_lost_token_loses_nothing_that_was_typed(stranger):
    answer = stranger.client.post("/login/card", data={"card_number": "9990110000000014", "pin": "2583"})
    assert answer.status_code == 400
    assert "入れた文字が残っています" in answer.text
    assert "2583" not in answer.text


def test_a_page_goes_compressed_to_whoever_can_read_it(stranger):
    plain = stranger.client.get("/lending-terms").data
    answer = stranger.client.get("/lending-terms", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == plain
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert len(answer.data) < len(plain) / 3


def test_a_token_never_looks_the_same_twice_and_works_each_time(stranger):
    """Compressed pages would betray a constant secret (BREACH)."""
    tokens = {stranger.get("/login").find("string(//input[@name='csrf_token']/@value)") for _ in range(2)}
    assert len(tokens) == 2
    for token in tokens:
        answer = stranger.client.post("/login/card", data={"csrf_token": token, "card_number": "", "pin": ""})
        assert answer.status_code == 422


@pytest.mark.parametrize("token", ["", "zz", "00", "0" * 128, "１" * 128])
def test_what_is_no_token_is_refused(stranger, token):
    stranger.get("/login")
    assert stranger.client.post("/login/card", data={"csrf_token": token}).status_code == 400
