"""Wrong sign-ins on 32 connections beside four that read /home, and a member on a browser that is known."""

import re
import time

from bench import crowd, servers
from bench.load import Target
from bench.report import Claim
from tests.support import processes

CONNECTIONS, READERS = 32, 4
BARS = re.compile(r"^(site_failures|site_most|pin_cards|pin_most) = \d+", re.M)
NEVER = "1000000000"


def claims(book, folder, seconds, rounds):
    """As shipped, where a code comes first after some dozens of failures; and with every guess compared."""
    raised = folder / "lender.toml"
    raised.write_text(BARS.sub(rf"\1 = {NEVER}", (processes.ROOT / "lender.toml").read_text()))
    lenders = {"a code first, as shipped": processes.ROOT / "lender.toml", "every guess compared": raised}
    for name, lender in lenders.items():
        with servers.busy_site(book, folder / "storm.log", lender) as (url, _):
            yield from beside(book, url, folder / "crowd.log", name, seconds, rounds)


def beside(book, url, log, name, seconds, rounds):
    """Pages without and with the storm, in turns; the known member signs in again and again throughout."""
    reader = Target(url + "/home", Cookie=servers.sign_in(url, "9990110000000014", "2583"))
    reader.burst(READERS, seconds / 2)
    rates, waits, guesses, known = [], [], 0.0, []
    for n in range(rounds):
        quiet = reader.burst(READERS, seconds)
        # The warm-up: by its end the one has signed in for the first time, and the others guess.
        member = crowd.start(book, url, "known", 1, seconds, log, warm=3.0, seed=n)
        time.sleep(1.5)
        storm = crowd.start(book, url, "guesses", CONNECTIONS, seconds, log, warm=1.5, seed=n)
        time.sleep(1.5)
        busy = reader.burst(READERS, seconds)
        told = crowd.finished(storm, log)
        known += crowd.finished(member, log).steps.get("known", [])
        guesses += (sum(map(len, told.steps.values())) + told.refused) / told.seconds / rounds
        rates.append(busy.rate / quiet.rate)
        waits.append(busy.p99 / quiet.p99)
    middle, known = rounds // 2, sorted(known) or [float("inf")]
    storm = f"storm ({name})"
    yield Claim(f"{storm}: home, answers a second ÷ quiet", sorted(rates)[middle], 0.4,
                note=f"{guesses:,.0f} wrong sign-ins answered a second")  # fmt: skip
    yield Claim(f"{storm}: home's slowest in a hundred ÷ quiet", sorted(waits)[middle], 8, False)
    yield Claim(f"{storm}: a known browser signs in, slowest, s", known[-1], 0.5, False,
                note=f"{len(known)} times, median {known[len(known) // 2]:.3f} s")  # fmt: skip
