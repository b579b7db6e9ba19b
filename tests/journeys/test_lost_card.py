"""A lost card and misuse in a real browser: told without signing in, held, released and listed."""

import pytest

from madoguchi.services import cast
from tests.journeys import walk
from tests.journeys.test_every_page import SHELL
from tests.journeys.test_recovery import SCRIPT, sound
from tests.support import accessibility


@SCRIPT
def test_a_card_is_reported_lost_without_signing_in_and_no_longer_signs_in(own_site, tabs, script):
    tab = tabs.open(script=script)
    tab.goto("/lost-card")
    tab.get_by_label("お名前（カナ）").fill("さとう　はなこ")
    tab.get_by_label("生年月日").fill(cast.HANAKO.member.birth_date.isoformat())
    tab.get_by_label("ご登録の電話番号か会員番号").fill("１００００００１９")
    tab.get_by_role("button", name="カードを止める").click()
    tab.get_by_role("heading", name="カードの届け出を受け付けました").wait_for()
    sound(tab, script)
    walk.sign_in(tab, "hanako", secret=walk.CARDS["hanako"][1])
    assert "/home" not in tab.url
    walk.sign_in_by_web_id(tab, "hanako")
    tab.get_by_text("紛失の届け出を受けて、止めました").wait_for()


@SCRIPT
def test_a_member_holds_releases_and_loses_the_card(own_site, tabs, script):
    tab = tabs.open(script=script)
    walk.sign_in_by_web_id(tab, "hanako")
    tab.get_by_role("link", name="カードの停止と再開").click()
    tab.get_by_role("button", name="カードを止める").click()
    tab.get_by_role("heading", name="カードを止めました").wait_for()
    sound(tab, script)
    tab.get_by_role("button", name="カードの利用を再開する").click()
    tab.get_by_role("heading", name="カードの利用を再開しました").wait_for()
    tab.get_by_role("link", name="紛失として届ける").click()
    sound(tab, script)
    tab.get_by_label("見つかっても").check()
    tab.get_by_role("button", name="紛失として届ける").click()
    tab.get_by_label("警察の受理番号", exact=True).fill("第123号")
    tab.get_by_role("button", name="番号を控える").click()
    tab.get_by_role("heading", name="受理番号を控えました").wait_for()
    sound(tab, script)


@SCRIPT
def test_transactions_that_nobody_knows_are_named_and_listed(own_site, tabs, script):
    tab = tabs.open(script=script)
    walk.sign_in_by_web_id(tab, "hanako")
    tab.goto("/history/18")
    tab.get_by_role("link", name="この取引に覚えがない").click()
    sound(tab, script)
    tab.get_by_role("button", name="届けて、すべて止める").click()
    tab.get_by_role("heading", name="覚えのない取引の届け出", exact=True).wait_for()
    sound(tab, script)
    tab.goto("/home")
    tab.get_by_role("link", name="覚えのない取引の届け出を調べています").click()
    tab.get_by_label("警察の受理番号", exact=True).fill("第123号")
    tab.get_by_role("button", name="番号を控える").click()
    tab.get_by_role("heading", name="受理番号を控えました").wait_for()
    tab.get_by_text("第123号").first.wait_for()
    sound(tab, script)


@pytest.mark.parametrize("look", ["320 px", "dark", "forced colours"])
def test_the_pages_keep_their_shape(own_site, tabs, look):
    tab = tabs.open(**walk.LOOKS[look])
    walk.sign_in_by_web_id(tab, "hanako")
    tab.goto("/misuse/transactions")
    for box in tab.get_by_role("checkbox").all():
        box.check()
    tab.get_by_role("button", name="届けて、すべて止める").click()
    paper = tab.url.split("/", 3)[3]
    public = ("/lost-card", "/lost-card/done", "/misuse", "/misuse/done", "/status")
    for path in (f"/{paper}", "/card", "/card?refused=not-yours", "/card/lost", *public):
        tab.goto(path)
        sound(tab)
    part = tab.request.get(f"/{paper}", headers={"HX-Request": "true"}).text()
    whole = tab.request.get(f"/{paper}").text()
    assert not accessibility.nu({"paper": whole, "part": SHELL.format(part)})


@SCRIPT
def test_in_maintenance_sign_in_says_when_it_is_back_and_a_card_can_be_stopped(own_site, tabs, script):
    tab = tabs.open(script=script)
    tab.goto("/demo")
    tab.get_by_label("日数", exact=True).fill("2")
    tab.get_by_label("時間", exact=True).fill("16")
    tab.get_by_role("button", name="進める").click()
    tab.goto("/login")
    tab.get_by_text("7:00 から、またお使いいただけます").wait_for()
    sound(tab, script)
    tab.get_by_role("link", name="いまの様子と、これからの予定を見る").click()
    tab.get_by_role("heading", name="いま、止まっている機能があります").wait_for()
    sound(tab, script)
    tab.goto("/misuse")
    tab.get_by_role("button", name="すべて止める").wait_for()
