"""Fifty guesses at once get no more comparisons than the count allows, by threads and by processes."""

import os
import subprocess
import sys
from collections import Counter

import pytest

from madoguchi.services import cast, login
from tests import people
from tests.support import processes
from tests.support.guessing import counting, place, storm

CARD, PIN = cast.HANAKO.card, cast.HANAKO.pin
GUESSES = 50


@pytest.fixture
def file(tmp_path):
    """Where comparisons are counted."""
    return tmp_path / "compared"


@pytest.fixture
def office(database, file):
    made = counting(people.office(database), file)
    people.newcomer(made, cast.HANAKO)
    return made


@pytest.fixture
def device(office, file):
    """A browser that knows Hanako; comparisons made for it are not counted."""
    token = login.by_card(office, CARD, PIN, place()).device_token
    os.truncate(file, 0)
    return token


def test_threads_of_strangers_get_three_comparisons(office, database_url, file):
    answers = Counter(storm(database_url, file, CARD, "", GUESSES))
    assert office.hasher.compared == 3
    assert answers == {"WrongPair": 3, "Waiting": GUESSES - 3}


def test_threads_on_a_known_browser_get_three_comparisons_and_the_card_is_held(
    office, database_url, file, device
):
    storm(database_url, file, CARD, device, GUESSES)
    assert office.hasher.compared == 3
    assert office.store.rows("SELECT state FROM card WHERE number = ?", (CARD,)) == [("held",)]
    assert len(office.store.rows("SELECT 1 FROM contract_state WHERE state = 'held'")) == 1


@pytest.mark.parametrize("known", [False, True], ids=["strangers", "known browser"])
def test_two_processes_together_get_three_comparisons(office, database_url, file, device, known):
    ask = "|".join((database_url, str(file), CARD, device if known else "", str(GUESSES // 2)))
    environment = os.environ | {"GUESS": ask, "PYTHONPATH": f"{processes.ROOT}/site:{processes.ROOT}"}
    command = [sys.executable, "-m", "tests.support.guessing"]
    started = [subprocess.Popen(command, env=environment, cwd=processes.ROOT) for _ in range(2)]
    assert [child.wait(60) for child in started] == [0, 0]
    assert office.hasher.compared == 3


def test_a_right_pin_among_parallel_wrong_ones_leaves_no_hold_behind(office, database_url, file, device):
    storm(database_url, file, CARD, device, 2)
    assert login.by_card(office, CARD, PIN, place(device)).session_token
    assert office.store.rows("SELECT pin_fails FROM device") == [(0,)]
