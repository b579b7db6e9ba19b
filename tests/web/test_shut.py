"""What a page says to whoever may know that a way in is shut: the reason, and only ways that lead on."""

import pytest

from madoguchi.services import cast, locks
from tests import people
from tests.page import Visitor
from tests.support.mailbox import letters
from tests.support.signing import CARD, PASSWORD, PIN, by_card, by_web_id, known

SAID = {
    "guessing": "暗証番号の間違いが続いたため、カードの利用を止めています。",
    "not_me": "「身に覚えがない」とのお知らせを受けて、カードの利用と新しいお借り入れを止めています。",
    "member": "お申し出により、カードの利用を止めています。",
    "office": "カードの利用を止めています。カードでのログインとATM",
}
BY_CODE = "メールで届く確認コードで解除する"


@pytest.fixture
def friend(app):
    """Hanako's own browser."""
    return known(app)


def hold(office, why):
    """Put her card on hold for a reason."""
    locks.hold_card(office, office.store.one("SELECT id FROM contract")[0], why, "somebody")


@pytest.mark.parametrize("why", SAID)
def test_a_known_browser_is_told_why_the_card_is_on_hold_and_the_code_only_where_it_helps(
    friend, office, why
):
    hold(office, why)
    page = by_card(friend, CARD, PIN)
    assert (page.status, page.heading) == (403, "カードの利用を止めています")
    assert next(one for one in SAID if SAID[one] in page.text) == why
    assert (BY_CODE in page.text) is (why == "guessing")
    assert "Web-IDでのログインとご返済は、そのままお使いいただけます。" in page.text


def test_a_code_does_not_end_at_a_page_without_the_reason(visitor, office):
    hold(office, "not_me")
    visitor.get("/login/unlock")
    visitor.submit("/login/unlock/card", card_number=CARD)
    page = visitor.submit("with-code", code=letters(office, "code")[0]["code"], pin=PIN)
    assert page.status == 403
    assert SAID["not_me"] in page.text
    assert BY_CODE not in page.text


def test_a_locked_password_names_a_new_one_and_no_code(friend, office):
    locks.lock_password(office, office.store.one("SELECT id FROM member")[0])
    page = by_web_id(friend)
    assert page.heading == "Web-IDでのログインを止めています"
    assert "カードには影響ありません。" in page.text
    assert BY_CODE not in page.text
    assert "/password/reset" in page.find("//main//a/@href")
    assert "/login?other=1#by-card" in page.find("//main//a/@href")


@pytest.fixture
def sakura(app, office):
    """Sakura, on a browser of her own, after her card and her password were shut."""
    made = people.newcomer(office, cast.SAKURA)
    friend = Visitor(app)
    friend.get("/login")
    by_card(friend, cast.SAKURA.card, cast.SAKURA.pin, follow=False)
    friend.get("/logout")
    friend.submit("sign-out")
    locks.hold_card(office, made.contract_id)
    locks.lock_password(office, made.member_id)
    friend.get("/login")
    return friend


def test_with_both_shut_neither_page_says_that_the_other_is_open(sakura):
    by_card_page = by_card(sakura, cast.SAKURA.card, cast.SAKURA.pin)
    assert "Web-IDでのログインも止めています。" in by_card_page.text
    sakura.get("/login")
    by_web_id_page = by_web_id(sakura, cast.SAKURA.web_id, cast.SAKURA.password)
    assert SAID["guessing"] in by_web_id_page.text
    for page in (by_card_page, by_web_id_page):
        assert page.status == 403
        assert "影響ありません" not in page.text
        assert "そのままお使いいただけます" not in page.text
        assert not any("other=1" in link for link in page.find("//main//a/@href"))
        assert "/password/reset" in page.find("//main//a/@href")


@pytest.mark.parametrize(
    ("why", "link"), [("guessing", True), ("not_me", False), ("member", False), ("office", False)]
)
def test_home_names_the_way_to_free_the_card_by_what_put_it_on_hold(visitor, office, why, link):
    by_web_id(visitor, password=PASSWORD)
    hold(office, why)
    page = visitor.get("/home")
    assert "カードを止めています" in page.text
    assert ("/login/unlock" in page.find("//main//a/@href")) is link
