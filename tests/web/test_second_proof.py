"""SMS and passkeys beside the mailed code, page by page."""

import pytest

from madoguchi.services import cast, locks
from madoguchi.web import Face, code_forms, create_app
from tests import people
from tests.page import Visitor
from tests.support.factors import with_app
from tests.support.mailbox import letters
from tests.support.post import Bag, with_carriers
from tests.support.signing import CARD, NOBODY, PIN
from tests.web.conftest import ROOT
from tests.web.test_unlock import WITH_CODE, code, unlock


@pytest.fixture
def busy(office):
    """An office that carries SMS; Hanako's card is held for guessing."""
    made = with_carriers(office, Bag(), Bag())
    locks.hold_card(made, made.store.one("SELECT id FROM contract")[0])
    return made


@pytest.fixture
def proved(busy):
    """Somebody whose mailed code was right."""
    visitor = Visitor(create_app(busy, Face("http://localhost"), ROOT))
    assert "SMSやパスキー" in unlock(visitor).text
    visitor.submit(WITH_CODE, code=code(busy))
    return visitor


def test_after_the_mailed_code_an_sms_can_be_asked_for_and_frees_the_card(proved, busy):
    assert "末尾 0019 の携帯電話" in proved.text
    page = proved.submit("/login/with-code/text")
    assert "SMSで6桁のコードをお送りしました" in page.text
    page = proved.submit(WITH_CODE, factor=letters(busy, "code_text")[0]["code"])
    assert (page.status, "カードの利用を再開しました" in page.text) == (200, True)
    assert proved.submit(WITH_CODE, pin=PIN).path == "/home"


def test_a_wrong_second_code_is_told_beside_its_own_field(proved):
    page = proved.submit(WITH_CODE, factor="000000")
    assert "もう1つのコード" in page.error_of("factor")
    assert not page.error_of("pin")


def test_a_code_of_an_app_that_was_used_is_told_so_beside_its_field(proved, busy):
    hanako = people.Made(*busy.store.one("SELECT member_id, id FROM contract"), cast.HANAKO)
    app = with_app(busy, hanako)
    page = proved.submit(WITH_CODE, pin=PIN, factor=app.at(busy.now()))
    assert page.error_of("factor") == code_forms.USED
    assert not page.error_of("pin")


def test_too_many_sms_are_told_with_the_time(proved):
    proved.submit("/login/with-code/text")
    page = proved.submit("/login/with-code/text")
    assert (page.status, page.errors[0]) == (429, "いまはSMSをお送りできません")
    assert "10:01" in page.text


def test_a_passkey_that_does_not_hold_is_told_and_the_page_stays(proved):
    page = proved.post("/login/with-code/passkey", credential="nonsense")
    assert page.status == 422
    assert page.errors[0] == "パスキーを確認できませんでした"


def test_for_nobody_there_is_neither_and_the_page_reads_the_same(busy):
    app, pages = create_app(busy, Face("http://localhost"), ROOT), []
    for number in (CARD, NOBODY):
        visitor = Visitor(app)
        unlock(visitor, number)
        pages.append((visitor.post("/login/with-code/text").status, visitor.text.count("SMS")))
    assert pages[0] == pages[1]
    assert pages[0][0] == 410
