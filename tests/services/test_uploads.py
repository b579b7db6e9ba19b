"""Files that members send: looked into, shelved, attached once, seen by their owner, swept when forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.ports.shelf import Why
from madoguchi.services import uploads
from madoguchi.services.uploads import DAY, Fault, Ready, Sent
from tests import people
from tests.support import files

PAPER = Sent("収入証明.pdf", files.pdf())
PHOTO = Sent("写真.jpg", files.jpeg())


@pytest.fixture
def hanako(office):
    """佐藤 花子 in her first days."""
    return people.newcomer(office, people.cast.HANAKO)


def limited(office, **limits):
    """The office with other limits."""
    return replace(office, rules=replace(office.rules, uploads=replace(office.rules.uploads, **limits)))


def attached(office, who, *sent, subject=("application", 7)):
    """Files that belong to something, by their rows."""
    ready = uploads.check(office, sent or (PAPER,), who.member_id)
    with office.store.transaction():
        uploads.attach_within(office, ready, who.member_id, subject)
    return uploads.about(office, *subject[:1], [subject[1]])[subject[1]]


def test_good_files_are_shelved_attached_and_seen_by_their_owner_alone(office, hanako):
    paper, photo = attached(office, hanako, PAPER, PHOTO)
    assert (paper.title, paper.kind, photo.title) == ("収入証明.pdf", "application/pdf", "写真.jpg")
    seen = uploads.look(office, photo.id, hanako.member_id)
    assert len(seen.content) == photo.size
    other = people.newcomer(office)
    assert uploads.look(office, photo.id, other.member_id) is None
    assert uploads.look(office, 99, hanako.member_id) is None
    assert uploads.look_at_desk(office, photo.id) == seen


def test_one_bad_file_keeps_all_off_the_shelf_and_each_is_named(office, hanako):
    found = uploads.check(
        office, (PAPER, Sent("a.gif", b"GIF89a"), Sent("b.heic", files.HEIC)), hanako.member_id
    )
    assert found == (Fault("a.gif", Why.STRANGE), Fault("b.heic", Why.HEIC))
    assert office.store.rows("SELECT 1 FROM shelved") == []


@pytest.mark.parametrize(
    ("limits", "sent", "why"),
    [
        ({"files": 1}, (PAPER, PHOTO), Why.TOO_MANY),
        ({"file_mb": 1}, (Sent("a", bytes(2**20 + 1)),), Why.TOO_LARGE),
        ({"total_mb": 1}, (Sent("a", bytes(2**19)), Sent("b", bytes(2**19 + 1))), Why.TOO_MUCH),
        ({}, (Sent("a", b""),), Why.EMPTY),
        ({"day": 1}, (PAPER, PHOTO), Why.TOO_OFTEN),
    ],
)
def test_limits_of_number_and_size_are_told_before_anything_is_looked_into(office, hanako, limits, sent, why):
    (fault,) = uploads.check(limited(office, **limits), sent, hanako.member_id)
    assert fault.why is why


def test_a_days_files_are_counted_attached_or_not_and_forgotten_the_next_day(office, hanako):
    strict = limited(office, day=2)
    attached(strict, hanako)
    uploads.check(strict, (PHOTO,), hanako.member_id)
    assert uploads.check(strict, (PHOTO,), hanako.member_id) == (Fault("", Why.TOO_OFTEN),)
    assert uploads.check(strict, (), hanako.member_id) == ()
    office.clock.move(DAY + timedelta(seconds=1))
    assert isinstance(uploads.check(strict, (PHOTO,), hanako.member_id)[0], Ready)


def test_a_file_is_attached_once_and_the_act_that_comes_too_late_does_nothing(office, hanako):
    ready = uploads.check(office, (PAPER,), hanako.member_id)
    for times in (1, 2):
        if times == 1:
            with office.store.transaction():
                uploads.attach_within(office, ready, hanako.member_id, ("application", 1))
            continue
        with pytest.raises(RuntimeError, match="not on the shelf"), office.store.transaction():
            uploads.attach_within(office, ready, hanako.member_id, ("application", 2))
    assert uploads.about(office, "application", [1, 2]).keys() == {1}


def test_what_is_never_attached_is_swept_after_a_day_with_its_file(office, hanako):
    (kept,) = attached(office, hanako)
    (left,) = uploads.check(office, (PHOTO,), hanako.member_id)
    assert uploads.sweep(office) == 0
    office.clock.move(DAY + timedelta(seconds=1))
    assert uploads.sweep(office) == 1
    assert office.shelf.get(left.name) is None
    assert office.shelf.get(kept.name)
    assert office.store.rows("SELECT 1 FROM shelved") == []


def test_a_demo_that_starts_over_keeps_no_file(office, hanako):
    (kept,) = attached(office, hanako)
    uploads.empty(office)
    assert office.shelf.get(kept.name) is None
    assert uploads.look(office, kept.id, hanako.member_id) is None
