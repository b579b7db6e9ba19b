"""A phone and the demo's ATM side by side, with script and without: notes out, notes in, three wrong PINs."""

import pytest

from tests.journeys import walk
from tests.support import accessibility, browser

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])


@pytest.fixture
def pair(own_site, tabs, request):
    """The phone of 佐藤 花子, and a machine that shows a number; each a browser of its own."""
    script = request.getfixturevalue("script")
    phone, machine = tabs.open(script=script, size=browser.PHONE), tabs.open(script=script)
    walk.sign_in(phone, "hanako")
    machine.goto("/demo/atm")
    machine.get_by_role("button", name="取引をはじめる").click()
    machine.wait_for_url("**/demo/atm/*")
    number = machine.url.rsplit("/", 1)[-1]
    phone.goto("/atm")
    phone.get_by_label("ATMの画面の番号", exact=True).fill(f"{number[:3]}-{number[3:6]}-{number[6:]}")
    phone.get_by_role("button", name="このATMとつなぐ").click()
    phone.get_by_role("heading", name="ATMに、この企業番号を入れてください").wait_for()
    return phone, machine


def press(machine, kind, amount, pin=""):
    """What is typed at the machine, up to the amount's own page or the refusal."""
    machine.get_by_label("取引", exact=True).select_option(kind)
    machine.get_by_label("企業番号", exact=True).fill("0912")
    machine.get_by_label("暗証番号", exact=True).fill(pin)
    machine.get_by_label("金額", exact=True).fill(amount)
    machine.get_by_role("button", name="確認へ進む").click()


def sound(script, *tabs):
    """Nothing that axe or the ruler would say; axe cannot run where script is off."""
    return not script or not [fault for tab in tabs for fault in walk.faults_of(tab)]


@SCRIPT
def test_hanako_takes_20000_yen_out_and_puts_10000_in(pair, script):
    phone, machine = pair
    assert sound(script, phone, machine)
    press(machine, "withdrawal", "20,000", "2583")
    machine.get_by_role("heading", name="金額を確かめてください").wait_for()
    assert sound(script, machine)
    phone.get_by_role("link", name="最新の状態を確かめる").click()
    phone.get_by_role("heading", name="ATMで20,000円をお受け取りください").wait_for()
    machine.get_by_role("button", name="現金を受け取る").click()
    machine.get_by_role("heading", name="20,000円をお受け取りください").wait_for()
    phone.goto("/atm")
    phone.get_by_role("heading", name="20,000円をお引き出しになりました").wait_for()
    assert sound(script, phone, machine)
    machine.get_by_role("button", name="現金が出なかった").click()
    machine.get_by_role("heading", name="取り消しました").wait_for()
    phone.goto("/atm")
    phone.get_by_role("heading", name="お引き出し20,000円は取り消されました").wait_for()
    assert sound(script, phone, machine)


@SCRIPT
def test_notes_go_in_and_the_history_has_them(pair, script):
    phone, machine = pair
    press(machine, "deposit", "10000")
    machine.get_by_role("button", name="現金を預ける").click()
    machine.get_by_role("heading", name="10,000円をお預かりしました").wait_for()
    phone.goto("/atm")
    phone.get_by_role("link", name="この取引の明細を見る").click()
    phone.get_by_text("返済（ATM）").first.wait_for()


@SCRIPT
def test_three_wrong_pins_hold_the_card_and_the_machine_says_so(pair, script):
    phone, machine = pair
    for told in ("あと2回", "あと1回", "カードの利用を止めました"):
        press(machine, "withdrawal", "1,000", "0000")
        machine.get_by_text(told).first.wait_for()
    assert sound(script, machine)
    phone.goto("/atm")
    phone.get_by_text("理由コード T-05").wait_for()
    assert sound(script, phone)


@pytest.mark.parametrize("script", [True], ids=["script on"])
def test_the_validator_has_nothing_to_say(pair, script):
    phone, machine = pair
    pages = {path: phone.request.get(path).text() for path in ("/atm", "/demo/atm")}
    pages["screen"] = machine.request.get(machine.url).text()
    pages["linked"] = phone.request.get("/atm").text()
    press(machine, "withdrawal", "1,000", "0000")
    machine.get_by_text("あと2回").first.wait_for()
    pages["after a refusal"] = phone.request.get("/atm").text()
    assert not accessibility.nu(pages)
