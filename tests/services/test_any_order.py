"""Whatever happens in whatever order, on time or late, kept or undone: the books agree after each act."""

from hypothesis import given, settings
from hypothesis import strategies as st

from madoguchi.services import posting, rounds
from madoguchi.services.debited import Filed
from madoguchi.store.db import Store
from tests import people
from tests.support.money import DAY, answered, draw, filed, pay, rows, sound

KINDS = ("draw", "pay", "over", "coming", "late", "undo", "file", "fail", "paid", "month")
ACTS = st.lists(
    st.tuples(st.sampled_from(KINDS),
              st.integers(1, 60), st.integers(0, 12)),
    min_size=3, max_size=14,
)  # fmt: skip


@settings(max_examples=25)
@given(acts=ACTS)
def test_whatever_happens_in_whatever_order_the_books_agree(sqlite_blanks, tmp_path_factory, acts):
    with sqlite_blanks.url(tmp_path_factory.mktemp("life")) as url:
        office = people.office(Store(url))
        hanako = people.hanako(office)
        awaited = None
        for n, (what, thousands, days) in enumerate(acts):
            awaited = _do(office, hanako, n, what, thousands * 1000, days, awaited)
            office.clock.move(days * DAY)
            if days % 2:
                list(rounds.close_days(office))
            assert sound(office), (n, what)
        office.store.close()


def _do(office, who, n, what, amount, days, awaited):
    today = office.business_day()
    match what:
        case "draw":
            draw(office, who, amount, f"d{n}")
        case "coming":
            draw(office, who, amount, f"d{n}", today + days * DAY)
        case "over":
            pay(office, who, 300_000 + amount, f"p{n}")
        case "month":
            office.clock.move(30 * DAY)
            list(rounds.close_days(office))
        case "pay":
            pay(office, who, amount, f"p{n}")
        case "late":
            pay(office, who, amount, f"p{n}", today - days * DAY)
        case "undo":
            drawn = [entry for entry in rows(office, who) if entry.key.startswith(f"{who.contract_id}:d")]
            if drawn:
                posting.undo_draw(office, who.contract_id, drawn[-1].key.split(":", 1)[1], f"u{n}")
        case "file" if awaited is None:
            found = filed(office, who)
            return found if isinstance(found, Filed) else None
        case "paid" | "fail" if awaited is not None and office.business_day() >= awaited.day:
            answered(office, who, awaited, what == "paid", f"a{n}")
            return None
    return awaited
