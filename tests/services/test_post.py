"""Sending letters: each once, the failed ones again after growing waits, the hopeless ones set aside."""

import logging
import threading
from datetime import timedelta

import pytest

from madoguchi.domain.letters import WAITS, Kind
from madoguchi.ports import Later, Never, Unreachable
from madoguchi.services import doctor, letters, post
from tests import people
from tests.support.post import Bag, changed, code, row, with_carriers

SOON = timedelta(minutes=10)


class Killed(BaseException):
    """What ends a process on the spot."""


@pytest.fixture
def ichiro(office):
    """鈴木 一郎."""
    return people.newcomer(office)


def test_a_letter_is_sent_once_and_its_secret_forgotten(office, ichiro):
    bag = Bag()
    working = with_carriers(office, bag)
    code(working, ichiro, "908172")
    assert [post.deliver(working), post.deliver(working)] == [1, 0]
    (message,) = bag.messages
    assert (message.to, "\n908172\n" in message.printed.text) == ("ichiro@example.jp", True)
    assert row(office)[0] == "sent"
    assert "908172" not in str(office.store.rows("SELECT * FROM letter"))


def test_two_workers_at_once_send_each_letter_once(office, ichiro):
    bag, start = Bag(), threading.Barrier(4)
    working = with_carriers(office, bag)
    for _ in range(30):
        changed(working, ichiro)

    def work():
        start.wait()
        while post.deliver(working):
            pass
        office.store.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(message.key.split(".")[0]) for message in bag.messages) == list(range(1, 31))


def test_failed_letters_wait_longer_each_time_and_are_then_set_aside(office, ichiro):
    working = with_carriers(office, Bag(*[Later("SMTP 451 4.3.0")] * 6))
    changed(working, ichiro)
    for tries, wait in enumerate(WAITS, 1):
        assert post.deliver(working) == 1
        assert row(office) == ("new", tries, "SMTP 451 4.3.0")
        office.clock.move(wait - timedelta(seconds=1))
        assert post.deliver(working) == 0
        office.clock.move(timedelta(seconds=1))
    assert post.deliver(working) == 1
    assert row(office) == ("poison", 6, "SMTP 451 4.3.0")
    office.clock.move(timedelta(days=30))
    assert post.deliver(working) == 0


def test_what_was_due_by_day_does_not_go_out_at_night_whenever_the_worker_comes(office, ichiro):
    bag = Bag()
    working = with_carriers(office, bag)
    with office.store.transaction():
        facts = {"at": office.now(), "number": "7F3A21BC", "reads": "9:00"}
        letters.write(office, Kind.CONTACT_RECEIVED, facts, member_id=ichiro.member_id)
    office.clock.move(timedelta(hours=11, minutes=6))  # the worker was away from 10:00 to 21:06
    code(working, ichiro, "908172")
    assert [post.deliver(working), post.deliver(working)] == [1, 0]
    assert [row(office, number)[0] for number in (1, 2)] == ["new", "sent"]
    office.clock.move(timedelta(hours=10, minutes=53))  # 7:59
    assert post.deliver(working) == 0
    office.clock.move(timedelta(minutes=1))
    assert post.deliver(working) == 1


def test_a_second_try_waits_for_the_morning_too(office, ichiro):
    working = with_carriers(office, Bag(Later("SMTP 451 4.3.0")))
    with office.store.transaction():
        facts = {"at": office.now(), "number": "7F3A21BC", "reads": "9:00"}
        letters.write(office, Kind.CONTACT_RECEIVED, facts, member_id=ichiro.member_id)
    office.clock.move(timedelta(hours=10, minutes=59))  # 20:59
    assert post.deliver(working) == 1
    office.clock.move(timedelta(minutes=2))
    assert post.deliver(working) == 0


def test_while_the_server_is_away_each_call_tries_one_letter(office, ichiro):
    bag = Bag(Unreachable("gone"), Unreachable("gone"))
    working = with_carriers(office, bag)
    for _ in range(5):
        changed(working, ichiro)
    assert [post.deliver(working) for _ in range(3)] == [1, 1, 3]
    office.clock.move(timedelta(minutes=1))
    assert post.deliver(working) == 2
    assert len(bag.messages) == 5


def test_a_refused_letter_is_set_aside_at_once_and_the_next_one_goes_out(office, ichiro):
    bag = Bag(Never("SMTP 550 5.7.1"))
    working = with_carriers(office, bag)
    changed(working, ichiro)
    code(working, ichiro)
    changed(working, ichiro)
    assert post.deliver(working) == 3
    assert row(office, 2) == ("poison", 1, "SMTP 550 5.7.1")
    assert len(bag.messages) == 2
    assert code(working, ichiro), "a refusal that is not about the address does not mark it"


def test_an_address_that_does_not_exist_is_marked(office, ichiro):
    working = with_carriers(office, Bag(Never("SMTP 550 5.1.1", nobody_there=True)))
    changed(working, ichiro)
    post.deliver(working)
    assert not code(working, ichiro)


def test_a_letter_whose_sending_was_cut_short_is_sent_again_once_and_no_third_time(office, ichiro):
    bag = Bag(Killed(), Killed())
    working = with_carriers(office, bag)
    changed(working, ichiro)
    for _ in range(2):
        with pytest.raises(Killed):
            post.deliver(working)
        assert post.deliver(working) == 0
        office.clock.move(post.CLAIM)
    assert post.deliver(working) == 1
    assert row(office)[::2] == ("poison", post.UNKNOWN_TWICE)
    assert bag.messages == []


def test_a_worker_that_was_overtaken_settles_nothing(office, ichiro):
    bag = Bag()
    working = with_carriers(office, bag)
    changed(working, ichiro)

    class Slow:
        def send(self, _message):
            office.clock.move(post.CLAIM)
            post.deliver(working)
            raise Later("too late")

    post.deliver(with_carriers(office, Slow()))
    assert (row(office)[0], len(bag.messages)) == ("sent", 1)


def test_codes_overtake_other_letters(office, ichiro):
    bag = Bag()
    working = with_carriers(office, bag)
    changed(working, ichiro)
    office.clock.move(timedelta(seconds=1))
    code(working, ichiro)
    post.deliver(working)
    assert bag.messages[0].printed.subject == "確認コードのお知らせ"


def test_a_code_that_ran_out_is_not_sent_any_more(office, ichiro):
    bag = Bag()
    working = with_carriers(office, bag)
    code(working, ichiro, "908172")
    office.clock.move(SOON)
    post.deliver(working)
    assert (bag.messages, row(office)[2]) == ([], post.TOO_LATE)
    assert "908172" not in str(office.store.rows("SELECT * FROM letter"))


def test_a_letter_for_later_waits_for_its_hour(office, ichiro):
    bag = Bag()
    working = with_carriers(office, bag)
    changed(working, ichiro, due=office.now() + SOON)
    assert post.deliver(working) == 0
    office.clock.move(SOON)
    assert post.deliver(working) == 1


def test_without_a_carrier_letters_wait_and_the_doctor_says_so(office, ichiro):
    changed(office, ichiro)
    assert post.deliver(office) == 0
    office.clock.move(timedelta(minutes=11))
    told = "\n".join(doctor.complaints(office))
    assert "MADOGUCHI_SMTP" in told
    assert "is 11 minutes late" in told


def test_a_carrier_s_unforeseen_fault_holds_up_nobody_else(office, ichiro):
    working = with_carriers(office, Bag(RuntimeError("canary")))
    changed(working, ichiro)
    changed(working, ichiro)
    assert post.deliver(working) == 2
    assert [row(office, 1)[::2], row(office, 2)[0]] == [("new", "unforeseen: RuntimeError"), "sent"]


def test_no_log_line_holds_a_secret_or_an_address(office, ichiro, caplog):
    caplog.set_level(logging.DEBUG)
    working = with_carriers(office, Bag(Later("SMTP 451"), Never("SMTP 550")))
    code(working, ichiro, "908172")
    with office.store.transaction():
        facts = {"token": "canary-token", "until": office.now() + SOON}
        letters.write(working, Kind.WEB_ID_LINK, facts, member_id=ichiro.member_id)
    post.deliver(working)
    assert "letter 1 (code), try 1: SMTP 451" in caplog.text
    assert not [word for word in ("908172", "canary", "ichiro", "@") if word in caplog.text]


def test_old_letters_are_forgotten_and_those_set_aside_are_kept(office, ichiro):
    working = with_carriers(office, Bag(Never("no")))
    for to in (None, None, ""):
        changed(working, ichiro, to=to)
    post.deliver(working)
    office.clock.move(post.KEEP_VOID + SOON)
    assert post.trim(office) == 1
    office.clock.move(post.KEEP_SENT)
    assert post.trim(office) == 1
    assert [letter.id for letter in post.aside(office)] == [1]


def test_a_letter_set_aside_can_be_sent_again_unless_its_secret_is_gone(office, ichiro):
    bag = Bag(Never("no"), Never("no"))
    working = with_carriers(office, bag)
    changed(working, ichiro)
    code(working, ichiro)
    post.deliver(working)
    assert isinstance(post.again(working, 1), post.Requeued)
    assert isinstance(post.again(working, 2), post.SecretGone)
    assert isinstance(post.again(working, 3), post.NotAside)
    assert post.deliver(working) == 1
    assert isinstance(post.drop(working, 2), post.Dropped)
    assert (len(bag.messages), post.aside(office)) == (1, [])
