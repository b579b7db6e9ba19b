"""lender.toml's words on points."""

import pytest

from madoguchi.lender import load
from madoguchi.sections import RulesError
from tests import people

SHIPPED = (people.ROOT / "lender.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "to", "told"),
    [
        ("notice_most = 20", "notice_most = 4", "points.notice_most must not be below notice_least"),
        ("atm_waiver = 40", "atm_waiver = 0", "points.atm_waiver must lie between 1 and"),
        ("joined = 100", "", "points.joined is missing"),
        ("sign_in = 10", "sign_in = -1", "points.sign_in must lie between 0 and"),
        ("days = 15\npoints = 400", "days = 7\npoints = 400", "points.free_days must stand in rising order"),
        ("points = 700", "points = 0", r"points.free_days\[2\].points must lie between 1 and"),
        ("points = 700", "points = 700\nmonths = 1", r"points.free_days\[2\].months is no key"),
    ],
)
def test_what_cannot_be_is_told_with_its_key(tmp_path, line, to, told):
    assert f"\n{line}" in SHIPPED
    file = tmp_path / "lender.toml"
    file.write_text(SHIPPED.replace(f"\n{line}", f"\n{to}"), encoding="utf-8")
    with pytest.raises(RulesError, match=told):
        load(file)
