"""lender.toml's words on applications and on contracts that nobody uses."""

import pytest

from madoguchi.lender import load
from madoguchi.sections import RulesError
from tests import people

SHIPPED = (people.ROOT / "lender.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "to", "told"),
    [
        ("limit_unit = 10000", "limit_unit = 1", "applications.limit_unit must lie between"),
        ("reply_days = 14", "", "applications.reply_days is missing"),
        ("years = 5", "years = -1", "dormant.years must lie between 0 and 30"),
        ("notice_days = 60", "notice_days = 7", "dormant.notice_days must lie between 30 and 180"),
    ],
)
def test_what_cannot_be_is_told_with_its_key(tmp_path, line, to, told):
    assert f"\n{line}" in SHIPPED
    file = tmp_path / "lender.toml"
    file.write_text(SHIPPED.replace(f"\n{line}", f"\n{to}"), encoding="utf-8")
    with pytest.raises(RulesError, match=told):
        load(file)
