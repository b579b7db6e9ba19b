"""What the law lets a member borrow, by whatever way: the rate's cap, and a third of the income."""

from __future__ import annotations

from madoguchi.domain import borrowing
from madoguchi.domain.present import counted_to
from madoguchi.domain.rights import Refusal
from madoguchi.services.office import Office
from madoguchi.store import accounts
from madoguchi.store.contracts import ContractRow


def forbidden(office: Office, row: ContractRow, amount: int) -> Refusal | None:
    """Return the law that forbids this contract to borrow `amount` yen today, or None.

    What is owed on another contract of the member is read without holding it.
    """
    means = accounts.means(office.store, row.member_id, row.id)
    now = counted_to(row.standing, office.business_day(), office.rules.product)
    return borrowing.forbidden_by_law(now, amount, means.annual_income, means.other_debts)
