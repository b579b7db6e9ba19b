"""lender.toml's words on what members send: what an operator may set, and the sentence when not."""

from pathlib import Path

import pytest

from madoguchi.lender import load
from madoguchi.sections import RulesError

SHIPPED = (Path(__file__).resolve().parents[2] / "lender.toml").read_text(encoding="utf-8")


def changed(folder, section, line, to):
    """The shipped rules with one line of a section written otherwise."""
    head, found, rest = SHIPPED.partition(f"\n[{section}]")
    assert found, f"lender.toml has no [{section}]"
    before, line_found, after = rest.partition(f"\n{line}")
    assert line_found, f"[{section}] has no line {line}"
    file = folder / "lender.toml"
    file.write_text(f"{head}{found}{before}\n{to}{after}", encoding="utf-8")
    return file


def test_as_shipped():
    rules = load(Path(__file__).resolve().parents[2] / "lender.toml")
    assert (rules.uploads.file_bytes, rules.uploads.files) == (5 * 1024 * 1024, 5)
    assert (rules.messages.longest, rules.contact.address_day) == (2000, 2)


@pytest.mark.parametrize(
    ("section", "line", "to", "told"),
    [
        ("uploads", "file_mb = 5", "file_mb = 0", "uploads.file_mb must lie between"),
        ("uploads", "total_mb = 15", "total_mb = 4", "uploads.total_mb must not be below file_mb"),
        ("uploads", "megapixels = 60", "megapixels = 100", "uploads.megapixels must lie between"),
        ("messages", "day = 30", "day = 0", "messages.day must lie between"),
        ("contact", "site_hour = 200", "site_hour = -1", "contact.site_hour must lie between"),
    ],
)
def test_what_cannot_be_is_told_with_its_key(tmp_path, section, line, to, told):
    with pytest.raises(RulesError, match=told):
        load(changed(tmp_path, section, line, to))
