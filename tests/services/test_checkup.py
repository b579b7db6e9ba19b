"""What the doctor says of books, machine, mail, worker and backups."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.adapters.machine import ThisMachine
from madoguchi.domain.letters import Channel
from madoguchi.ports import Unreachable
from madoguchi.ports.machine import Room
from madoguchi.services import backups, checkup, pulse, restoring, rounds
from madoguchi.services.office import Post
from madoguchi.store import closed_days
from tests.support.backups import with_backups


class Sound:
    """A machine with nothing wrong."""

    free, step = 50 << 30, True

    def room(self):
        """Half a disk."""
        return Room(self.free, 100 << 30)

    def clock_in_step(self):
        """As said."""
        return self.step


class Mail:
    """A carrier that answers, or does not."""

    def __init__(self, cause=""):
        self.cause = cause

    def send(self, message):
        """Never asked here."""

    def knock(self):
        """As said."""
        if self.cause:
            raise Unreachable(self.cause)


@pytest.fixture
def house(office, tmp_path):
    """A production house in which all is well."""
    found = replace(with_backups(office, tmp_path), machine=Sound(), post=Post(None, {Channel.MAIL: Mail()}))
    for _ in rounds.close_days(found):
        pass
    pulse.beat(found)
    restoring.drill(found, backups.make(found).path)
    return found


def told(house, **changes):
    """All sentences but the one about a server's clock, which is not the test's."""
    found = list(checkup.complaints(replace(house, **changes)))
    strange = [one for one in found if one.startswith("The database server's clock is ")]
    assert bool(strange) == (not house.store.sqlite and changes.get("machine", True) is not None)
    return [one for one in found if one not in strange]


def test_a_sound_house_has_no_complaints_and_a_test_s_office_is_not_asked(house):
    assert told(house) == []
    assert told(house, machine=None, backups=None) == []


def test_a_full_disk_and_a_clock_that_nobody_keeps(house):
    machine = Sound()
    machine.free, machine.step = 1 << 20, False
    disk, clock = told(house, machine=machine)
    assert disk == "The disk of the data folder has 1 MiB left of 102400: make room."
    assert clock.startswith("Nothing keeps this machine's clock in step: apt install")
    machine.free, machine.step = 50 << 30, None
    assert told(house, machine=machine) == []


def test_a_mail_server_that_does_not_answer_is_told_with_its_code_alone(house):
    mail = Post(None, {Channel.MAIL: Mail("SMTP 535: user and password are refused")})
    (sentence,) = told(house, post=mail)
    assert sentence.endswith("would not take a letter now: SMTP 535: user and password are refused.")


def test_a_day_later_everything_that_went_to_sleep_is_told(house):
    house.clock.move(timedelta(days=36))
    found = " ".join(told(house))
    for words in (
        "The last closed day is 2026-11-19",
        "No worker was at work",
        "The last backup is 864 hours",
    ):
        assert words in found
    assert "No backup was tried out for 35 days" in found


def test_backups_that_nobody_makes_or_that_are_gone(house):
    how = house.backups
    assert "set MADOGUCHI_BACKUP_DIR" in told(house, backups=replace(how, folder=None))[0]
    for one in how.archives.kept(how.folder):
        one.path.unlink()
    assert "is not in" in told(house)[0]


def test_the_first_round_of_a_new_house_is_no_complaint(office):
    assert closed_days.last(office.store) is None
    found = checkup.complaints(replace(office, machine=Sound(), demo=object()))
    assert not [one for one in found if "closed day" in one]


def test_this_machine_tells_its_disk_and_its_clock(tmp_path):
    found = ThisMachine(tmp_path / "data")
    assert 0 < found.room().free <= found.room().whole
    assert found.clock_in_step() in (True, False, None)


def test_the_pulse_tells_a_written_row_a_beat_and_figures(house):
    assert pulse.feel(house) == pulse.Pulse(True, True, True)
    house.clock.move(timedelta(minutes=6))
    assert pulse.feel(house) == pulse.Pulse(True, True, False)
    found = pulse.gauges(house)
    assert (found.letters_waiting, found.payouts_waiting, found.sign_ins) == (0, 0, {})
    assert found.backup_age == 360
