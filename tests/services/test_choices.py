"""What members choose holds until they choose again, and every choice stays written down."""

import pytest

from madoguchi.services import choices
from madoguchi.services.choices import Choice
from tests import people


def choose(office, who, **chosen):
    """Choose in an act of its own; returns what changed."""
    with office.store.transaction():
        return choices.choose_within(
            office, who.member_id, {Choice[name]: value for name, value in chosen.items()}
        )


def test_what_was_never_chosen_has_its_default(office):
    assert choices.of(office, people.ichiro(office).member_id) == choices.DEFAULTS


def test_only_what_differs_is_written_and_the_past_stays(office):
    ichiro = people.ichiro(office)
    assert choose(office, ichiro, REMINDER_DAYS="7", DISCREET="no") == {Choice.REMINDER_DAYS: "7"}
    choose(office, ichiro, REMINDER_DAYS="off")
    assert choices.of(office, ichiro.member_id)[Choice.REMINDER_DAYS] == "off"
    told = choices.past(office, ichiro.member_id, Choice.REMINDER_DAYS)
    assert [value for _, value, _ in told] == ["off", "7"]


def test_a_value_that_is_not_offered_is_refused(office):
    with pytest.raises(ValueError, match="reminder_days"):
        choose(office, people.ichiro(office), REMINDER_DAYS="8")


def test_every_default_is_a_value_that_is_offered():
    assert all(default in choices.VALUES[choice] for choice, default in choices.DEFAULTS.items())
