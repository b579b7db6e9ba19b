"""A stranger signs in, the letter comes, one press stops everything; and sessions listed in a browser."""

import pytest

from tests.journeys import walk
from tests.journeys.test_every_page import SHELL
from tests.journeys.test_recovery import SCRIPT, link, sound
from tests.support import accessibility


@SCRIPT
def test_the_letter_of_a_strangers_sign_in_stops_everything(own_site, tabs, script):
    stranger, owner = tabs.open(), tabs.open(script=script)
    walk.sign_in_by_web_id(stranger, "hanako")
    owner.goto(link(owner, "hanako@example.jp"))
    sound(owner, script)
    owner.get_by_role("button", name="すべて止める").click()  # as a scanner of mail would
    stranger.goto("/settings/security")
    assert stranger.get_by_role("heading", level=1).inner_text() == "安全の設定"
    owner.get_by_label("わたしではありません").check()
    owner.get_by_role("button", name="すべて止める").click()
    owner.get_by_role("heading", name="すべて止めました").wait_for()
    sound(owner, script)
    stranger.goto("/home")
    assert "/login" in stranger.url
    stranger.go_back()
    assert "安全の設定" not in stranger.get_by_role("main").inner_text()


@SCRIPT
def test_a_member_signs_another_browser_out(own_site, tabs, script):
    left, here = tabs.open(), tabs.open(script=script)
    walk.sign_in_by_web_id(left, "hanako")
    walk.sign_in_by_web_id(here, "hanako")
    here.get_by_role("link", name="安全の設定").click()
    sound(here, script)
    here.get_by_role("button", name="ログアウトする", exact=True).click()
    here.get_by_text("その端末をログアウトしました").wait_for()
    sound(here, script)
    left.goto("/home")
    assert "/login" in left.url


@pytest.mark.parametrize("look", ["320 px", "dark", "forced colours"])
def test_the_pages_keep_their_shape(own_site, tabs, look):
    for _ in range(2):
        tab = tabs.open(**walk.LOOKS[look])
        walk.sign_in_by_web_id(tab, "hanako")
    letter = link(tab, "hanako@example.jp")
    for path in ("/settings/security", letter, "/not-me/made-up"):
        tab.goto(path)
        sound(tab)
    texts = {p: tab.request.get(p).text() for p in ("/settings/security", letter, "/not-me/made-up")}
    part = tab.request.get("/settings/security", headers={"HX-Request": "true"}).text()
    assert not accessibility.nu(texts | {"part": SHELL.format(part)})
