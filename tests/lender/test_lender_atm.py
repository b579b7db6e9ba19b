"""lender.toml's words on ATMs, and the keys of the network in the settings."""

import pytest

import config
from madoguchi.lender import load
from madoguchi.sections import RulesError
from tests import people

SHIPPED = (people.ROOT / "lender.toml").read_text(encoding="utf-8")
PRODUCTION = {
    "MADOGUCHI_ENV": "production", "MADOGUCHI_PUBLIC_ADDRESS": "https://madoguchi.example",
    "MADOGUCHI_SECRET": "secret for tests, of 32 letters.",
    "MADOGUCHI_PEPPER": "pepper for tests, of 32 letters.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "to", "told"),
    [
        ("fee_small = 110", "fee_small = 111", "atm.fee_small must lie between 0 and 110"),
        ("fee_large = 220", "fee_large = 221", "atm.fee_large must lie between 0 and 220"),
        ('company = "0912"', 'company = "912"', "atm.company must be four digits"),
        ('company = "0912"', 'company = "９９１２"', "atm.company must be four digits"),
        ("daily = 200000", "", "atm.daily is missing"),
        ("skew_seconds = 60", "skew_seconds = 3600", "atm.skew_seconds must lie between"),
    ],
)
def test_what_cannot_be_is_told_with_its_key(tmp_path, line, to, told):
    assert f"\n{line}" in SHIPPED
    file = tmp_path / "lender.toml"
    file.write_text(SHIPPED.replace(f"\n{line}", f"\n{to}"), encoding="utf-8")
    with pytest.raises(RulesError, match=told):
        load(file)


def keys(tmp_path, **env):
    """The keys that settings give."""
    return config.from_environment(env | {"MADOGUCHI_DATA": str(tmp_path)}).atm_keys


def test_production_has_no_network_until_it_has_a_key(tmp_path):
    assert keys(tmp_path, **PRODUCTION) == ()
    one, two = "a" * 32, "b" * 40
    assert keys(tmp_path, **PRODUCTION, MADOGUCHI_ATM_KEYS=f"{one}, {two}") == (one.encode(), two.encode())


def test_a_short_key_is_refused_and_never_repeated(tmp_path):
    with pytest.raises(config.SettingError, match="at least 32") as told:
        keys(tmp_path, **PRODUCTION, MADOGUCHI_ATM_KEYS="a" * 32 + ",short")
    assert "aaaa" not in str(told.value)


def test_the_demo_makes_a_key_of_its_own_and_keeps_it(tmp_path):
    (made,) = keys(tmp_path)
    assert keys(tmp_path) == (made,)
    assert len(made) >= 32
