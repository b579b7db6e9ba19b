"""What is looked into: images painted anew, PDFs without scripts, bombs and liars refused."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from madoguchi.adapters import inspection
from madoguchi.adapters.inspection import LONGEST_SIDE, Inspection
from madoguchi.domain.faults import Unavailable
from madoguchi.domain.uploads import UploadRules
from madoguchi.ports.shelf import Why
from tests.support import files

RULES = UploadRules(file_mb=5, files=5, total_mb=15, day=30, megapixels=20, pages=3)
LOOK = Inspection(RULES).inspected


def test_a_photograph_is_painted_anew_without_what_it_told_and_upright():
    found = LOOK(files.jpeg(comment=b"SECRET NOTE"))
    image = Image.open(BytesIO(found.content))
    assert (found.kind, image.format, image.size) == ("image/jpeg", "JPEG", (40, 60))
    assert b"SECRET" not in found.content
    assert not image.getexif()


@pytest.mark.parametrize(("mode", "kept"), [("RGBA", "RGBA"), ("P", "RGB"), ("1", "RGB"), ("I;16", "RGB")])
def test_a_picture_of_a_screen_stays_a_png(mode, kept):
    found = LOOK(files.png(mode=mode))
    assert (found.kind, Image.open(BytesIO(found.content)).mode) == ("image/png", kept)


def test_what_hangs_behind_a_picture_is_left_out():
    assert b"<script>" not in LOOK(files.png() + b"<script>alert(1)</script>").content
    assert b"PK\x03\x04" not in LOOK(files.jpeg() + b"PK\x03\x04" + bytes(30)).content


def test_a_large_picture_is_made_smaller():
    image = Image.open(BytesIO(LOOK(files.jpeg((4400, 2000), exif=False)).content))
    assert max(image.size) <= LONGEST_SIDE


@pytest.mark.parametrize("made", [files.png((6000, 4000), "1"), files.png((20000, 10000), "1")])
def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(made):
    assert len(made) < 100_000
    assert LOOK(made) is Why.PIXELS


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Why.STRANGE),
        (b"GIF89a" + bytes(20), Why.STRANGE),
        (b"PK\x03\x04" + bytes(20), Why.STRANGE),
        (b"MZ" + bytes(20), Why.STRANGE),
        (b"junk\n" + files.pdf(), Why.STRANGE),
        (files.HEIC, Why.HEIC),
        (files.jpeg()[:200], Why.BROKEN),
        (b"\xff\xd8\xff" + bytes(200), Why.BROKEN),
        (files.png()[:40], Why.BROKEN),
        (b"%PDF-1.7\n" + bytes(500), Why.BROKEN),
    ],
)
def test_what_is_none_of_the_three_or_not_whole_is_refused(content, why):
    assert LOOK(content) is why


def test_a_plain_pdf_is_written_anew_with_its_pages_alone():
    found = LOOK(files.pdf(2) + b"<script>alert(1)</script>")
    assert found.kind == "application/pdf"
    assert b"<script>" not in found.content
    with pikepdf.open(BytesIO(found.content)) as again:
        assert len(again.pages) == 2


@pytest.mark.parametrize(
    "change",
    [
        files.with_action(S="/JavaScript", JS="app.alert(1)"),
        files.with_action(S="/Launch", F="calc.exe"),
        files.with_action(S="/SubmitForm", F="https://evil.example/"),
        files.with_action(S="/GoToR", F="other.pdf"),
        files.hidden_deep,
        files.with_file,
    ],
)
def test_a_pdf_that_does_or_carries_something_is_refused(change):
    assert LOOK(files.pdf(1, change)) is Why.ACTIVE


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_locked_pdf_is_refused(password):
    lock = pikepdf.Encryption(owner="owner", user=password)
    assert LOOK(files.pdf(1, encryption=lock)) is Why.LOCKED


def test_a_pdf_of_too_many_pages_or_of_none_is_refused():
    assert LOOK(files.pdf(4)) is Why.PAGES
    assert LOOK(files.pdf(0)) is Why.BROKEN


def test_a_small_pdf_does_not_become_a_large_memory():
    packed = zlib.compress(bytes(200 * 1024 * 1024), 9)
    head = b"%PDF-1.5\n1 0 obj\n<< /Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length "
    bomb = (
        head
        + str(len(packed)).encode()
        + b" >>\nstream\n"
        + packed
        + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"
    )
    assert LOOK(bomb) is Why.BROKEN


def test_who_waits_too_long_for_others_files_is_told_so_instead_of_holding_a_thread(monkeypatch):
    monkeypatch.setattr(inspection, "PATIENCE", 0.01)
    busy = Inspection(RULES)
    with busy._alone, pytest.raises(Unavailable):
        busy.inspected(files.png())
    assert busy.inspected(files.png()).kind == "image/png"
