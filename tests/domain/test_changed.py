"""A state with some fields changed is what dataclasses.replace makes of it."""

from dataclasses import replace
from datetime import date

import pytest

from madoguchi.domain.state import Due, Standing, changed

DAY = date(2026, 11, 25)
OPENED = Standing.opened(500_000, 1780, 25, date(2026, 1, 5))
DUE = Due(DAY, DAY, DAY, filled=10)


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (OPENED, {}),
        (OPENED, {"principal": 1, "accrued_to": DAY}),
        (OPENED, {"running": DUE, "unmet": (DUE,), "first_contract": False, "limit": 0}),
        (DUE, {"debited": True, "amount": 12}),
    ],
)
def test_it_is_what_replace_makes(state, changes):
    assert changed(state, **changes) == replace(state, **changes)


def test_what_is_no_field_is_refused():
    with pytest.raises(KeyError):
        changed(DUE, amonut=1)
