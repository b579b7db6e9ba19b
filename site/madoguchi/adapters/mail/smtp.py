"""Mail by SMTP: encrypted but on loopback, and never waiting longer than it was told to."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.headerregistry import Address

from madoguchi.adapters.mail import envelope
from madoguchi.ports import Later, Message, Never, Unreachable

ANSWER_SECONDS = 10.0  # for each answer of the server
WHOLE_SECONDS = 30.0  # for a whole letter: a server that sends a byte now and then cannot hold us

NO_SUCH_ADDRESS = (
    "5.1.1",
    "5.1.2",
    "5.1.3",
    "5.1.6",
    "5.1.10",
)  # RFC 3463: the address, not our mail, is bad


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in. `security` is "tls" (from the first byte), "starttls" or "none" (loopback)."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)


class SmtpMailer:
    """The Carrier of mail in production; a connection for each letter, safe to call from any thread."""

    def __init__(
        self,
        server: Server,
        sender: Address,
        tls: ssl.SSLContext | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._server, self._sender = server, sender
        self._tls = tls or ssl.create_default_context()
        self._answer, self._whole = answer_seconds, whole_seconds

    def send(self, message: Message) -> None:
        """Hand one letter to the server; raises Later, Never or Unreachable with the server's code alone.

        The server's words are left out: they may repeat what we sent.
        """
        made = envelope.mail(message, self._sender)
        with self._told(message.to), self._connection() as smtp:
            smtp.send_message(made, self._sender.addr_spec, [message.to])

    def knock(self) -> None:
        """Sign in as for a letter and leave again; raises NotSent as `send` does."""
        with self._told(), self._connection():
            pass

    @contextmanager
    def _told(self, to: str = "") -> Iterator[None]:
        """Whatever the library raises as one of ours."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as refused:
            raise _refusal(*refused.recipients[to]) from None
        except smtplib.SMTPAuthenticationError as refused:
            raise Unreachable(f"SMTP {refused.smtp_code}: user and password are refused") from None
        except (smtplib.SMTPSenderRefused, smtplib.SMTPConnectError, smtplib.SMTPHeloError) as refused:
            raise Unreachable(f"SMTP {refused.smtp_code}: the server refuses us") from None
        except smtplib.SMTPResponseException as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error) from None
        except (OSError, smtplib.SMTPException) as fault:  # OSError: TLS, names and time-outs as well
            raise Unreachable(f"the mail server cannot be reached ({type(fault).__name__})") from None

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        smtp = self._made()
        cut = threading.Timer(self._whole, _cut, [smtp])
        cut.daemon = True
        cut.start()
        try:
            code, words = smtp.connect(self._server.host, self._server.port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, words)
            if self._server.security == "starttls":
                smtp.starttls(context=self._tls)  # raises when the server does not offer it
            if self._server.user:
                smtp.login(self._server.user, self._server.password)
            yield smtp
            _say_goodbye(smtp)
        finally:
            cut.cancel()
            smtp.close()

    def _made(self) -> smtplib.SMTP:
        """Not connected yet, so that connecting is timed like the rest."""
        smtp: smtplib.SMTP
        if self._server.security == "tls":
            smtp = smtplib.SMTP_SSL(timeout=self._answer, context=self._tls)
        else:
            smtp = smtplib.SMTP(timeout=self._answer)
        smtp._host = (
            self._server.host
        )  # smtplib checks the certificate against this, and only __init__ sets it
        return smtp


def _refusal(code: int, words: bytes | str) -> Never | Later:
    said = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    detail = said.split(" ", 1)[0] if said[:2] in ("4.", "5.") else ""
    detail = detail if len(detail) <= 8 else ""
    cause = f"SMTP {code} {detail}".strip()
    return Never(cause, nobody_there=detail in NO_SUCH_ADDRESS) if 500 <= code < 600 else Later(cause)


def _say_goodbye(smtp: smtplib.SMTP) -> None:
    """The letter is taken: whatever happens now must not make us send it again."""
    try:
        smtp.quit()
    except (OSError, smtplib.SMTPException):
        return


def _cut(smtp: smtplib.SMTP) -> None:
    if (sock := smtp.sock) is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
