"""Two workers, each a process of its own, on the same letters and payouts: each goes out once."""

from collections import Counter

from madoguchi.services import verify
from tests import people
from tests.support.paying import borrow
from tests.support.post import Holding, smtp_server

MANY = 25


def test_two_at_once_send_each_letter_and_each_payout_once(stage):
    taker, who = Holding(), people.hanako(stage.office)
    with smtp_server(taker) as port, stage.worker(port), stage.worker(port):
        with stage.dead_line():
            for number in range(MANY):
                assert borrow(stage.office, who.member_id, who.contract_id, 1000, f"key-{number}")
            for _ in range(MANY):
                stage.letter(who)
            stage.until(lambda: len(taker.mails) == 2)  # one worker has one letter, and one payout
            stage.until(lambda: len(stage.calls()) == 2)
            taker.holds = False
        stage.until(stage.settled)
    keys = [key for (key,) in stage.office.store.rows("SELECT bank_key FROM payout WHERE state = 'settled'")]
    sent = Counter(call for call in stage.calls() if call.startswith("send"))
    assert sent == {f"send {key}": 1 for key in keys}
    assert len(keys) == MANY
    assert taker.copies() == dict.fromkeys(stage.letters(), 1)
    assert len(taker.mails) == 2 * MANY, "one of each change, one of each transfer"
    assert list(verify.differences(stage.office)) == []
