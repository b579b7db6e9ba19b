"""Wrong sign-ins on 32 connections beside four that read /home, and a member on a browser that is known."""

import re
import shutil
import time
from dataclasses import replace

from bench import crowd, servers
from bench.ledger import ICHIRO
from bench.load import Target
from bench.report import Claim
from tests.support import processes

CONNECTIONS, READERS = 32, 4
BARS = re.compile(r"^(site_failures|site_most|pin_cards|pin_most) = \d+", re.M)
UNTIL_BUSY = 1.5  # seconds until the guessers are past their imports
NEVER = "100000"  # the most that a lender may write there


def claims(book, folder, seconds, rounds):
    """As shipped, where a code comes first after some dozens of failures; and with every guess compared."""
    raised = folder / "lender.toml"
    raised.write_text(BARS.sub(rf"\1 = {NEVER}", (processes.ROOT / "lender.toml").read_text()))
    lenders = {"a code first, as shipped": processes.ROOT / "lender.toml", "every guess compared": raised}
    for name, lender in lenders.items():
        fresh = shutil.copytree(book.folder, folder / f"storm-{lender.parent.name}")
        with servers.busy_site(replace(book, folder=fresh), folder / "storm.log", lender) as (url, _):
            yield from beside(book, url, folder / "crowd.log", name, seconds, rounds)


def beside(book, url, log, name, seconds, rounds):
    """Pages without and with the storm, in turns; the known member signs in again and again throughout."""
    reader = Target(url + "/home", Cookie=servers.sign_in(url, "9990110000000014", "2583"))
    reader.burst(READERS, seconds / 2)
    dev = dict(one.split("=", 1) for one in servers.sign_in(url, *ICHIRO).split("; "))["dev"]
    # Each sign-in renews what a known browser is known by, so one process goes through quiet and storm alike.
    member = crowd.start(book, url, f"known {dev}", 1, rounds * (2 * seconds + UNTIL_BUSY), log)
    rates, waits, guesses = [], [], 0.0
    for n in range(rounds):
        quiet = reader.burst(READERS, seconds)
        storm = crowd.start(book, url, "guesses", CONNECTIONS, seconds, log, warm=UNTIL_BUSY, seed=n)
        time.sleep(UNTIL_BUSY)
        busy = reader.burst(READERS, seconds)
        told = crowd.finished(storm, log)
        guesses += (sum(map(len, told.steps.values())) + told.refused) / told.seconds / rounds
        rates.append(busy.rate / quiet.rate)
        waits.append(busy.p99 / quiet.p99)
    known = crowd.finished(member, log).steps["known"]
    middle = rounds // 2
    storm = f"storm ({name})"
    yield Claim(f"{storm}: home, answers a second ÷ quiet", sorted(rates)[middle], 0.4,
                note=f"{guesses:,.0f} wrong sign-ins answered a second")  # fmt: skip
    yield Claim(f"{storm}: home's slowest in a hundred ÷ quiet", sorted(waits)[middle], 8, False)
    yield Claim(f"{storm}: a known browser signs in, slowest, s", known[-1], 0.5, False,
                note=f"{len(known)} times, median {known[len(known) // 2]:.3f} s")  # fmt: skip
