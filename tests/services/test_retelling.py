"""What is valued in the past, and what never was: the life told again, with nothing of the past rewritten."""

from dataclasses import replace
from datetime import date

from madoguchi.domain.ledger import Account, EntryKind
from madoguchi.domain.standing import advance
from madoguchi.services import cast, demo_lives, posting, rounds
from madoguchi.services.books import Posted
from madoguchi.services.posting import NeverPosted, OverLimit
from madoguchi.store import house as journal
from tests import people
from tests.support.members import told
from tests.support.money import DAY, draw, pay, rows, sound, standing


def test_a_payment_that_came_late_to_our_ears_is_split_on_its_own_day(office):
    hanako = people.hanako(office)
    office.clock.move(2 * DAY)
    pay(office, hanako, 20_000, "known")
    late = pay(office, hanako, 10_000, "late", office.business_day() - 2 * DAY)
    assert isinstance(late, Posted)
    (again,) = late.corrected
    first = next(entry for entry in rows(office, hanako) if entry.key.endswith(":known"))
    assert (again.replaces, again.amount) == (first.seq, 20_000)
    assert again.interest < first.interest
    assert standing(office, hanako) == late.standing
    assert sound(office)


def test_told_late_or_in_time_the_same_payments_leave_the_same_standing(office):
    in_time, late = people.hanako(office), told(office, demo_lives.hanako, other_hanako())
    today = office.business_day()
    for who, order in ((in_time, (0, 3, 5)), (late, (5, 0, 3))):
        for back in sorted(order) if who is in_time else order:
            pay(office, who, 9_000 + back, f"p{back}", today + back * DAY)
    first, second = standing(office, in_time), standing(office, late)
    assert first == second
    assert sound(office)


def test_a_late_payment_that_met_its_due_date_takes_the_damages_back(office):
    hanako = people.hanako(office)
    office.clock.move(9 * DAY)  # four days after her due date
    list(rounds.close_days(office))
    overdue = pay(office, hanako, 12_000, "known")
    assert overdue.entry.damages > 0
    late = pay(office, hanako, 12_000, "late", date(2026, 11, 24))
    assert [entry.damages for entry in late.corrected] == [0]
    assert standing(office, hanako).late_since is None
    assert sound(office)


def test_undone_entries_are_mirrored_line_by_line_and_the_accounts_agree(office):
    hanako = people.hanako(office)
    office.clock.move(2 * DAY)
    before = journal.balance(office.store, Account.BANK)
    pay(office, hanako, 20_000, "known")
    pay(office, hanako, 10_000, "late", office.business_day() - 2 * DAY)
    kinds = [entry.kind for entry in rows(office, hanako)][-4:]
    assert kinds == [
        EntryKind.REPAYMENT, EntryKind.REPAYMENT_UNDONE, EntryKind.REPAYMENT, EntryKind.REPAYMENT,
    ]  # fmt: skip
    assert journal.balance(office.store, Account.BANK) - before == 30_000
    assert rows(office, hanako)[-1].balance == standing(office, hanako).principal


def test_a_drawdown_that_the_bank_refused_bears_nothing(office):
    hanako = people.hanako(office)
    untouched = standing(office, hanako)
    draw(office, hanako, 50_000, "refused")
    office.clock.move(3 * DAY)
    undone = posting.undo_draw(office, hanako.contract_id, "refused", "back")
    assert undone.entry.kind is EntryKind.DRAWDOWN_UNDONE
    assert standing(office, hanako).principal == untouched.principal
    product = office.rules.product
    assert advance(standing(office, hanako), date(2026, 11, 24), product) == advance(
        untouched, date(2026, 11, 24), product
    )
    assert sound(office)


def test_undoing_twice_undoes_once(office):
    ichiro = people.ichiro(office)
    draw(office, ichiro, 50_000, "refused")
    first = posting.undo_draw(office, ichiro.contract_id, "refused", "back")
    again = posting.undo_draw(office, ichiro.contract_id, "refused", "back-2")
    assert again == Posted(first.entry, standing(office, ichiro), repeated=True)
    assert posting.undo_draw(office, ichiro.contract_id, "other", "back-3") == NeverPosted()


def test_a_payment_made_meanwhile_is_split_anew_when_the_drawdown_never_was(office):
    ichiro = people.ichiro(office)
    draw(office, ichiro, 50_000, "kept")
    draw(office, ichiro, 100_000, "refused")
    office.clock.move(40 * DAY)  # past the interest-free days
    paid = pay(office, ichiro, 20_000)
    undone = posting.undo_draw(office, ichiro.contract_id, "refused", "back")
    assert undone.corrected[0].damages < paid.entry.damages
    assert standing(office, ichiro).principal == 50_000 - undone.corrected[0].principal
    assert sound(office)


def test_money_on_its_way_counts_against_the_limit_and_bears_nothing_yet(office):
    ichiro = people.ichiro(office)
    arrives = date(2026, 11, 24)
    draw(office, ichiro, 200_000, "d1", arrives)
    now = standing(office, ichiro)
    assert (now.principal, now.balance, now.coming) == (0, 200_000, ((arrives, 200_000),))
    assert draw(office, ichiro, 101_000, "d2") == OverLimit(100_000)
    then = advance(now, arrives + 31 * DAY, office.rules.product)
    assert (then.principal, then.coming, then.first_drawn) == (200_000, (), arrives)
    assert sound(office)


def test_a_payment_before_the_money_arrives_needs_no_second_telling(office):
    hanako = people.hanako(office)
    owed = standing(office, hanako).principal
    draw(office, hanako, 50_000, "d1", date(2026, 11, 24))
    paid = pay(office, hanako, 10_000)
    assert paid.corrected == ()
    assert paid.standing.balance == paid.entry.balance == owed + 50_000 - paid.entry.principal
    office.clock.move(6 * DAY)
    list(rounds.close_days(office))
    assert standing(office, hanako).coming == ()
    assert sound(office)


def test_money_on_its_way_that_never_arrives_leaves_no_trace_in_the_figures(office):
    hanako = people.hanako(office)
    before = standing(office, hanako)
    draw(office, hanako, 50_000, "d1", date(2026, 11, 24))
    posting.undo_draw(office, hanako.contract_id, "d1", "back")
    assert advance(standing(office, hanako), office.business_day(), office.rules.product) == advance(
        before, office.business_day(), office.rules.product
    )
    assert sound(office)


def other_hanako():
    """Somebody else with the same life."""
    member = replace(cast.HANAKO.member, number="100000990", email="other@example.jp")
    return replace(cast.HANAKO, member=member, card="9990110000000998", web_id="otherhanako1")
