"""The lender's side of applications: taken up, asked about, agreed to, refused, and cards handed over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.domain.ladder import DeskAct
from madoguchi.domain.rights import State
from madoguchi.services import application_review as review
from madoguchi.services import applications, deeds, details, rounds, uploads
from madoguchi.services.application_review import Forbidden
from madoguchi.services.applications import NothingOpen
from madoguchi.services.cast import HANAKO
from madoguchi.services.deed import Order
from madoguchi.services.desk_acts import DEEDS
from madoguchi.services.details import Detail
from madoguchi.services.four_eyes import Done
from madoguchi.store import accounts, contracts, credentials, persons
from tests import people
from tests.support import desk
from tests.support.applying import CARD, LOWER, RAISE, open_cases, path, proof, send, stage, visitor
from tests.support.casework import NEW_CARD, PAPERS, hand_card_over
from tests.support.debits import kinds_of_letters
from tests.support.money import draw, sound, standing
from tests.support.together import at_once

DESK = "desk1"


@pytest.fixture
def hanako(office):
    """佐藤 花子 in her first days: limit 500,000 at 17.8 %."""
    return people.newcomer(office, HANAKO)


def held(office, who):
    """The card that is in use: its number and state."""
    found = credentials.doors(office.store, who.contract_id)
    return found[0]


def test_a_raise_that_is_agreed_stands_at_once_and_lends_by_the_income_that_was_proved(office, hanako):
    send(office, hanako, RAISE, proven=True)
    review.take_up(office, 1, DESK)
    assert review.approve(office, 1, DESK).id == 1
    assert (standing(office, hanako).limit, standing(office, hanako).rate) == (600_000, 1780)
    assert accounts.means(office.store, hanako.member_id, hanako.contract_id).other_debts == 300_000
    assert path(office, 1) == [("sent", "member"), ("taken", DESK), ("approved", DESK)]
    assert (open_cases(office), kinds_of_letters(office)[-1]) == ([], "application_approved")
    assert sound(office)


def test_a_raise_into_a_lower_band_lowers_the_rate_from_the_next_day(office, hanako):
    draw(office, hanako, 100_000)
    send(office, hanako, replace(RAISE, limit=1_000_000, other_debts=0), proven=True)
    review.approve(office, 1, DESK)
    now = standing(office, hanako)
    assert (now.limit, now.rates[-1]) == (1_000_000, (office.business_day(), 1500))
    office.clock.move(timedelta(days=3))
    list(rounds.close_days(office))
    assert sound(office)


def test_staff_may_agree_to_less_than_was_wished_and_not_to_more_than_the_law(office, hanako):
    send(office, hanako, RAISE, proven=True)
    assert review.approve(office, 1, DESK, limit=500_000).refusal.code == "A-17"
    assert review.approve(office, 1, DESK, limit=2_000_000).refusal.code == "A-14"
    assert review.approve(office, 1, DESK, limit=550_000).id == 1
    assert standing(office, hanako).limit == 550_000


def test_a_raise_is_not_agreed_to_a_member_who_became_overdue(office, hanako):
    draw(office, hanako, 100_000)
    send(office, hanako, RAISE, proven=True)
    office.clock.move(timedelta(days=60))
    outcome = review.approve(office, 1, DESK)
    assert isinstance(outcome, Forbidden)
    assert (outcome.refusal.code, stage(office, 1)) == ("A-03", "sent")


def test_nothing_is_agreed_to_for_somebody_who_has_died(office, hanako):
    send(office, hanako, RAISE, proven=True)
    with office.store.transaction():
        persons.died(office.store, hanako.member_id, office.business_day())
    outcome = review.approve(office, 1, DESK)
    assert (outcome.refusal.code, stage(office, 1)) == ("A-18", "sent")


def test_who_is_asked_answers_with_words_and_papers_and_it_goes_on(office, hanako):
    send(office, hanako, RAISE, proven=True)
    review.ask_more(office, 1, DESK, "もう1か月分の給与明細をお送りください。")
    assert (stage(office, 1), kinds_of_letters(office)[-1]) == ("asked", "application_asked")
    ready = proof(office, hanako)
    assert applications.answer(office, visitor(office, hanako), 1, "送ります", ready).id == 1
    assert applications.answer(office, visitor(office, hanako), 1, "送ります") == NothingOpen()
    assert (stage(office, 1), len(uploads.about(office, "application", [1])[1])) == ("taken", 2)


def test_who_does_not_answer_in_time_is_told_that_it_is_over_once(office, hanako):
    send(office, hanako, CARD)
    review.ask_more(office, 1, DESK, "いつから使えませんか。")
    for days in (14, 1, 1):
        office.clock.move(timedelta(days=days))
        list(rounds.close_days(office))
    assert (stage(office, 1), open_cases(office)) == ("expired", [])
    assert kinds_of_letters(office).count("application_ended") == 1


def test_a_refusal_tells_the_reason_and_changes_nothing(office, hanako):
    send(office, hanako, RAISE, proven=True)
    review.refuse(office, 1, DESK, "年収を確かめられませんでした。")
    assert (stage(office, 1), standing(office, hanako).limit) == ("refused", 500_000)
    assert kinds_of_letters(office)[-1] == "application_refused"
    assert review.approve(office, 1, DESK) == NothingOpen()


def test_of_an_approval_and_a_withdrawal_at_once_one_stands(office, hanako):
    send(office, hanako, RAISE, proven=True)
    them, acts = visitor(office, hanako), []

    def one():
        acts.append(1)
        if len(acts) % 2:
            return review.approve(office, 1, DESK)
        return applications.withdraw(office, them, 1)

    found = at_once(office, 4, one)
    assert sum(answer != NothingOpen() for answer in found) == 1
    assert stage(office, 1) == ("approved" if standing(office, hanako).limit == 600_000 else "withdrawn")


def test_a_new_card_takes_the_old_ones_place_when_it_is_handed_over(office, hanako):
    send(office, hanako, CARD)
    review.approve(office, 1, DESK)
    assert (stage(office, 1), open_cases(office)) == ("making", ["application"])
    assert hand_card_over(office, hanako) == Done()
    now = office.now()
    assert credentials.by_card(office.store, HANAKO.card, "", now).state == "replaced"
    assert credentials.by_card(office.store, NEW_CARD, "", now).state == "active"
    assert (stage(office, 1), open_cases(office)) == ("approved", [])


def test_a_new_card_ends_the_hold_of_the_old_one(office):
    sakura = people.sakura(office)
    send(office, sakura, CARD)
    review.approve(office, 1, DESK)
    hand_card_over(office, sakura)
    states = contracts.read(office.store, sakura.contract_id).states
    assert (held(office, sakura), states & State.HELD.bit) == ("active", 0)
    assert sound(office)


def test_a_card_needs_a_number_that_no_other_card_has(office, hanako):
    send(office, hanako, CARD)
    review.approve(office, 1, DESK)
    one = desk.colleague(office)
    for number, why in ((HANAKO.card, "もう使われています"), ("12", "桁です")):
        order = Order(one, "カードの渡し", PAPERS, None, {"card_number": number})
        assert why in deeds.begin(office, DEEDS[DeskAct.REISSUE], hanako.number, order).why
    assert stage(office, 1) == "making"


def low(office, who):
    """Let a limit be low enough that a raise needs no paper by the law, and let her state 600,000 a year."""
    send(office, who, replace(LOWER, limit=300_000))
    return replace(RAISE, limit=450_000, other_debts=0)


def states(office, who, income):
    """The member puts an income on file, without a paper."""
    office.clock.move(timedelta(minutes=1))
    details.change(office, who.member_id, Detail.WORK, {"employer": "自営", "income_stated": income})


def test_a_lower_income_filed_while_it_is_open_stands_against_a_raise_without_a_paper(office, hanako):
    number = send(office, hanako, low(office, hanako)).id
    states(office, hanako, 600_000)
    assert review.approve(office, number, DESK).refusal.code == "A-15"
    assert review.approve(office, number, DESK, limit=400_000).refusal.code == "A-15"
    assert standing(office, hanako).limit == 300_000
    assert details.on_file(office, hanako.member_id).income == 600_000


def test_a_lower_income_on_file_asks_a_paper_when_it_is_sent(office, hanako):
    wish = low(office, hanako)
    states(office, hanako, 600_000)
    assert send(office, hanako, wish).refusal.code == "A-15"
    number = send(office, hanako, wish, proven=True).id
    assert review.approve(office, number, DESK).id == number
    file = details.on_file(office, hanako.member_id)
    assert (file.income, file.stated, standing(office, hanako).limit) == (4_200_000, False, 450_000)


def test_a_paper_sent_before_the_lower_income_proves_nothing_against_it(office, hanako):
    number = send(office, hanako, low(office, hanako), proven=True).id
    states(office, hanako, 600_000)
    assert review.approve(office, number, DESK).refusal.code == "A-15"
    review.ask_more(office, number, DESK, "いまの年収がわかる書類をお送りください。")
    ready = proof(office, hanako)
    applications.answer(office, visitor(office, hanako), number, "送ります", ready)
    assert review.approve(office, number, DESK).id == number


def test_a_raise_without_a_paper_writes_no_income_as_checked(office, hanako):
    wish = low(office, hanako)
    states(office, hanako, 3_000_000)
    number = send(office, hanako, wish).id
    assert review.approve(office, number, DESK).id == number
    file = details.on_file(office, hanako.member_id)
    assert (file.income, file.stated) == (3_000_000, True)
    assert {one.by_whom for one in details.past(office, hanako.member_id, Detail.WORK)} == {"member"}


def test_a_lower_income_of_an_application_counts_without_a_paper(office, hanako):
    wish = replace(low(office, hanako), income=2_000_000)
    number = send(office, hanako, wish).id
    review.approve(office, number, DESK)
    assert accounts.means(office.store, hanako.member_id, hanako.contract_id).annual_income == 2_000_000
    assert details.on_file(office, hanako.member_id).stated
