"""What tests of guessing share: a hasher that counts its comparisons in a file, and many guesses at once."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from madoguchi.services import login
from madoguchi.services.tries import Place
from madoguchi.store.db import Store
from tests import people


class CountingHasher:
    """Compares at once and without lanes; each comparison adds a byte to a file that all processes share."""

    def __init__(self, file):
        self.file = Path(file)
        self.file.touch()

    def hash(self, secret, *, keyed):
        """The secret itself, marked."""
        return f"plain:{secret}"

    def hash_aside(self, secret, *, keyed):
        """The same."""
        return f"plain:{secret}"

    def verify(self, stored, secret, *, keyed, known_device):
        """Count, then compare."""
        with open(self.file, "ab", buffering=0) as file:
            file.write(b"x")
        return stored == f"plain:{secret}"

    def outdated(self, stored, *, keyed=False):
        """Never."""
        return False

    @property
    def compared(self):
        """How many secrets were compared, by anybody."""
        return self.file.stat().st_size


class OpenGate:
    """No limit by address; counts what is taken."""

    def __init__(self, seconds=0):
        self.seconds, self.taken = seconds, 0

    def take(self):
        """Always free, or never for `seconds`."""
        self.taken += 1
        return self.seconds

    def give_back(self):
        """One slot back."""
        self.taken -= 1


def place(device="", session="", gate=None, remember=False, pending=""):
    """A try from a browser with these cookies."""
    return Place(device, session, "iPhoneのSafari", "192.0.2.0/24", gate or OpenGate(), remember, pending)


def counting(office, file):
    """The same office with a hasher that counts."""
    return replace(office, hasher=CountingHasher(file))


def storm(url, file, number, device, guesses, known_pin_wrong="0000"):
    """So many wrong PINs at once on one card, from threads of this process; returns the kinds of answers."""
    store = Store(url)
    office = counting(people.office(store), file)

    def guess(_):
        try:
            return type(login.by_card(office, number, known_pin_wrong, place(device))).__name__
        finally:
            store.close()

    with ThreadPoolExecutor(min(guesses, 25)) as pool:
        found = list(pool.map(guess, range(guesses)))
    store.close()
    return found


def main(arguments):
    """One of several processes: url, file, card number, device token, guesses."""
    url, file, number, device, guesses = arguments
    return storm(url, file, number, device, int(guesses))


if os.environ.get("GUESS"):  # started as a process of its own by tests/faults/test_guessing.py
    main(os.environ["GUESS"].split("|"))
