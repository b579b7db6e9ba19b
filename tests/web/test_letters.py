"""/letters: what was sent, in full, one's own alone, page by page."""

from pathlib import Path

import pytest

from madoguchi.services import choices, post, sent_letters
from madoguchi.services.choices import YES, Choice
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support import retold
from tests.support.post import Bag, changed, code, with_carriers
from tests.support.signing import by_web_id

ROOT = Path(__file__).resolve().parent.parent.parent
SIGNED_IN = "はじめての端末からログインがありました"


@pytest.fixture
def working(office):
    """The office with a carrier of mail."""
    return with_carriers(office, Bag())


@pytest.fixture
def member(working):
    """Hanako, signed in on a browser that is new."""
    found = Visitor(create_app(working, Face("http://localhost", compiled=retold.COMPILED), ROOT))
    found.get("/login")
    by_web_id(found, follow=False)
    return found


@pytest.fixture
def hanako():
    """Hanako by her number."""
    return people.Made(1, 1, people.cast.HANAKO)


def sent(office):
    """Send all that waits."""
    while post.deliver(office):
        pass


def test_before_anything_was_sent_the_page_says_so(member):
    page = member.get("/letters")
    assert (page.heading, "お知らせは、ありません" in page.text) == ("お知らせの控え", True)


def test_a_letter_is_read_in_full_although_a_discreet_one_went_out(member, working):
    with working.store.transaction():
        choices.choose_within(working, 1, {Choice.DISCREET: YES})
    sent(working)
    assert working.post.carriers[next(iter(working.post.carriers))].messages[0].printed.subject == (
        "お知らせがあります"
    )
    member.get("/letters")
    page = member.follow(SIGNED_IN)
    assert page.heading == SIGNED_IN
    assert "Web-IDとパスワード" in page.text


def test_codes_are_not_kept_and_links_that_stop_everything_are_blanked(member, working, hanako):
    code(working, hanako, "908172")
    sent(working)
    page = member.get("/letters")
    assert [row.text for row in page.find("//tbody//a")] == [SIGNED_IN]
    assert "/not-me/" not in member.follow(SIGNED_IN).body


def test_letters_turn_their_pages(member, working, hanako):
    for _ in range(sent_letters.PAGE):
        changed(working, hanako)
    sent(working)
    first = member.get("/letters").find("//tbody//a/@href")
    second = member.follow("もっと前のお知らせを見る").find("//tbody//a/@href")
    assert (len(first), len(second), set(first) & set(second)) == (sent_letters.PAGE, 1, set())
    assert len(member.follow("新しいお知らせに戻る").find("//tbody//a")) == sent_letters.PAGE


@pytest.mark.parametrize("path", ["/2", "/999", "/x", "?before=x", "?before=²", "?before=9" + "9" * 30])
def test_what_is_not_ones_own_is_no_page(member, working, path):
    ichiro = people.newcomer(working)
    changed(working, ichiro)
    sent(working)
    assert member.get("/letters" + path).status == 404


def test_the_page_asks_the_books_three_times_however_many_letters_there_are(member, working, hanako):
    for many in (1, 10):
        for _ in range(many):
            changed(working, hanako)
        sent(working)
        working.store.asked.clear()
        member.client.get("/letters")
        assert len(working.store.asked) <= 3
