"""Text of many lines is kept as it was meant, without what could mislead or break a page."""

import pytest

from madoguchi.domain.long_text import tidied


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("一行\r\n二行\r三行\n", "一行\n二行\n三行"),
        ("  前と後  \n\n", "前と後"),
        ("行の後の空白  \n次", "行の後の空白\n次"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("\u202eexe.txt\u202c", "exe.txt"),
        ("絵文字👨‍👩‍👧も", "絵文字👨‍👩‍👧も"),
        ("\u3000\n ", ""),
    ],
)
def test_text_is_tidied(written, kept):
    assert tidied(written) == kept
