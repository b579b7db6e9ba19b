"""Documents from the wish to the answer that they are genuine, with script and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import walk


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def tab(request, tabs, own_site):
    """One tab on a site of its own."""
    return tabs.open(script=request.param)


def issue_balance(tab, day):
    """A balance certificate of a day; returns the number and the code that stand on it."""
    tab.goto("/documents")
    tab.get_by_role("link", name="残高証明書", exact=True).last.click()
    tab.locator("[name=on]").fill(day)
    tab.get_by_role("button", name="発行する").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("残高証明書")
    return tab.locator("main strong").all_inner_texts()


def test_a_member_issues_a_certificate_and_whoever_gets_it_finds_it_genuine(tab, tabs):
    walk.sign_in(tab, "hanako")
    number, code = issue_balance(tab, "2026-11-01")
    with tab.expect_download() as kept:
        tab.get_by_role("link", name="PDFで保存する").click()
    assert re.fullmatch(r"document-\d{11}\.pdf", kept.value.suggested_filename)
    other = tabs.open()
    other.goto("/documents/check")
    other.locator("[name=number]").fill(number)
    other.locator("[name=code]").fill(code.lower())
    other.get_by_role("button", name="確かめる").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("当社が発行した書面です")
    expect(other.locator("main")).to_contain_text("佐＊ 花＊")
    found = walk.faults_of(other)
    other.goto("/documents/check")
    other.locator("[name=number]").fill(number)
    other.locator("[name=code]").fill("0000-0000-0000-0000")
    other.get_by_role("button", name="確かめる").click()
    expect(other.locator("main")).to_contain_text("当社が発行した書面はありません")
    found += walk.faults_of(other)
    assert not found, "\n".join(found)


def test_a_month_that_ends_brings_a_statement_to_who_consented(tab):
    walk.sign_in(tab, "hanako")
    tab.goto("/settings/documents")
    tab.locator("[name=delivery]").select_option("electronic")
    tab.locator("[name=monthly]").select_option("yes")
    tab.get_by_role("button", name="この内容に決める").click()
    expect(tab.locator("main")).to_contain_text("いまは、電子交付で毎月まとめて")
    tab.goto("/demo")
    tab.locator("[name=days]").fill("11")
    tab.get_by_role("button", name="進める").click()
    expect(tab.locator("main")).to_contain_text("時計を進め")
    walk.sign_in(tab, "hanako")
    tab.goto("/documents")
    tab.get_by_role("link", name="2026年11月のご利用明細書").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("2026年11月のご利用明細書")


def test_documents_of_every_kind_shut_nobody_out(tabs, own_site):
    found = []
    for look in walk.LOOKS:
        tab = tabs.open(**walk.LOOKS[look])
        walk.sign_in(tab, "hanako")
        issue_balance(tab, "2026-11-02")
        found += walk.faults_of(tab)
        tab.goto("/documents")
        tab.get_by_role("link", name="2026年10月のご利用明細書").click()
        found += walk.faults_of(tab)
        tab.goto("/documents/balance")
        tab.locator("[name=on]").fill("2027-01-01")
        tab.get_by_role("button", name="発行する").click()
        expect(tab.get_by_role("alert")).to_contain_text("証明する日は")
        found += walk.faults_of(tab)
    assert not found, "\n".join(found)
