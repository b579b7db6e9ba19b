"""Everything on file about a member on one page, each with what it is now."""

from __future__ import annotations

from dataclasses import dataclass

from madoguchi.domain.codes import masked
from madoguchi.services import bank_account, choices, details
from madoguchi.services.bank_account import Seen
from madoguchi.services.choices import Choice
from madoguchi.services.office import Office
from madoguchi.services.sessions import Visitor
from madoguchi.store.details import OnFile


@dataclass(frozen=True, slots=True)
class Overview:
    """The details on file, the account, and what was chosen; the present mail address and phone are masked.

    The address that waits for its link is whole: masked, it could look like the present one.
    """

    on_file: OnFile
    mail: str
    new_mail: str
    phone: str
    account: Seen
    chosen: dict[Choice, str]


def look(office: Office, visitor: Visitor) -> Overview:
    """What the page of all settings shows."""
    found = details.on_file(office, visitor.member_id)
    mail = masked(found.email) if found.email else ""
    ends = found.phone[-4:]
    account = bank_account.look(office, visitor)
    return Overview(found, mail, found.new_email, ends, account, choices.of(office, visitor.member_id))
