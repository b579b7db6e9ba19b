"""Members are found each way through an index, and a search is noted without what was typed."""

from datetime import date

import pytest

from madoguchi.domain.finding import By, Wish, understood
from madoguchi.services import audit, finding
from madoguchi.store import finding as rows
from madoguchi.store.audit import Filter
from tests import people
from tests.support import desk


@pytest.fixture
def who(office):
    """Somebody at the desk."""
    return desk.colleague(office)


@pytest.mark.parametrize("typed", ["100000027", "0022", "090-0000-0027", "1996-02-03", "すずき", "ｽｽﾞｷ ｲﾁ"])
def test_one_member_is_found_by_each_of_what_is_known(office, who, typed):
    people.ichiro(office)
    people.hanako(office)
    found = finding.search(office, understood(typed), None, who)
    assert [(row.number, row.name) for row in found.found] == [("100000027", "鈴木 一郎")]
    assert not found.more


def test_a_birthday_narrows_a_name(office, who):
    people.ichiro(office)
    wish = Wish(By.KANA, "スズキ")
    assert finding.search(office, wish, date(1996, 2, 3), who).found
    assert not finding.search(office, wish, date(1996, 2, 4), who).found


def test_the_log_tells_how_was_searched_and_not_for_whom(office, who):
    people.ichiro(office)
    finding.search(office, understood("すずき"), None, who)
    line = audit.found(office, Filter(kind="searched"))[0]
    assert (line.by_whom, line.facts) == ("desk1", {"by": "kana", "count": 1})


@pytest.mark.parametrize(
    ("where", "index"),
    [
        (f"SELECT 1 FROM member WHERE {rows.KANA} >= 'サ' AND {rows.KANA} < 'シ'", "member_kana"),
        (f"SELECT 1 FROM member WHERE {rows.PHONE} = '1'", "member_phone"),
        ("SELECT 1 FROM member WHERE birth_date = 19960203", "member_birth"),
        (f"SELECT 1 FROM card WHERE {rows.LAST_FOUR} = '0022'", "card_last_four"),
    ],
)
def test_each_way_goes_by_its_index(office, where, index):
    store = office.store
    if store.sqlite:
        told = str(store.rows("EXPLAIN QUERY PLAN " + where))
    else:
        with store.transaction():
            store.write("SET LOCAL enable_seqscan = off")  # a table this small would be read whole
            told = str(store.rows("EXPLAIN " + where.replace(rows.KANA, f'{rows.KANA} COLLATE "C"')))
    assert index in told
