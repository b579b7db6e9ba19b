"""lender.toml on letters: the night's quiet, and a neutral sender that names nobody."""

import pytest

from madoguchi.lender import load
from madoguchi.sections import RulesError
from tests.lender.test_lender_password import changed
from tests.people import ROOT


def test_as_shipped():
    letters = load(ROOT / "lender.toml").letters
    assert letters.quiet.hours == tuple(range(8, 21))
    assert (letters.neutral_sender, letters.neutral_subject) == ("会員サイト", "お知らせがあります")


@pytest.mark.parametrize(
    ("line", "to", "told"),
    [
        ('quiet_from = "21:00"', 'quiet_from = "22:00"', "letters.quiet_from and quiet_until do not fit"),
        ('quiet_until = "8:00"', 'quiet_until = "7:00"', "must hold those from 21:00 to 8:00"),
        ('quiet_until = "8:00"', 'quiet_until = "20:30"', "must leave a whole hour"),
        ('quiet_until = "8:00"', 'quiet_until = "8"', "letters.quiet_until must be a time"),
        ('neutral_sender = "会員サイト"', 'neutral_sender = "まどぐち"', "neutral_sender must not name"),
        ('neutral_subject = "お知らせがあります"', "", "letters.neutral_subject is missing"),
        ('neutral_sender = "会員サイト"', 'neutral_sender = "a\\nb"', "neutral_sender must be one line"),
    ],
)
def test_what_cannot_be_is_told_with_its_key(tmp_path, line, to, told):
    with pytest.raises(RulesError, match=told):
        load(changed(tmp_path, line, to))
