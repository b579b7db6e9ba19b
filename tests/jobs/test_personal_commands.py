"""`forget` says beforehand what would go, and then takes it away."""

from datetime import timedelta

import pytest

from madoguchi.jobs import commands
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people


@pytest.fixture
def office(sqlite_url):
    """An office with 渡辺 翔, whose contract ended more than ten years ago."""
    made = people.office(Store(sqlite_url))
    people.sho(made)
    made.clock.move(timedelta(days=3660))
    return made


@pytest.fixture
def run(office):
    """Runs a command line; gives what it printed."""
    app = create_app(office, Face("http://localhost"), people.ROOT)
    commands.register(app.cli, office)
    return lambda *words: app.test_cli_runner().invoke(args=words).output


def test_a_dry_run_names_the_members_by_number_and_changes_nothing(run):
    told = run("forget", "--dry-run")
    assert "Would go: member 100000069, whose last contract ended on 2026-10-21." in told
    assert run("forget", "--dry-run") == told


def test_forget_takes_them_away_and_finds_nothing_the_second_time(run):
    assert "Taken away: 1 members." in run("forget")
    assert "Taken away: 0 members." in run("forget")
    assert "Every figure agrees with the ledger." in run("verify")
