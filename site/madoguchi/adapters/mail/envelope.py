"""A printed letter as an internet message: plain text and HTML, marked as sent by a machine."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from madoguchi.ports import Message, Never


def mail(message: Message, sender: Address) -> EmailMessage:
    """The message with all its headers; raises Never when one of them would hold a line end."""
    made = EmailMessage(policy=SMTP)
    try:
        made["From"] = _signed(sender, message.printed.sender)
        made["To"] = Address(addr_spec=message.to)
        made["Subject"] = message.printed.subject
    except (ValueError, IndexError):  # the header registry's way of refusing line ends and odd addresses
        raise Never("its address or subject is not fit for a header") from None
    made["Date"] = message.at
    made["Message-ID"] = f"<letter-{message.key}@{sender.domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    made.set_content(message.printed.text, cte="base64")
    made.add_alternative(message.printed.html, subtype="html", cte="base64")
    return made


def _signed(sender: Address, name: str) -> Address:
    """The sender under another name, where the letter has one."""
    return Address(name, sender.username, sender.domain) if name else sender
