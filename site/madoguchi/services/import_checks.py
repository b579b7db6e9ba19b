"""What the cells of an import row must be beside each other: contradictions, and figures nobody can owe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from madoguchi.domain.opening import Balance, balance_faults, doubts
from madoguchi.domain.product import minimum_payment
from madoguchi.domain.rates import legal_cap
from madoguchi.rules import Rules

Found = Iterator[tuple[str, str]]  # column and sentence


class Context(NamedTuple):
    """One row's cells as they were read; a cell that could not be read is absent."""

    values: dict[str, Any]
    rules: Rules
    today: date


class Check(NamedTuple):
    """What is looked at, and the columns without which it cannot be."""

    needs: tuple[str, ...]
    look: Callable[[Context], Found]


def contradictions(row: Context) -> Found:
    """Yield column and sentence of each contradiction between the cells that could be read."""
    for needs, look in _CHECKS:
        if row.values.keys() >= set(needs):
            yield from look(row)


def balance_of(values: dict[str, Any], rules: Rules) -> Balance:
    """The opening balance, its minimum settled now: the lender's rules may be others at the next replay."""
    minimum = values["minimum"]
    if minimum is None:
        minimum = minimum_payment(rules.product.minimum, values["principal"], values["credit_limit"])
    same = {name: values[name] for name in _FIGURES if name not in ("minimum", "arrears")}
    return Balance(minimum=minimum, unmet=values["arrears"], **same)


def _card(row: Context) -> Found:
    number, lengths = row.values["card_number"], row.rules.sign_in.card_digits
    if not number.isdigit() or len(number) not in lengths:
        yield "card_number", f"must have {', '.join(map(str, lengths))} digits"


def _pin(row: Context) -> Found:
    if bool(row.values["pin"]) == bool(row.values["pin_hash"]):
        yield "pin", "either pin or pin_hash must be given, and not both"


def _web_id(row: Context) -> Found:
    if bool(row.values["web_id"]) != bool(row.values["password_hash"]):
        yield "web_id", "web_id and password_hash go together"


def _rate(row: Context) -> Found:
    if row.values["rate"] > legal_cap(row.values["credit_limit"]):
        yield "rate", "is above the legal cap for this credit limit"


def _past(name: str) -> Check:
    def look(row: Context) -> Found:
        if row.values[name] > row.today:
            yield name, "lies in the future"

    return Check((name,), look)


def _order(row: Context) -> Found:
    if row.values["settled_to"] < row.values["opened_on"]:
        yield "settled_to", "lies before opened_on"


def _balance(row: Context) -> Found:
    values, product = row.values, row.rules.product
    balance = balance_of(values, row.rules)
    for sentence in balance_faults(balance, values["due_day"], product):
        yield next((column for word, column in _PLACES if word in sentence), "principal"), sentence
    yield from doubts(balance, values["credit_limit"], product)


_FIGURES: Final = (
    "settled_to", "principal", "carried_interest", "carried_damages", "fees", "deposit", "minimum",
    "next_due", "filled", "arrears", "free_until",
)  # fmt: skip
# Which column a contradiction between figures is told of, by a word of its sentence.
_PLACES: Final = (
    ("due day", "due_day"),
    ("unmet", "arrears"),
    ("minimum", "minimum"),
    ("next due", "next_due"),
    ("due date", "next_due"),
)
_CHECKS: Final = (
    Check(("card_number",), _card),
    Check(("pin", "pin_hash"), _pin),
    Check(("web_id", "password_hash"), _web_id),
    Check(("credit_limit", "rate"), _rate),
    _past("birth_date"),
    _past("opened_on"),
    _past("settled_to"),
    Check(("opened_on", "settled_to"), _order),
    Check(("credit_limit", "due_day", *_FIGURES), _balance),
)
