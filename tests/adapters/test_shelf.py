"""The shelf: random names, nobody else's to read, no way out of the folder."""

import re
import stat

import pytest

from madoguchi.adapters.shelf import FolderShelf


@pytest.fixture
def shelf(tmp_path):
    """A shelf that is not there yet."""
    return FolderShelf(tmp_path / "data" / "shelf")


def test_what_was_put_is_got_until_it_is_removed(shelf):
    name = shelf.put(b"paper")
    assert re.fullmatch("[0-9a-f]{32}", name)
    assert shelf.get(name) == b"paper"
    shelf.remove(name)
    shelf.remove(name)
    assert shelf.get(name) is None


def test_a_name_may_be_given_and_names_are_never_the_same(shelf):
    assert shelf.put(b"a", "0" * 32) == "0" * 32
    assert len({shelf.put(b"a") for _ in range(20)}) == 20


def test_only_the_sites_user_can_read_and_nothing_half_written_stays(shelf, tmp_path):
    shelf.put(b"paper")
    found = list((tmp_path / "data" / "shelf").rglob("*"))
    modes = {path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in found}
    assert modes == {True: 0o700, False: 0o600}
    assert not [path for path in found if path.suffix]


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 31, "0" * 32 + "/..", "", "G" * 32])
def test_what_is_no_name_of_ours_leads_nowhere(shelf, name):
    with pytest.raises(ValueError, match="no name"):
        shelf.get(name)
