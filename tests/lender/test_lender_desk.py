"""lender.toml's words on the desk: how soon somebody looks at each kind of case."""

from pathlib import Path

import pytest

from madoguchi.lender import load
from madoguchi.sections import RulesError
from madoguchi.services.cases import CaseKind
from tests.lender.test_lender_service import changed

SHIPPED = Path(__file__).resolve().parents[2] / "lender.toml"


def test_as_shipped_every_kind_has_its_hours():
    rules = load(SHIPPED).desk
    assert set(rules.hours) == set(CaseKind)
    assert (rules.hours[CaseKind.LOST_CARD], rules.unknown_minutes) == (1, 30)


@pytest.mark.parametrize(
    ("section", "line", "to", "sentence"),
    [
        ("desk.hours", "transfer = 2", "", "desk.hours.transfer is missing"),
        ("desk.hours", "transfer = 2", "transfer = 999", "desk.hours.transfer must lie between 0 and 240"),
        ("desk.hours", "debit = 12", "debit = 12\nfax = 1", "desk.hours.fax is no key"),
    ],
)
def test_what_cannot_be_is_told_with_its_key(tmp_path, section, line, to, sentence):
    with pytest.raises(RulesError, match=sentence):
        load(changed(tmp_path, section, line, to))
