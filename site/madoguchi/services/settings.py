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
    """The details on file, the account, and what was chosen; addresses of mail and phone are masked."""

    on_file: OnFile
    mail: str
    new_mail: str
    phone: str
    account: Seen
    chosen: dict[Choice, str]


def look(office: Office, visitor: Visitor) -> Overview:
    """What the page of all settings shows."""
    found = details.on_file(office, visitor.member_id)
    mail, new_mail = (masked(address) if address else "" for address in (found.email, found.new_email))
    ends = found.phone[-4:]
    account = bank_account.look(office, visitor)
    return Overview(found, mail, new_mail, ends, account, choices.of(office, visitor.member_id))
