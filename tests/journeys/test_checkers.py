"""The browser's and the validator's checks refuse what they say they refuse."""

from tests.support import accessibility
from tests.support.browser import script_switched_off

GOOD = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>窓口</title></head>
<body><main><h1>窓口</h1><p>{}</p></main></body></html>"""
BAD = GOOD.format('<img src="x.png"><center>灰色</center>')


def test_axe_sees_a_picture_without_words(browser):
    tab = browser.new_page()
    tab.set_content(GOOD.format("よい"))
    assert accessibility.axe(tab) == []
    with script_switched_off(tab):
        tab.set_content(BAD)
    assert "image-alt" in "\n".join(accessibility.axe(tab))
    tab.close()


def test_the_validator_sees_what_is_no_html():
    faults = accessibility.nu({"good": GOOD.format("よい"), "bad": BAD})
    assert {fault.split(",")[0] for fault in faults} == {"bad"}
    assert "center" in "\n".join(faults)
