"""Two machines on one PostgreSQL and Redis: a session holds on both, a key works once, guesses add up."""

import threading
from contextlib import ExitStack

import pytest

from madoguchi.services import verify
from madoguchi.store.db import Store
from tests import people
from tests.faults.test_trouble import HANAKO, Watched
from tests.support import servers, site
from tests.support.member import HIDDEN

pytestmark = [pytest.mark.postgres, pytest.mark.redis]
SECRETS = {
    "MADOGUCHI_SECRET": "the same on both, for tests only 1",
    "MADOGUCHI_PEPPER": "the same on both, for tests only 2",
}


@pytest.fixture
def machines(tmp_path):
    """Two sites with folders of their own on the same books and counters, and the books' address."""
    with ExitStack() as running:
        cluster = running.enter_context(servers.cluster())
        url, counters = cluster.database("madoguchi"), running.enter_context(servers.redis())
        told = SECRETS | {"MADOGUCHI_DATABASE": url, "MADOGUCHI_LIMITER": counters}
        lives = [running.enter_context(site.running(tmp_path / name, environment=told)) for name in "ab"]
        yield *lives, url


def test_a_member_goes_on_at_the_other_machine_and_presses_once(machines):
    one, other, url = machines
    who = Watched(one.url, *HANAKO)
    who.sign_in()
    who.at(other.url).get("/home")
    assert who.status == 200
    hidden = who.form(1000)
    places, doors = [], threading.Barrier(2)

    def press(live):
        twin = Watched(live.url, *HANAKO)
        twin._jar = who._jar  # the same browser
        twin._opener = who._opener
        doors.wait()
        places.append(twin.press(1000, hidden).rsplit("/", 1)[1])

    threads = [threading.Thread(target=press, args=(live,)) for live in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(places)) == 1, places
    store = Store(url)
    key = "%" + hidden["idempotency_key"]
    assert store.one("SELECT COUNT(*) FROM entry WHERE idempotency_key LIKE ?", (key,)) == (1,)
    assert list(verify.differences(people.office(store))) == []
    store.close()


def test_both_count_the_guesses_of_one_address_together(machines):
    one, other, _ = machines
    statuses = []
    for n in range(34):
        stranger = Watched((one, other)[n % 2].url, *HANAKO)
        token = dict(HIDDEN.findall(stranger.get("/login")[1]))["csrf_token"]
        number = f"99901100009{n:05}"
        stranger.post("/login/card", csrf_token=token, card_number=number, pin="0000")
        statuses.append(stranger.status)
    assert 429 in statuses, statuses
    assert statuses.index(429) == 30, "30 a minute from one address, wherever they are tried"
    assert "少し時間をおいてください" in stranger.words
