"""A database that undoes acts for another's sake, as distributed ones do: members notice nothing of it."""

import threading

import psycopg
import pytest

from madoguchi.services import verify
from madoguchi.store.db import Store
from tests import people
from tests.faults.test_trouble import HANAKO, Watched
from tests.support import servers, site

pytestmark = pytest.mark.postgres
TIMES = 8


def strict(cluster):
    """The address of an empty database that serialises whatever is done in it."""
    url = cluster.database("madoguchi")
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("ALTER DATABASE madoguchi SET default_transaction_isolation = serializable")
    return url


def undone(cluster):
    """How many acts it has undone so far, by its own log."""
    return cluster.log.read_text().count("could not serialize access")


def borrow(who, seen):
    """Borrow some times and note what was answered."""
    for _ in range(TIMES):
        who.borrow(1000)
        seen.append(who.status)


def test_browsers_that_stand_in_each_others_way_are_all_served(tmp_path):
    with servers.cluster() as cluster:
        url = strict(cluster)
        with site.running(tmp_path / "site", environment={"MADOGUCHI_DATABASE": url}) as live:
            members, seen = [Watched(live.url, *HANAKO) for _ in range(4)], []
            for who in members:
                who.sign_in()
            before = undone(cluster)
            threads = [threading.Thread(target=borrow, args=(who, seen)) for who in members]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            store = Store(url)
            drawn = {seq for (seq,) in store.rows("SELECT seq FROM entry WHERE kind = 1")}
            told = {seq for who in members for seq in who.acknowledged}
            assert told <= drawn
            assert set(seen) <= {200, 409, 422}, (
                seen
            )  # 409: another browser was faster, and the figures changed
            assert told, seen
            assert undone(cluster) > before, "none stood in another's way: let more of them borrow"
            assert list(verify.differences(people.office(store))) == []
            store.close()
