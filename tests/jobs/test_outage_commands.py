"""`flask --app run outage …`: what is said, what is refused, and that moments are Japan's."""

import pytest
from click.testing import CliRunner

from madoguchi.jobs.outage_commands import make_outage
from madoguchi.services import availability
from madoguchi.store.db import Store
from tests import people


@pytest.fixture
def office(sqlite_url):
    store = Store(sqlite_url)
    yield people.office(store)
    store.close()


def run(office, *words):
    """What a command says, and how it ends."""
    done = CliRunner().invoke(make_outage(office), words)
    return done.exit_code, done.output


BEGIN = ("begin", "--what", "repaying", "--what", "sign_in", "--words", "止まりました", "--by", "desk1")


def test_begun_listed_told_and_ended(office):
    assert run(office, *BEGIN, "--at", "2026-11-20T09:30") == (0, "Outage 1 stands so on /status.\n")
    assert "1,repaying sign_in,2026-11-20T09:30+09:00,,0\n" in run(office, "list")[1]
    assert run(office, "tell", "1", "--words", "調べています", "--by", "desk1")[0] == 0
    assert run(office, "end", "1", "--by", "desk1")[0] == 0
    assert availability.status(office).past[0].words == "止まりました"


def test_announced_and_withdrawn(office):
    times = ("--at", "2026-11-28T22:00", "--until", "2026-11-29T00:00")
    said = ("announce", "--what", "atm", "--words", "点検です", "--by", "desk1", *times)
    assert run(office, *said)[0] == 0
    assert run(office, "withdraw", "1", "--by", "desk1")[0] == 0
    assert run(office, "list") == (0, "number,what,begins,ends,planned\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("begin", "--words", "x", "--by", "d"), "say what is shut"),
        (("begin", "--what", "atm", "--by", "d"), "say it in words"),
        ((*BEGIN, "--at", "2026-11-20T12:00"), "has not come"),
        (("end", "7", "--by", "d"), "no such outage"),
    ],
)
def test_what_is_refused_says_why_and_ends_with_one(office, words, told):
    code, said = run(office, *words)
    assert code == 1
    assert told in said


def test_what_is_no_moment_is_told(office):
    assert "no moment such as" in run(office, *BEGIN, "--at", "yesterday")[1]
