"""Pages a second of the real site against a stock page with the same bytes, on the same server, in turns."""

from contextlib import ExitStack

from bench import servers
from bench.load import Target, interleaved, ratio
from bench.report import Claim

PLAN = (
    "/simulate/repayment?kind=payment&principal=300000&rate=17.8&months=36&convention=month&start=2026-11-20"
)
CONNECTIONS = (1, 8)


def claims(demo, folder, seconds, rounds):
    """History and home at 1 and 8 connections, and the simulator as htmx asks for it."""
    with ExitStack() as running:
        url, child = running.enter_context(servers.site(demo, folder / "site.log"))
        real = real_targets(url)
        saved = save(real, folder / "pages")
        stock_url, stock_child = running.enter_context(servers.stock(saved, folder / "stock.log"))
        for name, target in real.items():
            stock = Target(f"{stock_url}/{name}")
            same_bytes(name, target, stock)
            yield in_work(name, (target, child), (stock, stock_child), seconds, rounds)
            for connections in CONNECTIONS:
                yield compare(name, target, stock, connections, seconds, rounds)


def saved(demo, folder):
    """The folder with the pages of the site, asked for once; what the yardstick is made of."""
    with servers.site(demo, folder / "saved.log") as (url, _):
        return save(real_targets(url), folder / "pages")


def save(targets, folder):
    """Writes each page into a file of a folder."""
    folder.mkdir(exist_ok=True)
    for name, target in targets.items():
        (folder / f"{name}.html").write_bytes(target.once()[1])
    return folder


def real_targets(url):
    """The pages that are claimed to be fast, as the member or htmx asks for them."""
    return {
        "history": Target(url + "/history", Cookie=servers.sign_in(url, *servers.WHO["history"])),
        "home": Target(url + "/home", Cookie=servers.sign_in(url, *servers.WHO["home"])),
        "simulator": Target(url + PLAN, **{"HX-Request": "true"}),
    }


def same_bytes(name, real, stock):
    """Refuses to compare pages of different length (2 % apart is a clock's digits)."""
    lengths = [len(target.once()[1]) for target in (real, stock)]
    assert abs(lengths[0] - lengths[1]) < 0.02 * lengths[0], f"{name}: {lengths} bytes are not the same page"


def compare(name, real, stock, connections, seconds, rounds):
    """The claim about one page at one number of connections."""
    mine, yardstick = interleaved([real, stock], connections, seconds, rounds)
    best = max(result.rate for result in mine)
    slowest = max(result.p99 for result in mine) * 1000
    note = f"{best:.0f}/s, p99 {slowest:.0f} ms"
    what = (
        f"{name}, {connections} connection{'s' * (connections > 1)}: answers/s ÷ stock page of the same bytes"
    )
    # The simulator computes a schedule at every request and has no target of its own; it should not lag far.
    return Claim(what, ratio(mine, yardstick, "rate"), 0.3 if name == "simulator" else 0.9, note=note)


def in_work(name, mine, yardstick, seconds, rounds):
    """The claim about processor time per answer, which a busy machine disturbs less."""
    pairs = []
    for _ in range(rounds):
        pairs.append(work(*mine, seconds) / work(*yardstick, seconds))
    bound = 3 if name == "simulator" else 1.1
    return Claim(f"{name}: processor time an answer ÷ stock page", sorted(pairs)[rounds // 2], bound, False)


def work(target, child, seconds):
    """Processor seconds that a server and its workers spend on one answer."""
    before = servers.processor_seconds(child.pid)
    answers = target.burst(2, seconds).rate * seconds
    return (servers.processor_seconds(child.pid) - before) / answers
