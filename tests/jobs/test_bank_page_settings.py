"""MADOGUCHI_BANK_PAGE and its key: both or none, and nothing that members' browsers should not go to."""

import pytest

import config
from madoguchi.adapters.wiring import make_office

PRODUCTION = {
    "MADOGUCHI_ENV": "production", "MADOGUCHI_PUBLIC_ADDRESS": "https://madoguchi.example",
    "MADOGUCHI_SECRET": "secret for tests, of 32 letters.",
    "MADOGUCHI_PEPPER": "pepper for tests, of 32 letters.",
}  # fmt: skip
KEY = "0123456789" * 4
BOTH = {"MADOGUCHI_BANK_PAGE": "https://pay.example.jp/start", "MADOGUCHI_BANK_PAGE_KEY": KEY}


def settings(tmp_path, **more):
    """A production site's settings."""
    return config.from_environment(PRODUCTION | {"MADOGUCHI_DATA": str(tmp_path)} | more)


def test_with_both_a_production_site_leads_to_the_bank(tmp_path):
    office = make_office(settings(tmp_path, **BOTH))
    assert office.bank_pages.address.__self__._address == "https://pay.example.jp/start"
    assert office.demo is None


def test_without_them_it_leads_nowhere(tmp_path):
    assert make_office(settings(tmp_path)).bank_pages is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"MADOGUCHI_BANK_PAGE_KEY": ""}, "together"),
        ({"MADOGUCHI_BANK_PAGE": ""}, "together"),
        ({"MADOGUCHI_BANK_PAGE": "http://pay.example.jp/start"}, "https://"),
        ({"MADOGUCHI_BANK_PAGE": "https://pay.example.jp/start?a=1"}, "without a query"),
        ({"MADOGUCHI_BANK_PAGE_KEY": "short"}, "32 characters"),
    ],
)
def test_half_or_wrong_settings_are_named_and_the_key_is_not_repeated(tmp_path, change, words):
    with pytest.raises(config.SettingError, match=words) as told:
        settings(tmp_path, **(BOTH | change))
    assert KEY not in str(told.value)
