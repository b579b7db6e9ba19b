"""`make bench`: each performance claim as a ratio with its bound; ARGS="pages --quick" chooses."""

import argparse
import tempfile
from pathlib import Path

from bench import (
    beside,
    book,
    charts,
    figures,
    finding,
    instructions,
    ledger,
    mixed,
    night,
    pages,
    peers,
    posting,
    report,
    rounds,
    servers,
    starting,
    statics,
    storm,
    through_app,
    workers,
)

ASKED = ("beside", "mixed", "storm")  # only when named: books of this size take minutes and gigabytes
QUICK = {"SQLite": (1_000, 10_000), "PostgreSQL": (1_000, 10_000)}
FULL = {"SQLite": (10_000, 1_000_000), "PostgreSQL": (10_000, 1_000_000)}


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
        if "files" in chosen.what:
            missed += report.say(statics.claims(folder / "demo", folder, seconds, rounds_of))
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
        if "workers" in chosen.what:
            missed += report.say(workers.claims(folder / "demo", folder, seconds, rounds_of))
        if "start" in chosen.what:
            missed += report.say(starting.claims(folder / "demo", folder, 5))
        missed += under_load(chosen, folder, seconds, rounds_of)
    print(f"{missed} bounds missed." if missed else "Every bound kept.")


def under_load(chosen, folder, seconds, rounds_of):
    """What takes a filled book, or is asked for by its name alone; how many bounds were missed."""
    keep, missed = chosen.keep or folder / "books", 0
    if "beside" in chosen.what:
        demo, fill = folder / "demo", rounds.fill
        missed += report.say(beside.beside(demo, folder, 400_000, seconds, rounds_of, fill))
    if "mixed" in chosen.what:
        runs, said = [], []
        sizes = QUICK if chosen.quick and not chosen.large else FULL
        for claim in mixed.claims(keep, folder, sizes, 6 * seconds, 3, runs, chosen.postgres, chosen.prove):
            said.append(claim)
            missed += report.say([claim])
        large = max((run.book for run in runs if not run.book.database), key=lambda one: one.members)
        said.append(mixed.line_bytes(large))
        missed += report.say(said[-1:])
        if chosen.write:
            charts.write(runs, said)
    if "storm" in chosen.what:
        filled = book.made(keep, 1_000_000 if chosen.large else 1_000 if chosen.quick else 10_000)
        missed += report.say(storm.claims(filled, folder, 4 * seconds, 3))
    return missed


def arguments():
    """What to measure, and how patiently."""
    reader = argparse.ArgumentParser(prog="make bench ARGS=...", description=__doc__)
    everything = (
        "pages", "files", "peers", "instructions", "ledger", "posting", "rounds", "night", "figures",
        "finding", "workers", "start",
    )  # fmt: skip
    reader.add_argument("what", nargs="*", default=everything, help="of: " + " ".join((*everything, *ASKED)))
    reader.add_argument(
        "--keep", type=Path, help="where filled books are kept for the next run (mixed, storm)"
    )
    reader.add_argument(
        "--postgres",
        default="",
        help="address of a PostgreSQL that keeps its books, no name behind it (mixed)",
    )
    reader.add_argument(
        "--large", action="store_true", help="1,000,000 members (storm; mixed even with --quick)"
    )
    reader.add_argument("--prove", action="store_true", help="verify the larger books as well (mixed)")
    reader.add_argument("--write", action="store_true", help="put the mixed load into docs/performance.md")
    reader.add_argument("--quick", action="store_true", help="a fifth of the time and of the ledger")
    return reader.parse_args()


if __name__ == "__main__":
    main()
