"""Argon2id in two lanes, so that a storm of guesses neither stops the pages nor keeps honest members out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from madoguchi.domain.faults import Unavailable

Result = TypeVar("Result")

MEMORY_KIB = 19 * 1024  # OWASP's set for argon2id with two passes; 46 MiB is slower here and no safer
PASSES = 2
MARK = 8  # characters before a keyed hash that tell by which pepper
PATIENCE_SECONDS = 1.0  # longer in the queue is answered 503 instead
STRANGER_NICENESS = 5  # measured: without it a storm takes the pages' share of the processor


class Lanes:
    """The Hasher of this process, safe to call from any thread; tests lower `memory_kib` and `passes`."""

    def __init__(
        self,
        pepper: bytes,
        memory_kib: int = MEMORY_KIB,
        passes: int = PASSES,
        old: Sequence[bytes] = (),
    ) -> None:
        """`old` are peppers that were replaced, the newest first."""
        self._peppers = {_mark(one): one for one in (pepper, *old)}
        self._mark = _mark(pepper)
        self._argon = PasswordHasher(
            time_cost=passes, memory_cost=memory_kib, parallelism=1, hash_len=32, salt_len=16
        )
        # Never right, and as dear to compare as a real one: an unknown account must take the same time.
        self._dummy = f"$argon2id$v=19$m={memory_kib},t={passes},p=1${_b64(bytes(16))}${_b64(bytes(32))}"
        self._known = Lane("known", niceness=0)
        self._strangers = Lane("strangers", niceness=STRANGER_NICENESS)

    def hash(self, secret: str, *, keyed: bool) -> str:
        """A new hash in PHC form; `keyed` secrets (PINs with their card number) are peppered first.

        Whoever sets a secret holds a link or a session, so it waits with the known browsers. Raises
        Unavailable when their lane is full.
        """
        return self._known.run(lambda: self.hash_aside(secret, keyed=keyed))

    def hash_aside(self, secret: str, *, keyed: bool) -> str:
        """The same outside of the lanes, for jobs: nobody sits and waits for it."""
        if not keyed:
            return self._argon.hash(_plain(secret))
        return self._mark + self._argon.hash(self._material(secret, self._mark))

    def verify(self, stored: str | None, secret: str, *, keyed: bool, known_device: bool) -> bool:
        """Whether `secret` made `stored`; None compares a dummy. Raises Unavailable when the lane is full."""
        lane = self._known if known_device else self._strangers
        if not keyed:
            return lane.run(lambda: self._matches(stored, _plain(secret)))
        mark, phc = _parted(stored) if stored else ("", None)
        mark = mark or list(self._peppers)[-1]  # one from before marks was keyed by the oldest pepper
        known = phc if mark in self._peppers else None
        return lane.run(lambda: self._matches(known, self._material(secret, mark)))

    def outdated(self, stored: str, *, keyed: bool = False) -> bool:
        """Whether `stored` was made with other parameters or another pepper: it is worth making anew."""
        mark, phc = _parted(stored)
        return self._argon.check_needs_rehash(phc) or (keyed and mark != self._mark)

    @property
    def marks(self) -> tuple[str, ...]:
        """What keyed hashes begin with, by pepper, the present one first."""
        return tuple(self._peppers)

    def watch(self, told: Callable[[str, int], None]) -> None:
        """Tell somebody, at each change, how many hashes run or wait in a lane."""
        self._known.told = self._strangers.told = told

    def _matches(self, stored: str | None, material: bytes) -> bool:
        try:
            return self._argon.verify(stored or self._dummy, material) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    def _material(self, secret: str, mark: str) -> bytes:
        pepper = self._peppers.get(mark) or self._peppers[self._mark]
        return hmac.new(pepper, _plain(secret), hashlib.sha256).digest()


class Lane:
    """One hash running and one waiting at most PATIENCE_SECONDS; whoever comes third is told to come back."""

    def __init__(self, name: str, niceness: int) -> None:
        self._name, self._taken = name, 0
        self.told: Callable[[str, int], None] | None = None
        self._counting = threading.Lock()
        self._places = threading.BoundedSemaphore(2)
        self._pool = ThreadPoolExecutor(1, f"hash-{name}", initializer=_be_nice, initargs=(niceness,))

    def run(self, job: Callable[[], Result]) -> Result:
        """The job's result; raises Unavailable when two others are before it."""
        if not self._places.acquire(blocking=False):
            raise Unavailable("hashing", wait=2)
        self._count(1)
        future = self._pool.submit(job)
        future.add_done_callback(self._left)
        try:
            return future.result(PATIENCE_SECONDS)
        except TimeoutError:
            if future.cancel():
                raise Unavailable("hashing", wait=2) from None
            return future.result()  # it began while we lost patience: it will be done at once

    def _count(self, by: int) -> None:
        if self.told is None:
            return
        with self._counting:
            self._taken += by
            self.told(self._name, self._taken)

    def _left(self, _done: object) -> None:
        self._places.release()
        self._count(-1)


def _be_nice(niceness: int) -> None:
    """Lower this one thread's priority where the system can (Linux counts niceness by thread)."""
    if niceness and hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)


def _mark(pepper: bytes) -> str:
    """A name for a pepper that says nothing about it: 32 bits of a keyed hash."""
    return hmac.new(pepper, b"mark of the pepper", hashlib.sha256).hexdigest()[:MARK]


def _parted(stored: str) -> tuple[str, str]:
    """The mark and the PHC string; no mark for unkeyed hashes and for those from before marks."""
    return ("", stored) if stored.startswith("$") else (stored[:MARK], stored[MARK:])


def _plain(secret: str) -> bytes:
    return secret.encode("utf-8", "surrogatepass")


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")
