"""The mail server or the bank takes a call and never answers: the other goes on, members borrow meanwhile.

What waited goes out once when the silent one speaks again.
"""

from contextlib import ExitStack

import pytest

from madoguchi.domain.ledger import Account
from madoguchi.services import cast, payouts, post, verify
from madoguchi.store import house
from tests import people
from tests.support import mailbox
from tests.support.banks import payout
from tests.support.member import Member
from tests.support.post import Taker, row, silent_server, smtp_server

ON_ITS_WAY, SENT = "送金手続き中", "口座に振り込みました"


@pytest.fixture(autouse=True)
def hanako(stage):
    """花子, in the books."""
    return people.hanako(stage.office)


def signed_in(url):
    """花子 at the site."""
    member = Member(url, cast.HANAKO.card, cast.HANAKO.pin)
    member.sign_in()
    return member


def test_letters_wait_for_a_silent_mail_server_while_money_is_borrowed_and_sent(stage):
    with ExitStack() as silence, ExitStack() as running:
        port = silence.enter_context(silent_server())
        url = running.enter_context(stage.site(port))
        member = signed_in(url)  # news of which is the first letter
        stage.until(stage.under_way)
        hangs = stage.under_way()
        receipt = member.borrow(1000).removeprefix(url)
        stage.until(lambda: SENT in member.get(receipt)[1])
        assert stage.under_way() == hangs, "money was sent only when the mail server had been given up"
        assert len(mailbox.letters(stage.office, "transfer_sent")) == 1
        assert post.waiting(stage.office)[0] == len(stage.letters()), "all wait, and none was sent"
        silence.close()
        taker = Taker()
        running.enter_context(smtp_server(taker, port=port))
        stage.until(stage.at_rest)
        stage.clock.move(post.CLAIM)
        stage.until(stage.settled)
        assert taker.copies() == dict.fromkeys(stage.letters(), 1)


def test_money_waits_for_a_silent_bank_while_letters_go_out_and_is_sent_once(stage, hanako):
    taker = Taker()
    with smtp_server(taker) as port, stage.site(port) as url, stage.worker(port):
        member = signed_in(url)
        with stage.dead_line():
            receipt = member.borrow(1000).removeprefix(url)
            stage.until(lambda: len(stage.calls()) == 1)
            stage.clock.move(payouts.CLAIM)  # who hangs is given up, and the other asks, and hangs as well
            stage.until(lambda: len(stage.calls()) == 2)
            letter = stage.letter(hanako)
            stage.until(lambda: row(stage.office, letter)[0] == "sent")
            assert ON_ITS_WAY in member.get(receipt)[1]
            assert payout(stage.office) == "handed"
        stage.until(stage.settled)
        assert SENT in member.get(receipt)[1]
    key = payout(stage.office, "bank_key")
    assert stage.calls() == [f"send {key}", f"ask {key}"]
    assert taker.copies() == dict.fromkeys(stage.letters(), 1)
    assert len(mailbox.letters(stage.office, "transfer_sent")) == 1
    assert house.balance(stage.office.store, Account.IN_TRANSIT) == 0
    assert list(verify.differences(stage.office)) == []
