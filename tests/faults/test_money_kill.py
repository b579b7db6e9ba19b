"""The whole site killed while a member borrows and repays: nothing said is lost, nothing is paid twice.

The server, its workers and the bank's memory run as they do for a member; `kill -9` ends them at a random
moment, again and again on the same data. Afterwards books, payouts and bank have to tell the same story.
"""

import json
import os
import random
import signal
import socket
import threading
import time

import apsw
import pytest

from madoguchi.domain.ledger import Account
from madoguchi.services import verify
from madoguchi.store import house as journal
from madoguchi.store.db import Store
from tests import people
from tests.support import site
from tests.support.member import GONE, HIDDEN, Member

KILLS = int(os.environ.get("FAULT_ROUNDS", "3"))
HANAKO = ("9990110000000014", "2583")
SETTLE_SECONDS = 60
LONGEST = 1.5  # seconds of borrowing before a kill


def test_a_killed_site_keeps_what_it_acknowledged_and_the_bank_pays_each_once(database_url, tmp_path):
    data, environment = tmp_path / "site", {"MADOGUCHI_DATABASE": database_url}
    member, dice = Member("", *HANAKO), random.Random(KILLS)
    for _ in range(KILLS):
        borrow_until_killed(data, environment, member, dice)
    assert member.acknowledged, "no drawdown was acknowledged before a kill"
    assert member.receipts, "no payment was acknowledged before a kill"
    with site.running(data, environment=environment) as live:
        store = Store(database_url)
        let_claims_run_out(live)
        wait_for_the_bank(store)
        assert list(verify.differences(people.office(store))) == []
        assert journal.balance(store, Account.IN_TRANSIT) == 0
        drawn = numbers(store, "SELECT seq FROM entry WHERE kind = 1 AND contract_id = ?", hanako(store))
        assert set(member.acknowledged) <= drawn
        assert len(member.acknowledged) == len(set(member.acknowledged))
        paid = numbers(store, "SELECT seq FROM entry WHERE kind = 2 AND contract_id = ?", hanako(store))
        assert set(member.receipts) <= paid
        books_and_bank_agree(store, data)
        store.close()


def test_an_answer_cut_off_in_the_middle_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as door:
        half = threading.Thread(target=answer_by_half, args=(door,))
        half.start()
        member = Member(f"http://127.0.0.1:{door.getsockname()[1]}", *HANAKO)
        with pytest.raises(GONE):
            member.get("/home")
        half.join()


def answer_by_half(door):
    """Promise nine bytes, send four and hang up, as a site that is killed does."""
    link, _ = door.accept()
    with link:
        link.recv(65536)
        link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")


def borrow_until_killed(data, environment, member, dice):
    """Start the site, borrow in one thread and repay in another, and kill everything at a random moment."""
    with site.running(data, environment=environment) as live:
        member.at(live.url)
        if not member.signed_in:
            member.sign_in()
        stop = threading.Event()
        acts = (lambda: member.borrow(2000), lambda: member.repay(300))
        threads = [threading.Thread(target=keep_on, args=(act, stop)) for act in acts]
        for thread in threads:
            thread.start()
        wait_for_both_kinds(member)
        time.sleep(dice.uniform(0.2, LONGEST))  # the moment of the kill, not a wait for anything
        live.child.send_signal(signal.SIGKILL)
        stop.set()
        for thread in threads:
            thread.join()


def wait_for_both_kinds(member):
    """In the first round until a drawdown and a payment were acknowledged: less proves nothing."""
    until = time.monotonic() + SETTLE_SECONDS
    while not (member.acknowledged and member.receipts):
        assert time.monotonic() < until, "the site acknowledges nothing"
        time.sleep(0.05)  # the loop ends with the second kind


def keep_on(act, stop):
    """Do it again and again until the site is gone."""
    while not stop.is_set():
        try:
            act()
        except GONE:
            return


def let_claims_run_out(live):
    """Move the site's clock: what was under way at a kill is taken up again when its claim has run out."""
    tester = Member(live.url, "", "")
    _, text = tester.get("/demo")
    token = dict(HIDDEN.findall(text))["csrf_token"]
    tester.post("/demo/clock", csrf_token=token, days=0, hours=1)


def wait_for_the_bank(store):
    """Until each payout has its answer: the worker asks again for what was under way at a kill."""
    until = time.monotonic() + SETTLE_SECONDS
    while (left := store.one("SELECT COUNT(*) FROM payout WHERE answered_at IS NULL")[0]) > 0:
        assert time.monotonic() < until, f"{left} payouts have no answer"
        time.sleep(0.05)  # the loop ends when they have their answers


def books_and_bank_agree(store, data):
    """What is settled was paid by the bank once, what was paid there is posted once; letters likewise."""
    page = apsw.Connection(str(data / "bank_page.db"))
    at_the_bank = {key for (key,) in page.execute("SELECT key FROM paid WHERE outcome = 1")}
    posted = store.rows("SELECT key, seq FROM bank_payment WHERE state = 'paid'")
    assert {key for key, _ in posted} == at_the_bank
    assert len({seq for _, seq in posted}) == len(posted)
    bank = apsw.Connection(str(data / "bank.db"))
    paid = dict(bank.execute("SELECT key, amount FROM received WHERE state = 'paid'"))
    settled = dict(store.rows("SELECT bank_key, amount FROM payout WHERE state = 'settled'"))
    assert paid == settled
    kinds = [kind for (kind,) in store.rows("SELECT kind FROM letter WHERE kind LIKE 'transfer%'")]
    assert kinds.count("transfer_sent") == len(settled)
    returned = store.one("SELECT COUNT(*) FROM payout WHERE state = 'returned'")[0]
    assert kinds.count("transfer_returned") == returned
    letters = store.rows("SELECT facts FROM letter WHERE kind = 'transfer_sent'")
    told = [json.loads(facts)["reference"] for (facts,) in letters]
    assert len(told) == len(set(told))


def hanako(store):
    """Her contract's number."""
    sql = "SELECT c.id FROM contract c JOIN member m ON m.id = c.member_id WHERE m.number = '100000019'"
    return store.one(sql)[0]


def numbers(store, sql, *values):
    """The first column as a set."""
    return {row[0] for row in store.rows(sql, values)}
