"""What a production site refuses to start with, each with the sentence that mends it."""

import pytest

import config
import run
from madoguchi.domain.faults import Unfit
from tests.jobs.test_start import start

SECRET, PEPPER = "8f3a9c0d7e61b5f24a" * 2, "0b7d94e2c1f8a6350d" * 2
GOOD = {
    "MADOGUCHI_ENV": "production",
    "MADOGUCHI_PUBLIC_ADDRESS": "https://madoguchi.example",
    "MADOGUCHI_SECRET": SECRET,
    "MADOGUCHI_PEPPER": PEPPER,
}
REFUSED = [
    ({"MADOGUCHI_SECRET": ""}, "MADOGUCHI_SECRET is missing; make one with: openssl rand -hex 32"),
    ({"MADOGUCHI_PEPPER": ""}, "MADOGUCHI_PEPPER is missing; make one with"),
    ({"MADOGUCHI_PEPPER": "short"}, "MADOGUCHI_PEPPER must have at least 32 characters"),
    ({"MADOGUCHI_SECRET": "x" * 40}, "MADOGUCHI_SECRET looks typed, not made by chance; make one with"),
    ({"MADOGUCHI_PEPPER": "changeme" * 5}, "MADOGUCHI_PEPPER looks typed"),
    ({"MADOGUCHI_PEPPER": SECRET}, "MADOGUCHI_PEPPER is the same as MADOGUCHI_SECRET; make one with"),
    ({"MADOGUCHI_BACKUP_KEY": PEPPER}, "MADOGUCHI_BACKUP_KEY is also another secret of the site"),
    ({"MADOGUCHI_SECRET_OLD": SECRET}, "MADOGUCHI_SECRET_OLD holds what MADOGUCHI_SECRET is"),
    ({"MADOGUCHI_PEPPER_OLD": "short"}, "MADOGUCHI_PEPPER_OLD must have at least 32 characters"),
    ({"MADOGUCHI_RAILS": "simulated"}, "write files, or say MADOGUCHI_REHEARSAL=yes"),
    ({"MADOGUCHI_CLOCK": "2026-11-20T10:00+09:00"}, "unset it in production"),
    ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG shows the inside of the site to strangers; unset it"),
    ({"PYTHONDEVMODE": "1"}, "PYTHONDEVMODE shows the inside"),
    ({"MADOGUCHI_PUBLIC_ADDRESS": ""}, "MADOGUCHI_PUBLIC_ADDRESS is missing: the https:// address"),
    ({"MADOGUCHI_PUBLIC_ADDRESS": "http://madoguchi.example"}, "must be https://host (http on loopback"),
    ({"MADOGUCHI_HOST": "0.0.0.0", "MADOGUCHI_TRUSTED_PROXIES": "1"}, "set MADOGUCHI_HOST=127.0.0.1"),
    ({"MADOGUCHI_BACKUP_DIR": "/var/backups"}, "MADOGUCHI_BACKUP_KEY is missing: backups hold all"),
    ({"MADOGUCHI_BACKUP_DIR": "backups"}, "MADOGUCHI_BACKUP_DIR must be a whole path"),
    ({"MADOGUCHI_BACKUP_KEEP": "7"}, "must be days,weeks,months"),
    ({"MADOGUCHI_METRICS": "8.8.8.8:9100"}, "MADOGUCHI_METRICS must be a private address with its port"),
    ({"MADOGUCHI_METRICS": "127.0.0.1"}, "MADOGUCHI_METRICS must be a private address with its port"),
    ({"MADOGUCHI_LOG": "xml"}, "MADOGUCHI_LOG must be one of json, plain"),
]  # fmt: skip


def settings(tmp_path, **changes):
    """What a production site would start with."""
    env = GOOD | {"MADOGUCHI_DATA": str(tmp_path / "data")} | changes
    return config.check(config.from_environment({name: value for name, value in env.items() if value}))


@pytest.mark.parametrize(("changes", "sentence"), REFUSED)
def test_each_of_these_is_refused_with_the_sentence_that_mends_it(tmp_path, changes, sentence):
    with pytest.raises(config.SettingError) as told:
        settings(tmp_path, **changes)
    assert sentence in str(told.value)
    assert not any(secret in str(told.value) for secret in (SECRET, PEPPER))


def test_a_data_folder_of_somebody_else_is_told_in_a_sentence(tmp_path, monkeypatch):
    def closed(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", closed)
    with pytest.raises(config.SettingError, match="data may not be read by this user: give it to the site's"):
        settings(tmp_path)


def test_a_start_says_what_it_applied(tmp_path, monkeypatch):
    from madoguchi.services import upkeep
    from madoguchi.store import schema
    from madoguchi.store.db import Store
    from tests import people

    office, said = people.office(Store(f"sqlite:///{tmp_path}/new.db")), []
    upkeep.ready(office, said.append)
    assert said == [f"The books were made ({schema.names()[-1]})."]
    monkeypatch.setattr(upkeep, "migrate", lambda _office: ["0998_one", "0999_two"])
    upkeep.ready(office, said.append)
    assert said[-1] == "Applied: 0998_one, 0999_two."


def test_without_any_of_them_it_starts_and_logs_lines_for_programs(tmp_path):
    found = settings(tmp_path)
    assert (found.production, found.log, found.rails, found.backup_dir) == (True, "json", "files", None)
    assert SECRET not in repr(found)
    assert PEPPER not in repr(found)


def test_a_rehearsal_has_banks_that_move_no_money_and_the_doctor_says_so(tmp_path):
    from madoguchi.services import doctor

    rehearsal = {"MADOGUCHI_RAILS": "simulated", "MADOGUCHI_REHEARSAL": "yes"}
    office, _app = run.build(settings(tmp_path, **rehearsal), print)
    assert office.demo is None
    assert office.bank is not None
    assert any("Rails are simulated" in sentence for sentence in doctor.complaints(office))


def test_the_folder_and_the_books_of_a_demo_are_refused(tmp_path, sqlite_url):
    from madoguchi.services import upkeep
    from madoguchi.store import stamps
    from madoguchi.store.db import Store
    from tests import people

    demo = config.from_environment({"MADOGUCHI_DATA": str(tmp_path / "data")})
    with pytest.raises(config.SettingError, match="MADOGUCHI_SECRET is the one that the demo made"):
        settings(tmp_path, MADOGUCHI_SECRET=demo.secret.decode())
    office = people.office(Store(sqlite_url))
    upkeep.ready(office, print)
    with office.store.transaction():
        stamps.put(office.store, "demo", office.now())
    with pytest.raises(Unfit, match="holds the demo's invented people: name an empty one"):
        upkeep.ready(office, print)


def test_making_a_demo_marks_its_books(tmp_path, monkeypatch):
    from madoguchi.services import demo, demo_books

    monkeypatch.setattr(demo, "STORIES", demo.STORIES[1:2])
    office, _app = run.build(config.from_environment({"MADOGUCHI_DATA": str(tmp_path / "data")}), print)
    assert demo_books.stands_in(office)


def test_the_books_of_a_demo_end_a_start_with_one_sentence(tmp_path):
    from madoguchi.store import schema, stamps
    from madoguchi.store.db import Store
    from tests import people

    store = Store(f"sqlite:///{tmp_path}/madoguchi.db")
    schema.migrate(store)
    with store.transaction():
        stamps.put(store, "demo", people.TODAY)
    store.close()
    ended = start(**GOOD, MADOGUCHI_DATA=str(tmp_path))
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1].startswith("The database holds the demo's invented people")
