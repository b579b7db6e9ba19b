"""The operator's commands about notices and coupons."""

import pytest

from madoguchi.jobs import commands
from madoguchi.services import coupons, notices
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people

NOTICE = """
title = "年末年始の電話"
body = '''
お休みします。

ネットは使えます。
'''
first = 2026-11-20
last = 2027-01-04
points = 20
"""
COUPON = """
shop = "架空堂"
title = "100円引き"
body = "見せてください。"
code = "KAKU-100"
first = 2026-11-20
last = 2026-12-31
once = true
"""


@pytest.fixture
def office(sqlite_url):
    """An office on blank books."""
    return people.office(Store(sqlite_url))


@pytest.fixture
def run(office, tmp_path):
    """Runs a command with the text of its file, if it takes one."""
    app = create_app(office, Face("http://localhost"), people.ROOT)
    commands.register(app.cli, office)

    def go(command, *words, text=None):
        file = tmp_path / "it.toml"
        if text is not None:
            file.write_text(text, encoding="utf-8")
            words = (str(file), *words)
        return app.test_cli_runner().invoke(args=[command, *words, "--by", "広報"])

    return go


def test_a_notice_of_a_file_is_shown_at_once_and_taken_back_by_its_number(run, office):
    assert run("publish-notice", text=NOTICE).output == (
        "Notice 1 is published; it is shown from 2026-11-20 on.\n"
    )
    (shown,) = notices.newest(office, 3)
    assert (shown.title, shown.points, shown.published_by) == ("年末年始の電話", 20, "広報")
    assert run("withdraw-notice", "1").output == "Notice 1 is taken back.\n"
    assert notices.newest(office, 3) == []
    assert run("withdraw-notice", "1").exit_code == 1


def test_points_may_be_left_out(run, office):
    run("publish-notice", text=NOTICE.replace("points = 20", ""))
    assert notices.newest(office, 3)[0].points == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("points = 20", "points = 21"), "points must be 0 or lie between 5 and 20, not 21."),
        (("points = 20", 'points = "20"'), "points must be a whole number, not '20'."),
        (("last = 2027-01-04", "last = 2026-01-04"), "last must not lie before first."),
        (("last = 2027-01-04", "last = 2027-01-04T10:00:00"), "last must be a day such as 2026-11-20"),
        (("last = 2027-01-04", ""), "last is missing."),
        (("points = 20", "point = 20"), "point is no key that is known here."),
        (("points = 20", "= 20"), "cannot be read"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_published(run, office, change, told):
    left = run("publish-notice", text=NOTICE.replace(*change))
    assert left.exit_code == 1
    assert told in left.stderr
    assert "Nothing was published." in left.stderr
    assert notices.newest(office, 3) == []


def test_a_coupon_of_a_file_is_shown_and_taken_back(run, office):
    hanako = people.newcomer(office, people.cast.HANAKO)
    assert "Coupon 1 is published" in run("publish-coupon", text=COUPON).output
    ((shown,), _more) = coupons.page(office, hanako.member_id)
    assert (shown.shop, shown.once) == ("架空堂", True)
    assert run("withdraw-coupon", "1").output == "Coupon 1 is taken back.\n"
    assert coupons.page(office, hanako.member_id)[0] == []


def test_a_file_with_a_faulty_coupon_publishes_nothing(run):
    left = run("publish-coupon", text=COUPON.replace("KAKU-100", ""))
    assert "code must not be empty." in left.stderr
    assert left.exit_code == 1
