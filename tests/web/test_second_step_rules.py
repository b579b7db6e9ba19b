"""The settings of the second step where the lender asks it of everybody."""

from dataclasses import replace

import pytest

from madoguchi.domain.codes import Level
from madoguchi.web import Face, create_app
from tests.page import Visitor
from tests.support.factors import mailed
from tests.support.signing import by_card
from tests.web.conftest import ROOT

HOME = "/settings/security/second-step"


def settings(office, level):
    """Hanako before her settings at a lender who asks at this level."""
    sign_in = replace(office.rules.sign_in, second_step=level)
    ours = replace(office, rules=replace(office.rules, sign_in=sign_in))
    visitor = Visitor(create_app(ours, Face("http://localhost"), ROOT))
    visitor.get("/login")
    by_card(visitor)
    if level is not Level.OFF:
        visitor.submit("/login/code", code=mailed(ours))
    return visitor.get(HOME)


@pytest.mark.parametrize(
    ("level", "words", "days"),
    [(Level.NEW_DEVICE, "新しい端末でログインするとき", True), (Level.ALWAYS, "ログインするたび", False)],
)
def test_what_the_lender_asks_of_everybody_is_said_and_cannot_seem_to_be_switched_off(
    office, level, words, days
):
    page = settings(office, level)
    assert f"どなたにも、{words}に、" in page.text
    assert page.find("//option[@value='off']/text()") == [f"会員サイトの決まりのとおり（{words}）"]
    assert "使わない" not in page.find("//option/text()")
    assert ("30日間たずねない" in page.text) is days


def test_where_the_lender_leaves_it_to_members_it_can_be_off(office):
    page = settings(office, Level.OFF)
    assert page.find("//option[@value='off']/text()") == ["使わない"]
    assert "どなたにも" not in page.text
