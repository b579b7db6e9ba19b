"""Many at once: the limit holds, every entry balances, nothing is lost."""

import threading

from madoguchi.domain.channels import Channel
from madoguchi.domain.faults import Unavailable
from madoguchi.services import posting, verify
from madoguchi.services.books import Posted
from madoguchi.services.posting import OverLimit
from madoguchi.store import contracts
from tests import people

THREADS = 8


def together(work):
    """Run work(n) in so many threads that start at once; returns what each gave."""
    start, given = threading.Barrier(THREADS), [None] * THREADS

    def run(n):
        start.wait()
        given[n] = work(n)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_eight_at_once_never_draw_over_the_limit(office):
    ichiro = people.ichiro(office)
    today = office.business_day()

    def work(n):
        results = []
        for k in range(10):
            results.append(posting.draw(office, ichiro.contract_id, 7_000, Channel.ATM, today, f"{n}-{k}"))
        office.store.close()
        return results

    results = [result for given in together(work) for result in given]
    drawn = [result for result in results if isinstance(result, Posted)]
    assert len(drawn) == 300_000 // 7_000
    assert all(isinstance(result, OverLimit) for result in results if result not in drawn)
    assert contracts.read(office.store, ichiro.contract_id).standing.principal == len(drawn) * 7_000
    assert list(verify.differences(office)) == []


def test_eight_with_one_key_post_once(office):
    ichiro = people.ichiro(office)
    today = office.business_day()

    def work(_n):
        try:
            return posting.draw(office, ichiro.contract_id, 7_000, Channel.ATM, today, "same")
        except Unavailable:
            return None
        finally:
            office.store.close()

    results = together(work)
    assert sum(isinstance(result, Posted) and not result.repeated for result in results) == 1
    assert {result.entry.seq for result in results} == {1}
