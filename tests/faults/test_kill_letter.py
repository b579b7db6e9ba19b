"""Killed while the mail server has a letter and has not said so: it is sent once more, never a third time."""

from datetime import timedelta

import pytest

from madoguchi.services import doctor, post
from tests import people
from tests.support.post import Holding, row, smtp_server


@pytest.mark.parametrize(("kills", "left"), [(1, "sent"), (2, "poison")])
def test_the_letter_of_a_killed_worker_is_sent_twice_at_most_and_no_other_is(stage, kills, left):
    taker, who = Holding(), people.ichiro(stage.office)
    with smtp_server(taker) as port:
        letter = stage.letter(who)
        for copies in range(1, kills + 1):
            killed_in_the_middle(stage, port, lambda n=copies: taker.copies()[letter] == n)
            if copies < kills:
                stage.clock.move(post.CLAIM)
        taker.holds = False
        others = {stage.letter(who) for _ in range(3)}
        with stage.worker(port):
            stage.until(lambda: others <= set(taker.copies()))
            assert taker.copies()[letter] == kills, "its claim has not run out"
            stage.clock.move(post.CLAIM)
            stage.until(stage.settled)
            stage.clock.move(timedelta(hours=1))
            others.add(stage.letter(who))  # once it is sent, everything due was looked at
            stage.until(stage.settled)
    assert taker.copies() == {letter: 2} | dict.fromkeys(others, 1)
    assert row(stage.office, letter)[0] == left
    told = any(post.UNKNOWN_TWICE in sentence for sentence in doctor.complaints(stage.office))
    assert told == (left == "poison")


def killed_in_the_middle(stage, port, arrived):
    """Let a worker run until the mail server has that letter, and kill it before it hears of it."""
    with stage.worker(port) as child:
        stage.until(arrived)
        child.kill()
