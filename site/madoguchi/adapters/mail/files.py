"""The demo's mail: a file for each letter, SMS included, and the mailbox that reads them back."""

from __future__ import annotations

import email
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from madoguchi.adapters.mail import envelope
from madoguchi.ports import Delivered, Later, Message

PHONE = "X-Text-To"  # an SMS has no mail address; its file has this header instead


class Files:
    """A Carrier that writes mail into a folder as .eml files, and the Mailbox that shows them."""

    def __init__(self, folder: Path, sender: Address) -> None:
        self._folder, self._sender = folder, sender

    def send(self, message: Message) -> None:
        """Write one mail; a second copy of a letter replaces the first."""
        self._write(message, envelope.mail(message, self._sender))

    def newest(self, most: int) -> list[Delivered]:
        """The letters that came last, the newest first; what is being written is not there yet."""
        names = sorted(self._folder.glob("*.eml"), reverse=True)[:most]
        return [found for name in names if (found := _read(name))]

    def empty(self) -> None:
        """Throw all letters away."""
        for name in self._folder.glob("*.eml"):
            name.unlink(missing_ok=True)

    def _write(self, message: Message, made: EmailMessage) -> None:
        number = int(message.key.split(".")[0])
        name = self._folder / f"{message.at:%Y%m%dT%H%M%S}-{number:08}.eml"
        fresh = name.with_suffix(".new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(made.as_bytes())
            fresh.replace(name)
        except OSError as fault:
            raise Later(f"the file cannot be written ({type(fault).__name__})") from None


class Texts(Files):
    """A Carrier that writes SMS into the same folder."""

    def send(self, message: Message) -> None:
        """Write one SMS."""
        made = EmailMessage()
        made[PHONE] = message.to
        made["Subject"] = message.printed.subject
        made["Date"] = message.at
        made["Message-ID"] = f"<letter-{message.key}@{self._sender.domain}>"
        made.set_content(message.printed.text, cte="base64")
        self._write(message, made)


def _read(name: Path) -> Delivered | None:
    try:
        made = email.message_from_bytes(name.read_bytes(), policy=default)
    except FileNotFoundError:  # thrown away meanwhile
        return None
    body = made.get_body(("plain",))
    to = str(made[PHONE]) if made[PHONE] else made["To"].addresses[0].addr_spec
    text = body.get_content().replace("\r\n", "\n") if body else ""
    key = name.stem.split("-")[-1]
    return Delivered(key, to, str(made["Subject"]), text.strip() + "\n", made["Date"].datetime)
