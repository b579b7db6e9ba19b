"""What verify finds, and that it finds nothing in sound books."""

from datetime import timedelta

import pytest

from madoguchi.services import rounds, verify
from madoguchi.store.values import moment_out
from tests import people
from tests.support.money import one_at_a_time


@pytest.fixture
def books(office):
    """Three people after a round."""
    made = {"hanako": people.hanako(office), "misaki": people.misaki(office), "yui": people.yui(office)}
    list(rounds.close_days(office))
    return office, made


def tamper(office, sql, *params):
    """Change the books behind the program's back."""
    with office.store.transaction():
        office.store.write(sql, params)


def found(office):
    """What verify tells."""
    return list(verify.differences(office))


def test_sound_books_have_no_differences(books):
    office, _made = books
    assert found(office) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("principal", 1), ("minimum", 1), ("accrued_to", 20200101), ("due_on", 20991231), ("deposit", 7),
        ("interest_units", 5), ("credit_limit", 9), ("rates", "[[20200101, 1]]"), ("rate", 1),
        ("last_seq", 99), ("unmet", "[]"),
    ],
)  # fmt: skip
def test_every_cached_figure_that_was_changed_is_named(books, column, value):
    office, made = books
    misaki = made["misaki"].contract_id
    tamper(office, f"UPDATE contract SET {column} = ? WHERE id = ?", value, misaki)
    (sentence,) = found(office)
    assert f"Contract {misaki}: {column} is cached as" in sentence
    assert "computed as" in sentence


def test_a_state_that_no_row_explains_is_named(books):
    office, made = books
    tamper(office, "UPDATE contract SET states = 32 WHERE id = ?", made["hanako"].contract_id)
    assert found(office) == [
        f"Contract {made['hanako'].contract_id}: states are cached as stopped, computed as active."
    ]


def test_a_state_row_ended_behind_the_cache_is_named(books):
    office, made = books
    tamper(office, "UPDATE contract_state SET ended_at = 1 WHERE contract_id = ?", made["yui"].contract_id)
    assert "states are cached as suspended" in found(office)[0]


def test_an_entry_slipped_in_is_named(books):
    office, made = books
    who = made["hanako"].contract_id
    seq = office.store.one("SELECT last_seq + 1 FROM contract WHERE id = ?", (who,))[0]
    with office.store.transaction():
        for n, account, debit, credit in ((1, 1, 5000, 0), (2, 102, 0, 5000)):
            office.store.write(
                "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)", (who, seq, n, account, debit, credit)
            )
        office.store.write(
            "INSERT INTO entry VALUES "
            "(?, ?, 1, 20261120, ?, 5000, 0, 0, 0, 5000, 0, 5000, 'ATM', 'forged', NULL, NULL)",
            (who, seq, moment_out(office.now())),
        )
    told = " ".join(found(office))
    assert "principal is cached as" in told
    assert f"entry {seq}: balance is stored as 5000" in told


def test_a_due_date_that_no_round_has_judged_is_named_once_its_day_is_closed(books):
    office, made = books
    tamper(office, "INSERT INTO closed_day (day, closed_at) VALUES (20261126, 0)")
    told = " ".join(found(office))
    assert f"Contract {made['hanako'].contract_id}: late_since is cached as None" in told


@pytest.fixture
def halfway(office, monkeypatch):
    """Everybody, the round of Hanako's due date stopped between two contracts."""
    people.full_cast(office)
    office.clock.move(timedelta(days=5))
    list(rounds.close_days(office))
    office.clock.move(timedelta(days=1))
    before, step, judged = late(office), rounds.pass_due_dates, []

    def once(*given):
        if judged:
            raise InterruptedError
        judged.extend(step(*given))
        return judged

    with monkeypatch.context() as patched:
        one_at_a_time(patched)
        patched.setattr(rounds, "STEPS", (("due dates", once),))
        with pytest.raises(InterruptedError):
            list(rounds.close_days(office))
    assert late(office) == before + 1
    return office


def late(office):
    """How many contracts are overdue."""
    return office.store.one("SELECT COUNT(*) FROM contract WHERE late_since IS NOT NULL")[0]


def test_a_round_that_is_stopped_between_two_contracts_leaves_books_that_agree(halfway):
    assert found(halfway) == []
    list(rounds.close_days(halfway))
    assert found(halfway) == []


def test_a_figure_that_was_changed_is_named_in_the_middle_of_a_round_too(halfway):
    tamper(halfway, "UPDATE contract SET deposit = deposit + 7")
    told = found(halfway)
    assert len(told) == halfway.store.one("SELECT COUNT(*) FROM contract")[0]
    assert all("deposit is cached as" in sentence for sentence in told)
