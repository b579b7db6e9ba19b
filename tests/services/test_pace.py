"""A batch rests for what it waited, and never longer than it worked."""

import pytest

from madoguchi.services import pace


@pytest.mark.parametrize(
    ("took", "worked", "rest"),
    [
        (0.010, 0.010, pace.LEAST),  # alone on the machine
        (0.020, 0.016, 0.012),  # a little in the way of others
        (0.040, 0.010, 0.040),  # everybody waits: as long as it took
        (0.001, 0.001, pace.LEAST),
    ],
)
def test_a_turn_rests(monkeypatch, took, worked, rest):
    walls, own, slept = iter([5.0, 5.0 + took]), iter([2.0, 2.0 + worked]), []
    monkeypatch.setattr(pace.time, "monotonic", lambda: next(walls))
    monkeypatch.setattr(pace.time, "thread_time", lambda: next(own))
    monkeypatch.setattr(pace.time, "sleep", slept.append)
    pace.Turn().rest()
    assert slept == [pytest.approx(rest)]
