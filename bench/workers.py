"""Which workers and threads of granian serve two cores best, and waitress: in turns with the shipped ones."""

from contextlib import ExitStack

from bench import servers
from bench.load import Target, interleaved, ratio
from bench.report import Claim

SHIPPED = (2, 2)  # workers and threads, as deploy/madoguchi-web.service says
OTHERS = ((1, 1), (2, 1), (2, 4), (3, 2))
WAITRESS = "waitress, one process"
CONNECTIONS = (1, 8, 32)
CLOSE = 0.85  # a shape that is better by more than this would be the one to ship


def claims(demo, folder, seconds, rounds):
    """Histories a second of the shipped shape ÷ each other one's, at a few numbers of connections."""
    with ExitStack() as running:
        targets = {}
        for shape in (SHIPPED, *OTHERS):
            log = folder / f"workers-{shape[0]}x{shape[1]}.log"
            how = servers.granian("run:app", log, shape=shape, MADOGUCHI_DATA=str(demo))
            url, _ = running.enter_context(how)
            targets[shape] = history(url)
        url, _ = running.enter_context(servers.demo_site(demo, folder / "waitress.log"))
        targets[WAITRESS] = history(url)
        for connections in CONNECTIONS:
            found = interleaved([*targets.values()], connections, seconds, rounds)
            results = dict(zip(targets, found, strict=True))
            ours = results[SHIPPED]
            for shape in (*OTHERS, WAITRESS):
                note = " against ".join(said(which) for which in (ours, results[shape]))
                other = shape if shape is WAITRESS else f"{shape[0]} × {shape[1]}"
                what = f"history, {connections} at a time: 2 workers × 2 threads ÷ {other}"
                yield Claim(what, ratio(ours, results[shape], "rate"), CLOSE, note=note)


def history(url):
    """The page that is asked for, as its member."""
    return Target(url + "/history", Cookie=servers.sign_in(url, *servers.WHO["history"]))


def said(results):
    """The best of some bursts in words."""
    best = max(results, key=lambda result: result.rate)
    return f"{best.rate:.0f}/s, p99 {1000 * best.p99:.0f} ms"
