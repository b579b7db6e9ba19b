"""Papers as PDF: readable words, the font inside, the same bytes from every process."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from madoguchi.adapters.papers.kinsoku import NOT_FIRST, NOT_LAST, lines
from madoguchi.adapters.papers.pdf import PdfPrinter
from madoguchi.ports.paper import Proof, Sheet, Table
from tests.support import processes

SHEET = Sheet(
    title="受取証書（領収書）",
    number="100000019-17",
    to="佐藤 花子 様（サトウ ハナコ）",
    sentence="次のとおり受け取りました。",
    headline=("受け取った額", "20,000円"),
    rows=(("受け取った日", "2026年11月20日（金）"), ("うち利息", "2,826円"), ("方法", "とても長い言葉" * 20)),
    notes=("お支払いは、手数料、遅延損害金、利息、元金の順にあてています。",),
    sender=("まどぐちファイナンス株式会社", "〒100-0000 東京都千代田区架空町1-2-3"),
    made_at=datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
)
ALONE = (
    "import hashlib; from tests.adapters.test_paper_pdf import SHEET, PdfPrinter; "
    "print(hashlib.sha256(PdfPrinter().printed(SHEET)).hexdigest())"
)


def words(file):
    """All words of a PDF, without blanks and line ends."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages).split())


@pytest.fixture(scope="module")
def file():
    """The sheet, printed."""
    return PdfPrinter().printed(SHEET)


def test_every_word_can_be_read_out(file):
    told = words(file)
    said = (SHEET.title, SHEET.number, SHEET.to, SHEET.sentence, *SHEET.headline, *SHEET.notes, *SHEET.sender)
    for text in (*said, *(part for row in SHEET.rows for part in row)):
        assert "".join(text.split()) in told, text


def test_the_font_is_inside_and_only_the_letters_that_are_used(file):
    (font,) = {
        found.get_object()["/BaseFont"]
        for page in PdfReader(BytesIO(file)).pages
        for found in page["/Resources"]["/Font"].values()
    }
    assert font.endswith("+IPAexGothic")
    assert len(file) < 60_000


def test_it_says_whose_it_is_and_when_what_it_tells_happened(file):
    about = PdfReader(BytesIO(file)).metadata
    assert about.title == "受取証書（領収書） 100000019-17"
    assert about.author == "まどぐちファイナンス株式会社"
    assert about.creation_date == SHEET.made_at


def test_the_same_sheet_gives_the_same_bytes_in_another_process(file):
    env = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(["site", ".", *sys.path[1:]])}
    alone = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=processes.ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert alone.stdout.strip() == hashlib.sha256(file).hexdigest()


def test_another_amount_gives_other_bytes(file):
    assert PdfPrinter().printed(replace(SHEET, headline=("受け取った額", "20,001円"))) != file


def test_a_letter_that_the_font_lacks_is_marked_and_nothing_is_said_in_the_log(caplog):
    told = words(PdfPrinter().printed(replace(SHEET, to="\U00020bb7野 太郎 様（ヨシノ タロウ）")))
    assert "〓野太郎様（ヨシノタロウ）" in told
    assert not caplog.records


@pytest.mark.parametrize("before", range(70))
def test_no_line_of_a_paper_begins_or_ends_where_japanese_lines_do_not(before):
    sentence = (
        "あ" * before
        + "期日に、（遅れた）日は「利息」ではなく、ローンの遅延損害金100,000円がかかって・います。"
    )
    sheet = replace(SHEET, notes=(sentence,), rows=(("方法（くわしく）" * 3, sentence),))
    told = "\n".join(page.extract_text() for page in PdfReader(BytesIO(PdfPrinter().printed(sheet))).pages)
    found = [line.strip() for line in told.splitlines() if line.strip()]
    assert len(found) > 10
    assert not [line for line in found if line[0] in NOT_FIRST or line[-1] in NOT_LAST]
    assert told.count("100,000") == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("あいうえお、か", ["あいうえ", "お、か"]),
        ("あいうえ（か）", ["あいうえ", "（か）"]),
        ("あいうえ「『か", ["あいうえ", "「『か"]),
        ("あいうえキャ", ["あいうえ", "キャ"]),
        ("あいう123円", ["あいう", "123円"]),
        ("あい うえお か", ["あい うえ", "お か"]),
        ("あ123456789", ["あ1234", "56789"]),
        ("", [""]),
    ],
)
def test_lines_of_five_letters_part_where_they_may(words, told):
    assert lines(words, lambda line: len(line) <= 5) == told


def test_a_long_paper_goes_on_on_a_second_page():
    long = replace(SHEET, rows=SHEET.rows * 12)
    assert len(PdfReader(BytesIO(PdfPrinter().printed(long))).pages) > 1


PROOF = Proof(
    "1134-0096-592", "9YK0-4YMW-0P6E-02DW", "https://example.jp/documents/check",
    "https://example.jp/documents/check?number=11340096592&code=9YK04YMW0P6E02DW",
)  # fmt: skip
HEAD = ("取引日", "内容", "金額")


def rows(count):
    """A table of so many rows."""
    cells = tuple((f"2026/10/{n}", "返済（ATM） うち手数料110円", f"{n:,}円") for n in range(count))
    return Table(HEAD, cells, (20, 50, 30), 2)


def test_a_table_is_whole_on_several_pages_and_each_begins_with_its_head():
    file = PdfPrinter().printed(replace(SHEET, table=rows(80)))
    told = ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(file)).pages]
    assert len(told) > 2
    assert all(words in page for page in told[:-1] for words in HEAD)
    for n in range(80):
        assert sum(page.count(f"2026/10/{n}返済") for page in told) == 1


def test_number_code_and_address_stand_on_one_page_beside_the_qr_code():
    file = PdfPrinter().printed(replace(SHEET, proof=PROOF))
    last = "".join(PdfReader(BytesIO(file)).pages[-1].extract_text().split())
    for said in (PROOF.number, PROOF.code, PROOF.address):
        assert said in last


def test_the_squares_are_those_of_the_links_own_qr_code():
    import segno

    plain, proved = (PdfPrinter().printed(replace(SHEET, proof=proof)) for proof in (None, PROOF))
    drawn = [
        b"".join(page.get_contents().get_data() for page in PdfReader(BytesIO(file)).pages).count(b" re f")
        for file in (plain, proved)
    ]
    matrix = segno.make(PROOF.link, error="m", micro=False).matrix
    runs = sum(len("".join("x" if dark else " " for dark in row).split()) for row in matrix)
    assert drawn[1] - drawn[0] == runs


def test_a_label_of_two_lines_keeps_its_place_from_the_next_row():
    long = replace(SHEET, rows=(("とても長い見出しの" * 2 + "終わり", "1円"), ("次の見出し", "2円")))
    places = {}

    def note(text, _cm, matrix, _font, _size):
        places[text.strip()] = matrix[5]

    PdfReader(BytesIO(PdfPrinter().printed(long))).pages[0].extract_text(visitor_text=note)
    (second,) = (high for words, high in places.items() if words.endswith("終わり"))
    assert second - places["次の見出し"] > 15  # points: a line is seven millimetres


def test_a_sheet_with_table_and_proof_gives_the_same_bytes_again():
    whole = replace(SHEET, table=rows(5), proof=PROOF)
    assert PdfPrinter().printed(whole) == PdfPrinter().printed(whole)
