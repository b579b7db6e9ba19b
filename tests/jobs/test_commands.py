"""The operator's commands on a small demo."""

from datetime import timedelta

import pytest

from madoguchi.jobs import commands
from madoguchi.services import demo, demo_lives
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people


@pytest.fixture
def office(sqlite_url):
    """A demo's office."""
    return people.office(Store(sqlite_url), demo=True)


@pytest.fixture
def run(office):
    """Runs a command line; gives what it printed and how it left."""
    app = create_app(office, Face("http://localhost"), people.ROOT)
    commands.register(app.cli, office)

    def go(*words):
        return app.test_cli_runner().invoke(args=words)

    return go


def test_verify_leaves_0_when_all_agrees_and_1_with_each_difference_named(run, office):
    hanako = people.hanako(office)
    assert (run("verify").output, run("verify").exit_code) == ("Every figure agrees with the ledger.\n", 0)
    with office.store.transaction():
        office.store.write("UPDATE contract SET principal = 1 WHERE id = ?", (hanako.contract_id,))
    told = run("verify")
    assert told.exit_code == 1
    assert "principal is cached as 1, computed as " in told.output
    assert told.output.endswith("1 differences.\n")


def test_daily_says_which_days_it_closed_and_may_be_run_again(run):
    assert "Closed 2026-11-19: 0 due dates passed." in run("daily").output
    assert run("daily").output == "All days before today are closed.\n"


def test_remind_and_daily_write_the_reminders_whose_hour_has_come(run, office):
    people.hanako(office)
    run("daily")
    assert run("remind").output == "0 due dates were looked after.\n"
    office.clock.move(timedelta(days=2))
    assert "Reminders: 1 due dates were looked after." in run("daily").output
    assert run("remind").output == "0 due dates were looked after.\n"


def test_import_members_tells_faults_on_stderr_and_leaves_1(run, tmp_path):
    file = tmp_path / "members.csv"
    file.write_text("member_number,name\n1,x\n", encoding="utf-8-sig")
    told = run("import-members", str(file))
    assert told.exit_code == 1
    assert "row 1, column card_number: is missing" in told.stderr
    assert "nothing was imported" in told.stderr


def test_demo_reset_makes_the_demo_again(run, office, monkeypatch):
    monkeypatch.setattr(demo, "STORIES", [s for s in demo.STORIES if s[1] is not demo_lives.ken])
    people.yui(office)
    assert run("demo-reset").exit_code == 0
    assert office.store.one("SELECT COUNT(*) FROM member") == (7,)
    assert run("verify").exit_code == 0


def test_a_production_site_has_no_demo_to_reset(sqlite_url):
    office = people.office(Store(sqlite_url))
    app = create_app(office, Face("http://localhost"), people.ROOT)
    commands.register(app.cli, office)
    assert app.test_cli_runner().invoke(args=["demo-reset"]).exit_code == 1


def test_migrate_says_that_nothing_is_left_to_do(run):
    assert run("migrate").output == "The schema is the newest.\n"
