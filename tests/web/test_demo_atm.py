"""The demo's ATM: it asks the same signed addresses, and a member beside it sees what comes."""

import pytest

from madoguchi.services import cast, contracts
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support.members import signed_in
from tests.support.money import rows, standing


@pytest.fixture
def office(sqlite_url):
    """A demo on a blank database."""
    store = Store(sqlite_url)
    yield people.office(store, demo=True)
    store.close()


@pytest.fixture
def machine(office):
    """A tester before the machine, which shows a number."""
    found = Visitor(create_app(office, Face("http://localhost"), people.ROOT))
    found.get("/demo")
    found.follow("デモのATM")
    found.submit("/demo/atm")
    return found


def number_of(machine):
    """The number on the screen."""
    return machine.path.rsplit("/", 1)[-1]


def press(machine, number, **keys):
    """What is typed at the machine; as it stands otherwise."""
    keys = {"kind": "withdrawal", "company": "0912", "pin": "2583", "amount": "20000"} | keys
    return machine.submit(f"/demo/atm/{number}/authorise", **keys)


@pytest.fixture
def hanako(office, machine):
    """佐藤 花子 with her phone, linked to the machine."""
    who = people.hanako(office)
    phone = signed_in(office, who)
    phone.get(f"/atm?number={number_of(machine)}")
    phone.submit("/atm")
    return who, phone


def test_the_machine_draws_a_code_that_leads_to_the_members_page(machine):
    number = number_of(machine)
    picture = machine.client.get(f"/demo/atm/{number}/qr")
    assert picture.mimetype == "image/svg+xml"
    assert number[:3] + "-" in machine.text


def test_notes_come_out_and_the_phone_knows(office, machine, hanako):
    who, phone = hanako
    before, number = standing(office, who).principal, number_of(machine)
    press(machine, number)
    assert machine.heading == "金額を確かめてください"
    machine.submit(f"/demo/atm/{number}/confirm")
    assert "20,000円をお受け取りください" in machine.text
    assert standing(office, who).principal == before + 20_000
    assert "20,000円をお引き出しになりました" in phone.get("/atm").text


def test_notes_go_in_without_any_secret(office, machine, hanako):
    who, phone = hanako
    number = number_of(machine)
    press(machine, number, kind="deposit", pin="", amount="10,000")
    machine.submit(f"/demo/atm/{number}/confirm")
    assert "10,000円をお預かりしました" in machine.text
    assert rows(office, who)[-1].fees == 110
    assert "ご返済10,000円をお受けしました" in phone.get("/atm").text


def test_a_refusal_stands_on_the_screen_and_can_be_typed_anew(office, machine, hanako):
    number = number_of(machine)
    page = press(machine, number, pin="0000")
    assert (page.status, "T-11" in page.errors[1]) == (422, True)
    assert press(machine, number).heading == "金額を確かめてください"


def test_the_machine_gives_up_and_jams(office, machine, hanako):
    who, _phone = hanako
    before, number = standing(office, who).principal, number_of(machine)
    press(machine, number)
    machine.submit(f"/demo/atm/{number}/confirm")
    machine.submit(f"/demo/atm/{number}/reverse")
    assert machine.heading == "取り消しました"
    assert (standing(office, who).principal, standing(office, who).fees) == (before, 0)


def test_pressing_twice_is_once(office, machine, hanako):
    who, _phone = hanako
    before, number = standing(office, who).principal, number_of(machine)
    form = machine.page
    press(machine, number)
    machine.page = form
    press(machine, number)
    assert machine.heading == "金額を確かめてください"
    assert standing(office, who).principal == before + 20_000


def test_the_testers_session_neither_reaches_the_line_nor_is_lost_on_it(office, machine):
    """One browser plays both: the member's and the machine's."""
    who = people.newcomer(office, cast.KEN)
    phone = signed_in(office, who)
    phone.get("/demo/atm")
    phone.submit("/demo/atm")
    number = number_of(phone)
    phone.get(f"/atm?number={number}")
    phone.submit("/atm")
    phone.get(f"/demo/atm/{number}")
    press(phone, number, pin=who.persona.pin)
    assert phone.heading == "金額を確かめてください"
    assert phone.find("//form[@action='/logout']")
    assert phone.get("/home").status == 200


@pytest.mark.parametrize("path", ["/demo/atm/123", "/demo/atm/1234567890", "/demo/atm/made-up/qr"])
def test_what_is_no_number_is_gone(machine, path):
    assert machine.get(path).status == 410


def test_wrong_keys_are_told_beside_their_fields(machine):
    page = press(machine, number_of(machine), amount="x", company="")
    assert page.status == 422
    assert page.error_of("amount")
    assert page.error_of("company")


def test_a_pin_of_three_digits_is_told_and_counts_nothing(office, machine, hanako):
    assert "確かめてください" in press(machine, number_of(machine), pin="258").errors[1]
    assert office.store.one("SELECT COUNT(*) FROM atm_pin")[0] == 0


def test_a_suspended_member_reads_the_rule_on_the_screen(office, machine, hanako):
    who, _phone = hanako
    contracts.suspend(office, who.contract_id, "照会", "窓口")
    assert "T-02" in press(machine, number_of(machine)).errors[1]
