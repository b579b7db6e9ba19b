"""What the lender decided about contracts that begin at the desk, and about personal data that ends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContractRules:
    """Contracts opened at the desk: the youngest age in years, limits in steps of so many yen, and numbers.

    `member_from` is the first of the series of member numbers, eight digits; a card has `card_digits` digits
    that begin with `card_prefix`. A debt that is `call_in_days` days late can be called in as a whole.
    """

    youngest: int
    limit_unit: int
    member_from: int
    card_prefix: str
    card_digits: int
    call_in_days: int


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """How long personal data is kept: years from a contract's end, and days of what is not of the books.

    `books_years` is 貸金業法19条・施行規則17条; the others begin when the thing itself is over.
    """

    books_years: int
    letters_days: int
    sign_ins_days: int
    requests_days: int
