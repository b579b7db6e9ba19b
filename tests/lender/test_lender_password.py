"""lender.toml's words on passwords and links: what an operator may set, and the sentence when not."""

from pathlib import Path

import pytest

from madoguchi.lender import load
from madoguchi.sections import RulesError

SHIPPED = (Path(__file__).resolve().parents[2] / "lender.toml").read_text(encoding="utf-8")


def changed(folder, line, to):
    """The shipped rules with one line of [password] or [links] written otherwise."""
    head, found, rest = SHIPPED.partition(f"\n{line}")
    assert found, f"lender.toml has no line {line}"
    file = folder / "lender.toml"
    file.write_text(f"{head}\n{to}{rest}", encoding="utf-8")
    return file


def test_as_shipped():
    rules = load(Path(__file__).resolve().parents[2] / "lender.toml")
    assert (rules.password.shortest, rules.password.longest, rules.password.symbols) == (8, 20, False)
    assert rules.links.minutes == 60


def test_a_lender_may_want_long_passwords_with_symbols(tmp_path):
    assert load(changed(tmp_path, "longest = 20", "longest = 128")).password.longest == 128
    assert load(changed(tmp_path, "symbols = false", "symbols = true")).password.symbols


@pytest.mark.parametrize(
    ("line", "to", "told"),
    [
        ("shortest = 8", "shortest = 7", "password.shortest must lie between 8"),
        ("longest = 20", "longest = 129", "password.longest must lie between"),
        ("shortest = 8", "shortest = 21", "password.longest must not be below shortest"),
        ("minutes = 60", "minutes = 0", "links.minutes must lie between"),
        ("site_hour = 1000", "", "links.site_hour is missing"),
        ("symbols = false", "symbols = false\nforced = true", "password.forced is no key"),
    ],
)
def test_what_cannot_be_is_told_with_its_key(tmp_path, line, to, told):
    with pytest.raises(RulesError, match=told):
        load(changed(tmp_path, line, to))
