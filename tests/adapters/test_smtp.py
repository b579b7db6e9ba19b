"""Mail by SMTP against real servers: what arrives, who is refused, and how long a silent one is borne."""

import time
from datetime import timedelta

import pytest

from madoguchi.ports import JAPAN, Later, Message, Never, Printed, Unreachable
from madoguchi.services import post
from tests import people
from tests.support.post import (
    SENDER,
    Taker,
    certificate,
    changed,
    mailer,
    row,
    silent_server,
    smtp_server,
    with_carriers,
)

LETTER = Message(
    "7.1795136400",
    "hanako@example.jp",
    Printed("確認コードのお知らせ", "佐藤 花子 様\n\n123456\n", "<!doctype html><p>123456</p>"),
    people.TODAY,
)


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """What a server shows, and what a client trusts."""
    return certificate(tmp_path_factory.mktemp("tls"))


def test_the_mail_arrives_with_its_headers_and_in_both_forms():
    taker = Taker()
    with smtp_server(taker) as port:
        mailer(port).send(LETTER)
    (mail,) = taker.mails
    assert (mail["Subject"], mail["To"]) == ("確認コードのお知らせ", "hanako@example.jp")
    assert mail["From"].addresses[0].display_name == SENDER.display_name
    assert mail["Message-ID"] == "<letter-7.1795136400@example.jp>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == people.TODAY.astimezone(JAPAN)
    forms = [(part.get_content_type(), part.get_content_charset()) for part in mail.iter_parts()]
    assert forms == [("text/plain", "utf-8"), ("text/html", "utf-8")]
    assert "\n123456\n" in mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_user_and_password_go_through_starttls_alone(tls):
    shown, trusted = tls
    taker = Taker()
    with smtp_server(taker, tls=shown, login=("user", "p@ss")) as port:
        mailer(port, "starttls", tls=trusted, user="user", password="p@ss").send(LETTER)
        with pytest.raises(Unreachable, match="are refused"):
            mailer(port, "starttls", tls=trusted, user="user", password="wrong").send(LETTER)
    assert len(taker.mails) == 1


def test_tls_from_the_first_byte(tls):
    shown, trusted = tls
    taker = Taker()
    with smtp_server(taker, wrap=shown) as port:
        mailer(port, "tls", tls=trusted).send(LETTER)
    assert len(taker.mails) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_gets_no_mail(tls, security):
    taker = Taker()
    with (
        smtp_server(taker, **{"tls" if security == "starttls" else "wrap": tls[0]}) as port,
        pytest.raises(Unreachable, match="SSLCertVerificationError"),
    ):
        mailer(port, security).send(LETTER)
    assert taker.mails == []


def test_a_server_without_starttls_gets_neither_mail_nor_password():
    taker = Taker()
    with smtp_server(taker) as port, pytest.raises(Unreachable):
        mailer(port, "starttls", user="user", password="secret").send(LETTER)
    assert taker.mails == []


@pytest.mark.parametrize(
    ("answer", "failure", "nobody"),
    [
        ("550 5.1.1 no such user hanako", Never("SMTP 550 5.1.1"), True),
        ("550 5.7.1 go away", Never("SMTP 550 5.7.1"), False),
        ("554 nothing more", Never("SMTP 554"), False),
        ("451 4.2.2 full", Later("SMTP 451 4.2.2"), None),
    ],
)
def test_a_refusal_is_told_by_its_code_alone(answer, failure, nobody):
    with smtp_server(Taker({"hanako@example.jp": answer})) as port, pytest.raises(type(failure)) as told:
        mailer(port).send(LETTER)
    assert told.value.cause == failure.cause
    assert getattr(told.value, "nobody_there", None) is nobody


def test_nobody_listening_is_told_as_unreachable():
    with silent_server() as port:
        pass
    with pytest.raises(Unreachable, match="ConnectionRefusedError"):
        mailer(port).send(LETTER)


@pytest.mark.parametrize("says", [b"", b"2" * 1000], ids=["silent", "a byte now and then"])
def test_a_hanging_server_is_left_in_time(says):
    began = time.monotonic()
    with silent_server(says) as port, pytest.raises(Unreachable):
        mailer(port, answer_seconds=0.3, whole_seconds=0.5).send(LETTER)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("subject", ["ok\r\nBcc: all@example.jp", "ok\nBcc: all@example.jp"])
def test_a_line_end_in_a_header_is_refused(subject):
    letter = Message("1.1", LETTER.to, Printed(subject, "", ""), people.TODAY)
    with pytest.raises(Never, match="not fit for a header"):
        mailer(1).send(letter)


def test_a_second_recipient_in_the_address_is_refused():
    with pytest.raises(Never, match="not fit for a header"):
        mailer(1).send(Message("1.1", "a@example.jp, b@example.jp", LETTER.printed, people.TODAY))


def test_a_letter_that_met_a_hanging_server_arrives_a_minute_later(sqlite_office):
    ichiro = people.newcomer(sqlite_office)
    taker = Taker()
    changed(sqlite_office, ichiro)
    with silent_server() as port:
        post.deliver(with_carriers(sqlite_office, mailer(port, answer_seconds=0.2)))
    assert row(sqlite_office)[:2] == ("new", 1)
    with smtp_server(taker) as port:
        working = with_carriers(sqlite_office, mailer(port))
        assert post.deliver(working) == 0
        sqlite_office.clock.move(timedelta(minutes=1))
        assert post.deliver(working) == 1
    assert [mail["Subject"] for mail in taker.mails] == ["パスワードが変わりました"]


def test_a_second_copy_of_a_letter_has_the_name_of_the_first(sqlite_office):
    taker = Taker()
    with smtp_server(taker) as port:
        working = with_carriers(sqlite_office, Stammering(mailer(port)))
        changed(working, people.newcomer(sqlite_office))
        post.deliver(working)
        sqlite_office.clock.move(timedelta(minutes=1))
        post.deliver(working)
    first, second = (mail["Message-ID"] for mail in taker.mails)
    assert first == second


class Stammering:
    """A carrier whose first answer is lost after the letter went through."""

    def __init__(self, carrier):
        self.carrier, self.lost = carrier, [Later("the answer was lost")]

    def send(self, message):
        """Send, and fail once all the same."""
        self.carrier.send(message)
        if self.lost:
            raise self.lost.pop()
