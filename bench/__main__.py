"""`make bench`: each performance claim as a ratio with its bound; ARGS="pages --quick" chooses."""

import argparse
import tempfile
from pathlib import Path

from bench import (
    figures,
    finding,
    instructions,
    ledger,
    night,
    pages,
    peers,
    posting,
    report,
    rounds,
    servers,
    starting,
    storm,
    through_app,
    workers,
)


def main():
    """Runs the chosen benches on demo data made for them, and says how many bounds were missed."""
    chosen = arguments()
    seconds, rounds_of, total, size = (0.5, 3, 200_000, 10) if chosen.quick else (2.0, 7, 1_000_000, 100)
    with tempfile.TemporaryDirectory(prefix="madoguchi-bench-") as name:
        folder = Path(name)
        print("Making the demo's data ...", flush=True)
        servers.make_demo(folder / "demo", folder / "demo.log")
        missed = 0
        if "pages" in chosen.what:
            missed += report.say(pages.claims(folder / "demo", folder, seconds, rounds_of))
        if "peers" in chosen.what:
            missed += report.say(peers.claims(folder / "demo", folder, seconds, rounds_of))
        if "instructions" in chosen.what:
            saved = pages.saved(folder / "demo", folder)
            missed += report.say(instructions.claims(folder / "demo", folder, saved))
        if "ledger" in chosen.what:
            missed += report.say(ledger.claims(folder / "demo", folder, total, seconds, rounds_of))
        if "posting" in chosen.what:
            missed += report.say(posting.claims(folder, rounds_of))
            missed += report.say(through_app.claims(folder, rounds_of))
        if "rounds" in chosen.what:
            missed += report.say(rounds.claims(folder / "demo", folder, size, seconds, rounds_of))
        if "night" in chosen.what:
            missed += report.say(night.claims(folder, size))
        if "figures" in chosen.what:
            missed += report.say(figures.claims(folder, size))
        if "finding" in chosen.what:
            missed += report.say(finding.claims(folder, size))
        if "storm" in chosen.what:
            missed += report.say(storm.claims(folder / "demo", folder, seconds, rounds_of))
        if "workers" in chosen.what:
            missed += report.say(workers.claims(folder / "demo", folder, seconds, rounds_of))
        if "start" in chosen.what:
            missed += report.say(starting.claims(folder / "demo", folder, 5))
    print(f"{missed} bounds missed." if missed else "Every bound kept.")


def arguments():
    """What to measure, and how patiently."""
    reader = argparse.ArgumentParser(prog="make bench ARGS=...", description=__doc__)
    everything = (
        "pages",
        "peers",
        "instructions",
        "ledger",
        "posting",
        "rounds",
        "night",
        "figures",
        "start",
    )
    reader.add_argument("what", nargs="*", default=everything, help="of: " + " ".join(everything))
    reader.add_argument("--quick", action="store_true", help="a fifth of the time and of the ledger")
    return reader.parse_args()


if __name__ == "__main__":
    main()
