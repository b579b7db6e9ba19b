"""Points earned and spent in whatever order, among payments on time and late: all books agree after each."""

from hypothesis import given, settings
from hypothesis import strategies as st

from madoguchi.services import login, notices, points, rounds
from madoguchi.services.debited import Filed
from madoguchi.store.db import Store
from tests import people
from tests.support.guessing import place
from tests.support.money import DAY, answered, draw, filed, pay, sound
from tests.support.points import earn, entries, join, notice, spend
from tests.support.together import each_at_once

KINDS = (
    "join", "leave", "earn", "sign_in", "notice", "atm", "free-7", "free-15", "free-30",
    "draw", "pay", "late", "file", "fail",
)  # fmt: skip
ACTS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 9)), min_size=4, max_size=16)


@settings(max_examples=30)
@given(acts=ACTS)
def test_whatever_is_earned_and_bought_in_whatever_order_all_books_agree(
    sqlite_blanks, tmp_path_factory, acts
):
    with sqlite_blanks.url(tmp_path_factory.mktemp("points")) as url:
        office = people.office(Store(url))
        hanako, awaited = people.hanako(office), None
        for n, (what, days) in enumerate(acts):
            awaited = _do(office, hanako, n, what, days, awaited)
            office.clock.move(days * DAY)
            if days % 2:
                list(rounds.close_days(office))
            assert sound(office), (n, what)
            assert all(balance >= 0 for *_, balance in entries(office, hanako))
        office.store.close()


def _do(office, who, n, what, days, awaited):
    """One act; returns the debit that is at the bank."""
    match what:
        case "join":
            join(office, who)
        case "leave":
            points.leave(office, who.member_id)
        case "earn":
            earn(office, who, 300, f"gift {n}")
        case "sign_in":
            login.by_card(office, who.persona.card, who.persona.pin, place())
        case "notice":
            notices.claim(office, notice(office, points=20), who.member_id)
        case "draw":
            draw(office, who, 10_000, f"d{n}")
        case "pay":
            pay(office, who, 30_000, f"p{n}")
        case "late":
            pay(office, who, 5_000, f"l{n}", office.business_day() - days * DAY)
        case "file" if awaited is None:
            found = filed(office, who)
            return found if isinstance(found, Filed) else None
        case "fail" if awaited and office.business_day() >= awaited.day:
            answered(office, who, awaited, paid=False)
            return None
        case name if name.startswith(("atm", "free")):
            spend(office, who, name, f"a-form-of-its-own-{n:04}")
    return awaited


def test_spending_signing_in_and_reading_at_the_same_moment_lose_nothing_and_wait_for_nobody(office):
    hanako = people.hanako(office)
    earn(office, hanako, 1000)
    number = notice(office, points=20)

    def one(turn):
        if turn % 3 == 0:
            return spend(office, hanako, "atm", "the-same-form-twice")
        if turn % 3 == 1:
            return login.by_card(office, hanako.persona.card, hanako.persona.pin, place())
        return notices.claim(office, number, hanako.member_id)

    each_at_once(office, [lambda turn=turn: one(turn) for turn in range(6)])
    assert points.balance(office, hanako.member_id) == 334 + 1000 - 40 + 10 + 20
    assert sound(office)
