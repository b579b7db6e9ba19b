"""Carriers and mail servers for tests: one that remembers, a real SMTP server, one that never answers."""

import asyncio
import re
import socket
import ssl
import subprocess
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.headerregistry import Address
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from madoguchi.adapters.letterpress import Letterpress
from madoguchi.adapters.mail.smtp import Server, SmtpMailer
from madoguchi.domain.letters import Channel, Kind
from madoguchi.services import letters
from madoguchi.services.office import Post
from tests import people
from tests.support import processes

SITE = "https://madoguchi.example"
LETTER = re.compile(r"<letter-(\d+)\.")
SENDER = Address("まどぐちファイナンス株式会社", addr_spec="info@example.jp")


class Bag:
    """A Carrier that keeps what it is given; `failing` are raised first, one for each try."""

    def __init__(self, *failing):
        self.messages, self.failing, self._lock = [], list(failing), threading.Lock()

    def send(self, message):
        """Keep one letter, or fail."""
        with self._lock:
            if self.failing:
                raise self.failing.pop(0)
            self.messages.append(message)


def with_carriers(office, mail, text=None):
    """The same office with these carriers."""
    carriers = {Channel.MAIL: mail} | ({Channel.TEXT: text} if text else {})
    return replace(office, post=Post(Letterpress(people.rules(), SITE), carriers))


def code(office, who, digits="123456", purpose="ログイン"):
    """Write a member a code by mail."""
    until = office.now() + timedelta(minutes=10)
    with office.store.transaction():
        return letters.write(
            office, Kind.CODE, {"code": digits, "until": until, "purpose": purpose}, member_id=who.member_id
        )


def changed(office, who, **how):
    """Write a member that the password changed."""
    with office.store.transaction():
        facts = {"at": office.now()}
        return letters.write(office, Kind.PASSWORD_CHANGED, facts, member_id=who.member_id, **how)


def row(office, number=1):
    """State, tries and error of a letter."""
    return office.store.one("SELECT state, tries, last_error FROM letter WHERE id = ?", (number,))


class Taker:
    """What the SMTP server does with mail; `refuses` maps an address to the server's answer."""

    def __init__(self, refuses=None):
        self.mails, self.refuses = [], refuses or {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        """Take the recipient or answer as told."""
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        """Keep the mail as its reader sees it."""
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def copies(self):
        """How often each letter came, by its number."""
        return Counter(int(LETTER.match(mail["Message-ID"])[1]) for mail in self.mails)


class Holding(Taker):
    """Has each mail, and says so only when it is let go."""

    def __init__(self):
        super().__init__()
        self.holds = True

    async def handle_DATA(self, server, session, envelope):
        """Keep the mail, and let the other side wait for a word."""
        answer = await super().handle_DATA(server, session, envelope)
        while self.holds:
            await asyncio.sleep(0.02)  # not a guess at a duration: the test lets go
        return answer


@contextmanager
def smtp_server(taker, tls=None, wrap=None, login=None, port=None):
    """A real SMTP server; gives its port. `tls` offers STARTTLS, `wrap` is TLS from the first byte."""
    how = {"tls_context": tls, "require_starttls": bool(tls)} if tls else {}
    if login:
        how["authenticator"] = lambda *given: AuthResult(success=_login(given) == login, handled=False)
        how |= {"auth_required": True, "auth_require_tls": not wrap, "auth_exclude_mechanism": ["LOGIN"]}
    port = port or processes.free_port()
    controller = Controller(taker, hostname="127.0.0.1", port=port, ssl_context=wrap, **how)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def mailer(port, security="none", **how):
    """Our mailer for a server on loopback."""
    login = {name: how.pop(name) for name in ("user", "password") if name in how}
    return SmtpMailer(Server("localhost", port, security, **login), SENDER, **how)


@contextmanager
def silent_server(says=b""):
    """A server that accepts and then says nothing, or one byte now and then of `says`; gives its port."""
    stopped, taken = threading.Event(), []

    def accept():
        while not stopped.is_set():
            try:
                taken.append(listener.accept()[0])
            except OSError:
                return
            for byte in says:
                if stopped.wait(0.05):
                    return
                try:
                    taken[-1].sendall(bytes([byte]))
                except OSError:
                    break

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, daemon=True).start()
        try:
            yield listener.getsockname()[1]
        finally:
            stopped.set()
            listener.shutdown(socket.SHUT_RDWR)
            for connection in taken:
                connection.close()


def certificate(folder):
    """A certificate for localhost made on the spot: what the server shows, and what a client trusts."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    shown = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    shown.load_cert_chain(cert, key)
    return shown, ssl.create_default_context(cafile=cert)


def _login(given):
    """User and password as the server was given them."""
    data = given[-1]
    return data.login.decode(), data.password.decode()
