"""A backup's file: whole or not there, and unreadable or refused when anything about it is changed."""

import random
from datetime import UTC, datetime

import pytest

from madoguchi.adapters.backups import sealing
from madoguchi.adapters.backups.archive import TarArchives
from madoguchi.domain.faults import Unavailable, Unfit
from tests.support.backups import KEY

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
FACTS = {"format": 1, "entries": 3}
NAME = "shelf/ab/cd/abcd"


@pytest.fixture
def file(tmp_path):
    """A file of some chunks that does not shrink."""
    found = tmp_path / "file"
    found.write_bytes(random.Random(7).randbytes(2 * sealing.CHUNK + 77))
    return found


@pytest.mark.parametrize("key", ["", KEY])
def test_what_was_packed_comes_back_with_its_facts(tmp_path, file, key):
    archives = TarArchives(key)
    made = archives.write(tmp_path / "to", AT, [(NAME, file)], FACTS)
    assert made.name == "madoguchi-20261120T010000Z.tar.gz" + (".sealed" if key else "")
    facts = archives.unpack(made, tmp_path / "back")
    assert (tmp_path / "back" / NAME).read_bytes() == file.read_bytes()
    assert facts["entries"] == 3
    assert (made.stat().st_mode & 0o777, made.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_two_of_one_second_take_a_name_each(tmp_path, file):
    made = [TarArchives(key).write(tmp_path / "to", AT, [(NAME, file)], FACTS) for key in (KEY, "", KEY)]
    assert [path.name.split(".")[0][-8:] for path in made] == ["T010000Z", "T010001Z", "T010002Z"]
    assert [kept.path for kept in TarArchives().kept(tmp_path / "to")] == made[::-1]


def test_a_sealed_file_shows_nothing_and_opens_with_its_own_key_alone(tmp_path):
    plain = tmp_path / "plain"
    plain.write_bytes(b"hanako " * 1000)
    made = TarArchives(KEY).write(tmp_path / "to", AT, [(NAME, plain)], FACTS)
    assert b"hanako" not in made.read_bytes()
    assert b"manifest" not in made.read_bytes()
    for other in ("", KEY + "x"):
        with pytest.raises(Unfit, match="MADOGUCHI_BACKUP_KEY"):
            TarArchives(other).unpack(made, tmp_path / f"back{other}")


@pytest.mark.parametrize("key", ["", KEY])
@pytest.mark.parametrize("where", [0.001, 0.3, 0.6, 0.999])
def test_a_changed_byte_is_found_wherever_it_is(tmp_path, file, key, where):
    made = TarArchives(key).write(tmp_path / "to", AT, [(NAME, file)], FACTS)
    broken = bytearray(made.read_bytes())
    broken[max(40, int(len(broken) * where))] ^= 1
    made.write_bytes(broken)
    with pytest.raises(Unfit):
        TarArchives(key).unpack(made, tmp_path / "back")


@pytest.mark.parametrize("key", ["", KEY])
@pytest.mark.parametrize("left", [0, 60, sealing.CHUNK, 2 * sealing.CHUNK + 100])
def test_a_cut_file_is_no_backup(tmp_path, file, key, left):
    made = TarArchives(key).write(tmp_path / "to", AT, [(NAME, file)], FACTS)
    made.write_bytes(made.read_bytes()[:left])
    with pytest.raises(Unfit):
        TarArchives(key).unpack(made, tmp_path / "back")


def test_chunks_cannot_change_places(tmp_path, file):
    made = TarArchives(KEY).write(tmp_path / "to", AT, [(NAME, file)], FACTS)
    whole, head = made.read_bytes(), len(sealing.MAGIC) + sealing.SALT
    size = sealing.CHUNK + sealing.TAG
    made.write_bytes(whole[:head] + whole[head + size : head + 2 * size] + whole[head : head + size])
    with pytest.raises(Unfit):
        TarArchives(KEY).unpack(made, tmp_path / "back")


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path, file):
    made = TarArchives().write(tmp_path / "to", AT, [("shelf/../../evil", file)], FACTS)
    with pytest.raises(Unfit):
        TarArchives().unpack(made, tmp_path / "back")
    assert not (tmp_path / "evil").exists()


def test_what_is_gone_meanwhile_is_left_out_and_leftovers_are_no_backups(tmp_path, file):
    folder = tmp_path / "to"
    folder.mkdir()
    (folder / ".madoguchi-20261119T010000Z.tar.gz.partial").write_bytes(b"half")
    (folder / "notes.txt").write_text("mine")
    archives = TarArchives()
    assert archives.kept(folder) == []
    made = archives.write(folder, AT, [("shelf/gone", tmp_path / "gone"), (NAME, file)], FACTS)
    assert [one.path for one in archives.kept(folder)] == [made]
    assert archives.kept(folder)[0].at == AT
    assert sorted(one.name for one in folder.iterdir()) == [made.name, "notes.txt"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path, file):
    (tmp_path / "to").write_text("a file")
    with pytest.raises(Unavailable, match="folder of the backups"):
        TarArchives().write(tmp_path / "to", AT, [(NAME, file)], FACTS)
