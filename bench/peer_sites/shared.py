"""What both peers show and know: the objects of the page, and how they are written."""

import os
import pickle
from pathlib import Path

WEEKDAYS = "月火水木金土日"
NAME, PASSWORD = "hanako", "Madoguchi-peer-1"  # the one member of a peer


def folder():
    """Where a peer keeps its database and finds the page's objects."""
    return Path(os.environ["BENCH_PEER"])


def facts():
    """The page's objects, rows, addresses by endpoint and length, as bench/peers.py saved them."""
    return pickle.loads((folder() / "facts.pickle").read_bytes())


def yen(amount):
    """An amount with its unit."""
    return f"{amount:,}円"


def signed(amount):
    """An amount with its sign and unit."""
    return f"{'−' if amount < 0 else '+'}{abs(amount):,}円"


def day(date):
    """A day in words."""
    return f"{date.year}年{date.month}月{date.day}日"


def clock(moment):
    """A time of day."""
    return f"{moment.hour}:{moment.minute:02}"


FILTERS = {"yen": yen, "signed": signed, "date": day, "clock": clock}


def counted(entries):
    """What the page counts from its rows: the sums above them, and each day's last balance, oldest first."""
    amounts = [entry.amount for entry in entries]
    sums = {
        "drawn": sum(amount for amount in amounts if amount > 0),
        "paid": sum(amount for amount in amounts if amount < 0),
        "interest": sum(entry.interest for entry in entries),
        "damages": sum(entry.damages for entry in entries),
    }
    points = {entry.day: entry.balance for entry in reversed(entries)}
    return {"sums": sums, "points": [{"day": day, "balance": balance} for day, balance in points.items()]}


class Padding:
    """Brings a page to the length of the site's own, by its first rendering."""

    def __init__(self, size):
        self.size, self.filler = size, None

    def fill(self, render):
        """What `render` makes with the filler that is missing."""
        if self.filler is None:
            short = self.size - len(render("").encode())
            assert abs(short) < 0.15 * self.size, f"{short} bytes short; write the peer's templates anew"
            self.filler = "." * max(0, short)
        return render(self.filler)
