"""The demo's bank for direct debits, as testers play it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from madoguchi.ports.debit import Word
from madoguchi.services import demo
from madoguchi.services.office import Demo
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor
from tests.support.debits import kinds_of_letters, mandated, with_bank

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def office(sqlite_url, tmp_path):
    """A demo with Hanako, who gave a mandate."""
    made = with_bank(people.office(Store(sqlite_url)), tmp_path)
    made = replace(made, demo=Demo(made.clock, type(made.clock), debits=made.debits))
    mandated(made, people.hanako(made))
    return made


@pytest.fixture
def tester(office):
    """Somebody at the demo's bank."""
    found = Visitor(create_app(office, Face("http://localhost"), ROOT))
    found.get("/demo/debits")
    return found


def test_a_bank_without_files_says_so(tester):
    assert "まだありません" in tester.text


def test_a_file_is_made_its_results_chosen_and_sent_back(tester, office):
    tester.submit("/demo/debits/files", on="2026-11-25")
    assert "2026年11月25日（水）の引き落とし" in tester.text
    tester.submit("/demo/debits/files", on="2026-11-25")
    assert "前に作ったままです" in tester.text
    (line,) = [form.get("action") for form in tester.find("//form[contains(@action, '/debits/1')]")]
    tester.submit(line, code="1")
    demo.move_clock(office, timedelta(days=5))
    assert kinds_of_letters(office)[-1] == "debit_failed"
    assert "1 残高不足" in tester.get("/demo/debits").text
    assert "結果を返しました" in tester.text


def test_a_result_can_be_sent_at_once_when_the_bank_is_slow(tester, office):
    tester.submit("/demo/debits/mood", word="agreed", days="5", code="0")
    tester.submit("/demo/debits/files", on="2026-11-25")
    demo.move_clock(office, timedelta(days=6))
    assert "debit_paid" not in kinds_of_letters(office)
    tester.get("/demo/debits")
    tester.submit("/demo/debits/files/debits-20261125.txt/answer")
    assert kinds_of_letters(office)[-1] == "debit_paid"


def test_the_banks_mood_is_kept_and_what_is_wrong_in_it_told(tester, office):
    tester.submit("/demo/debits/mood", word="declined", days="2", code="9")
    assert office.debits.mood().word is Word.DECLINED
    assert tester.find("//option[@selected]/@value") == ["declined", "9"]
    assert tester.submit("/demo/debits/mood", word="agreed", days="99", code="0").status == 422
    assert "5日まで" in tester.error_of("days")


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-11-22", "この日のファイルは作れません（銀行の休みの日で、期日にはなりません）"),
        ("2026-11-19", "この日のファイルは作れません（もう過ぎています）"),
        ("2027-01-26", "この日のファイルは作れません（20日より先です）"),
        ("", "入れてください"),
    ],
)
def test_a_day_without_a_file_is_told_beside_its_field(tester, on, words):
    assert tester.submit("/demo/debits/files", on=on).status == 422
    assert words in tester.error_of("on")


@pytest.mark.parametrize(("path", "code"), [("answer", ""), ("debits/1", "0"), ("debits/1", "7")])
def test_what_is_not_there_is_no_page(tester, path, code):
    assert tester.post(f"/demo/debits/files/none.txt/{path}", code=code).status == 404


def test_starting_over_makes_the_bank_forget(office, monkeypatch):
    monkeypatch.setattr(demo, "STORIES", ())
    demo.move_clock(office, timedelta(days=4))
    assert office.debits.files(9)
    office = replace(office, demo=replace(office.demo, clock=Restarted(office.clock)))
    demo.start_over(office, str)
    assert not office.debits.files(9)


class Restarted:
    """A clock that can be set back, as the demo's own can."""

    def __init__(self, clock):
        self.now, self.move = clock.now, clock.move

    def restart(self):
        """Go back to where it started."""
