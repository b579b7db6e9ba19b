"""Consents to electronic and monthly papers: given, withdrawn, told by letter, and written down."""

from madoguchi.services import delivery
from madoguchi.services.choices import ELECTRONIC, NO, PAPER, YES
from tests import people


def letters(office):
    """The facts of the letters that told of a change."""
    return office.store.one("SELECT COUNT(*) FROM letter WHERE kind = 'delivery_changed'")[0]


def test_papers_are_on_paper_for_each_act_until_somebody_consents(office):
    seen = delivery.look(office, people.ichiro(office).member_id)
    assert (seen.electronic, seen.monthly, seen.past) == (False, False, ())


def test_a_consent_holds_is_told_and_stays_written_down_when_it_is_withdrawn(office):
    ichiro = people.ichiro(office)
    assert delivery.choose(office, ichiro.member_id, electronic=True, monthly=True)
    assert delivery.held(office, ichiro.member_id) == (True, True)
    assert delivery.choose(office, ichiro.member_id, electronic=False, monthly=False, by_whom="desk1")
    seen = delivery.look(office, ichiro.member_id)
    assert (seen.electronic, seen.monthly) == (False, False)
    assert sorted(change.value for change in seen.past) == sorted([ELECTRONIC, PAPER, YES, NO])
    assert [change.by_member for change in seen.past].count(True) == 2
    assert letters(office) == 2


def test_the_same_choice_again_changes_nothing_and_tells_nothing(office):
    ichiro = people.ichiro(office)
    assert not delivery.choose(office, ichiro.member_id, electronic=False, monthly=False)
    assert letters(office) == 0
