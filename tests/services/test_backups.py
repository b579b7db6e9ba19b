"""Backups of a house at work: one moment of its books, brought back whole or not at all."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from playhouse.migrations import Runner

from madoguchi.domain.channels import Channel
from madoguchi.domain.faults import Unfit
from madoguchi.domain.retention import Keep
from madoguchi.services import backups, posting, restoring, verify
from madoguchi.store import backups as rows
from madoguchi.store import schema, stamps
from madoguchi.store.db import Store
from tests import people
from tests.support.backups import KEY, with_backups

NAME = "ab" * 16


@pytest.fixture
def house(office, tmp_path):
    """An office with backups, 花子 in its books and a file on its shelf."""
    people.hanako(office)
    shelf = tmp_path / "data" / "shelf" / NAME[:2] / NAME[2:4]
    shelf.mkdir(parents=True)
    (shelf / NAME).write_bytes(b"what a member sent")
    (shelf / "half.new").write_bytes(b"never finished")
    return with_backups(office, tmp_path, KEY)


@pytest.fixture
def blank(house):
    """The address of a blank database where the house stands on a server, else ""."""
    if house.store.sqlite:
        yield ""
        return
    with house.backups.tools.scratch(house.store.url) as url:
        yield url


def pay(house, contract_id, key):
    """Take in 200 yen."""
    return posting.receive_payment(house, contract_id, 200, Channel.BANK_TRANSFER, house.business_day(), key)


def test_what_comes_back_is_the_same_ledger_and_the_same_files(house, tmp_path, blank):
    made = backups.make(house)
    assert backups.newest(house).file == made.path.name
    done = restoring.restore(house, made.path, tmp_path / "back", blank)
    assert done.ledger == made.ledger
    assert made.ledger.entries > 0
    files = [one for one in (tmp_path / "back" / "shelf").rglob("*") if one.is_file()]
    assert [(one.name, one.read_bytes()) for one in files] == [(NAME, b"what a member sent")]
    store = Store(done.database)
    assert list(verify.differences(people.office(store))) == []
    store.close()


def test_a_drill_proves_it_and_leaves_nothing_behind(house, tmp_path):
    made = backups.make(house)
    found = restoring.drill(house, made.path)
    assert (found.ledger, found.migrated, found.faults) == (made.ledger, (), ())
    assert stamps.read(house.store, restoring.DRILL) == house.now()
    assert [one.name for one in (tmp_path / "data").iterdir()] == ["shelf"]
    if not house.store.sqlite:
        assert house.store.rows("SELECT 1 FROM pg_database WHERE datname LIKE 'madoguchi_drill%'") == []


def test_a_drill_names_what_is_wrong_in_the_books(house):
    with house.store.transaction():
        house.store.write("UPDATE contract SET principal = 1")
    found = restoring.drill(house, backups.make(house).path)
    assert "principal is cached as 1" in found.faults[0]
    assert stamps.read(house.store, restoring.DRILL) is None


def test_a_backup_among_writers_holds_one_moment(house):
    contract_id = house.store.rows("SELECT id FROM contract")[0][0]
    stop, posted = threading.Event(), []

    def write():
        while not stop.is_set():
            n = len(posted)
            pay(house, contract_id, f"among-{n}")
            posted.append(n)
        house.store.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [_a_second_later(house) for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    assert posted
    for one in made:
        assert restoring.drill(house, one.path).faults == ()


def _a_second_later(house):
    """A backup with a name of its own."""
    house.clock.move(timedelta(seconds=1))
    return backups.make(house)


def test_nothing_in_use_is_overwritten(house, tmp_path, blank):
    made = backups.make(house)
    used = tmp_path / "used"
    used.mkdir()
    (used / "madoguchi.db").write_text("somebody's")
    with pytest.raises(Unfit, match="is in use"):
        restoring.restore(house, made.path, used, blank)
    if blank:
        with pytest.raises(Unfit, match="holds tables"):
            restoring.restore(house, made.path, tmp_path / "back", house.store.url)
        with pytest.raises(Unfit, match="name a blank one"):
            restoring.restore(house, made.path, tmp_path / "back")
    assert not (tmp_path / "back").exists()
    assert (used / "madoguchi.db").read_text() == "somebody's"


def test_a_folder_with_nothing_but_what_each_start_makes_is_not_in_use(house, tmp_path, blank):
    made, place = backups.make(house), tmp_path / "fresh"
    (place / "templates").mkdir(parents=True)
    (place / "start.lock").touch()
    assert restoring.restore(house, made.path, place, blank).ledger == made.ledger
    found = {one.name for one in place.iterdir()}
    assert found == {"templates", "start.lock", "shelf"} | (set() if blank else {"madoguchi.db"})


def test_another_key_restores_nothing(house, tmp_path, blank):
    made = backups.make(house)
    other = with_backups(house, tmp_path, KEY + "x")
    with pytest.raises(Unfit, match="does not open with this key"):
        restoring.restore(other, made.path, tmp_path / "back", blank)
    assert not (tmp_path / "back").exists()


def test_a_ledger_that_is_not_the_promised_one_is_refused(house, tmp_path, blank, monkeypatch):
    monkeypatch.setattr(rows, "ledger", lambda _store: rows.Ledger(1, "0" * 64))
    made = backups.make(house)
    monkeypatch.undo()
    with pytest.raises(Unfit, match="not the one that it was made from"):
        restoring.restore(house, made.path, tmp_path / "back", blank)


def test_older_ones_go_as_the_settings_say(office, tmp_path):
    house = with_backups(office, tmp_path, keep=Keep(2, 0, 0))
    for _ in range(4):
        made = backups.make(house)
        house.clock.move(timedelta(days=1))
    assert made.removed == 1
    assert len(house.backups.archives.kept(house.backups.folder)) == 2


def test_one_is_due_a_day_after_the_last_and_never_without_a_place(office, tmp_path):
    assert not backups.due(office)
    house = with_backups(office, tmp_path)
    assert backups.due(house)
    backups.make(house)
    assert not backups.due(house)
    house.clock.move(timedelta(hours=24))
    assert backups.due(house)


def test_two_workers_make_one_a_day(house, tmp_path, monkeypatch):
    asked, doors, real, made = threading.local(), threading.Barrier(2), backups.due, []

    def due(office):
        found = real(office)
        if not hasattr(asked, "before"):
            asked.before = found
            doors.wait()  # both have seen that one is due
        return found

    def work():
        own = replace(house, store=Store(house.store.url))
        made.append(backups.make_if_due(with_backups(own, tmp_path, KEY)))
        own.store.close()

    monkeypatch.setattr(backups, "due", due)
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one is None for one in made) == [False, True]
    assert len(house.backups.archives.kept(house.backups.folder)) == 1


def test_one_made_elsewhere_by_hand_takes_no_turn_and_throws_nothing_away(office, tmp_path):
    house = with_backups(office, tmp_path, keep=Keep(1, 0, 0))
    for _ in range(2):
        made = backups.make(house, tmp_path / "elsewhere")
        house.clock.move(timedelta(days=2))
    assert (made.removed, backups.due(house)) == (0, True)
    assert len(house.backups.archives.kept(tmp_path / "elsewhere")) == 2


def test_the_hash_is_of_every_figure(house):
    before = rows.ledger(house.store)
    contract_id = house.store.rows("SELECT id FROM contract")[0][0]
    pay(house, contract_id, "one-more")
    after = rows.ledger(house.store)
    assert after.entries == before.entries + 1
    assert after.hash != before.hash


def test_a_backup_of_an_older_schema_is_brought_up_to_date_by_the_drill(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/old.db")
    store.peewee.connect(reuse_if_open=True)
    Runner(store.peewee, str(schema.FOLDER)).up("0049_reports")
    house, ledger = with_backups(people.office(store), tmp_path), rows.ledger(store)
    facts = {"format": 1, "schema": "0049_reports", "entries": ledger.entries, "ledger": ledger.hash}
    store.close()
    file = ("database/madoguchi.db", tmp_path / "old.db")
    made = house.backups.archives.write(tmp_path / "kept", house.now(), [file], facts)
    schema.migrate(store)
    found = restoring.drill(house, made)
    assert "0055_operating" in found.migrated
    assert found.faults == ()


@pytest.mark.parametrize(
    "facts", [{"schema": "9999_later"}, {"format": 2}, {"entries": None}, {"schema": None}]
)
def test_a_backup_of_a_newer_version_or_of_something_else_is_refused(house, tmp_path, facts):
    told = {"format": 1, "schema": "0055_operating", "entries": 0, "ledger": ""} | facts
    made = house.backups.archives.write(tmp_path / "kept", house.now(), [], told)
    with pytest.raises(Unfit, match=r"newer version|no backup of this site"):
        restoring.restore(house, made, tmp_path / "back", "postgresql://nowhere/x")
