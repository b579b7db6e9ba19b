"""How a file is called: without what could mislead, with the ending of what it is."""

import pytest

from madoguchi.domain.uploads import title_of


@pytest.mark.parametrize(
    ("sent", "kind", "title"),
    [
        ("収入証明.PDF", "application/pdf", "収入証明.pdf"),
        ("C:\\Users\\hanako\\写真.jpeg", "image/jpeg", "写真.jpg"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("a\u202egnp.exe", "image/png", "agnp.png"),
        ('x"; filename="evil.html', "application/pdf", "x_ filename=_evil.pdf"),
        ("a\r\nSet-Cookie: b.png", "image/png", "aSet-Cookie_ b.png"),
        ("", "image/png", "file-2.png"),
        ("....", "image/png", "file-2.png"),
        ("長" * 200 + ".png", "image/png", "長" * 60 + ".png"),
    ],
)
def test_a_name_is_made_plain(sent, kind, title):
    assert title_of(sent, kind, 2) == title
