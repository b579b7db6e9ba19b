"""Many words at once about the same money: each is done once, and the limits hold."""

from datetime import timedelta

from madoguchi.domain.faults import Unavailable
from madoguchi.services import atm_authorise, atm_settle, verify
from madoguchi.services.atm_answers import Answer
from madoguchi.store import atm
from tests import people
from tests.support.atm import ask, linked, question
from tests.support.money import rows, standing
from tests.support.together import at_once, each_at_once

TIMES = 8


def tried(act):
    """The act's answer, or None when the database had no turn for it."""
    try:
        return act()
    except Unavailable:
        return None


def results(answers):
    """How often each result was told."""
    told = [a.result.value for a in answers if isinstance(a, Answer)]
    return {result: told.count(result) for result in told}


def test_one_question_asked_at_once_draws_once(office):
    ichiro = people.ichiro(office)
    for n in range(1, 6):  # rows held in another order stood in each other's way in one run of twenty
        asked = question(ichiro, linked(office, ichiro), 20_000, transaction=f"same-{n:06}")
        answers = at_once(
            office, TIMES, lambda asked=asked: tried(lambda: atm_authorise.authorise(office, asked))
        )
        assert set(results(answers)) <= {"approved"}
        assert atm_authorise.authorise(office, asked).result == "approved"
        assert [entry.kind.name for entry in rows(office, ichiro)] == ["DRAWDOWN"] * n


def test_many_questions_on_one_link_use_it_up_once(office):
    ichiro = people.ichiro(office)
    screen, numbers = linked(office, ichiro), iter(range(100))

    def one():
        asked = question(ichiro, screen, 20_000, transaction=f"many-{next(numbers):06}")
        return tried(lambda: atm_authorise.authorise(office, asked))

    answers = at_once(office, TIMES, one)
    assert results(answers).get("approved", 0) <= 1
    assert standing(office, ichiro).principal in (0, 20_000)


def test_the_days_limit_holds_for_checks_that_end_together(office):
    """Begun one after the other (a new link ends the old one), decided together."""
    ken = people.ken(office)
    begun = []
    for _ in range(TIMES):
        asked = question(ken, linked(office, ken), 60_000)
        begun.append((asked, atm_authorise._begin(office, asked)))
        with office.store.transaction():
            as_if_each_were_linked_last(office, ken)
    each_at_once(
        office, [lambda turn=turn: tried(lambda: atm_authorise._decide(office, *turn)) for turn in begun]
    )
    with office.store.transaction():
        assert atm.withdrawn(office.store, ken.contract_id, office.business_day()) <= 200_000
    assert list(verify.differences(office)) == []


def as_if_each_were_linked_last(office, who):
    """Every link works again and no PIN is under way."""
    office.store.write("UPDATE atm_link SET ended_at = NULL WHERE contract_id = ?", (who.contract_id,))
    office.store.write("UPDATE atm_pin SET fails = 0 WHERE contract_id = ?", (who.contract_id,))


def test_confirming_at_once_settles_once(office):
    ichiro = people.ichiro(office)
    told = ask(office, ichiro, 20_000)
    answers = at_once(office, TIMES, lambda: tried(lambda: atm_settle.confirm(office, told.transaction)))
    assert set(results(answers)) == {"confirmed"}
    assert [entry.kind.name for entry in rows(office, ichiro)] == ["DRAWDOWN", "FEE"]
    assert office.store.one("SELECT COUNT(*) FROM letter WHERE kind = 'atm_drawn'")[0] == 1


def test_confirming_and_reversing_at_once_ends_in_one_way_for_all(office):
    ichiro = people.ichiro(office)
    told = ask(office, ichiro, 20_000)
    words = [atm_settle.confirm, atm_settle.reverse] * (TIMES // 2)
    each_at_once(office, [lambda word=word: tried(lambda: word(office, told.transaction)) for word in words])
    assert atm.read(office.store, told.transaction).stage in ("confirmed", "reversed")
    assert atm_settle.reverse(office, told.transaction).result == "reversed"
    assert (standing(office, ichiro).principal, standing(office, ichiro).fees) == (0, 0)
    assert list(verify.differences(office)) == []


def test_the_worker_and_a_late_confirmation_never_both_win(office):
    ichiro = people.ichiro(office)
    told = ask(office, ichiro, 20_000)
    office.clock.move(timedelta(minutes=10))
    acts = [lambda: tried(lambda: atm_settle.reverse_unconfirmed(office))] * 4
    each_at_once(office, acts + [lambda: tried(lambda: atm_settle.confirm(office, told.transaction))] * 4)
    assert atm_settle.confirm(office, told.transaction).result == "reversed"
    assert [entry.kind.name for entry in rows(office, ichiro)] == ["DRAWDOWN", "DRAWDOWN_UNDONE"]
    assert office.store.one("SELECT COUNT(*) FROM letter WHERE kind = 'atm_undone'")[0] == 1


def test_reversing_a_question_that_is_being_asked_leaves_nothing(office):
    ichiro = people.ichiro(office)
    asked = question(ichiro, linked(office, ichiro), 20_000)
    acts = [lambda: tried(lambda: atm_authorise.authorise(office, asked)),
            lambda: tried(lambda: atm_settle.reverse(office, asked.transaction))] * 4  # fmt: skip
    each_at_once(office, acts)
    assert atm_settle.reverse(office, asked.transaction).result in ("reversed", "refused")
    assert standing(office, ichiro).principal == 0
    assert list(verify.differences(office)) == []
