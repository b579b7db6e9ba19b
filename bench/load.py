"""A lean HTTP client that keeps a number of connections busy and counts whole answers."""

import selectors
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Result:
    """What one burst saw: answers a second, and how long single answers took, in seconds."""

    rate: float
    median: float
    p99: float


class Target:
    """One page of one server, asked for with fixed headers."""

    def __init__(self, url, **headers):
        parts = urlsplit(url)
        self.address = (parts.hostname, parts.port)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}", *(f"{k}: {v}" for k, v in headers.items())]
        self.request = ("\r\n".join(lines) + "\r\n\r\n").encode()

    def burst(self, connections=1, seconds=1.0):
        """Keeps `connections` busy for some seconds; every answer must be a 200."""
        loop, begun, took = selectors.DefaultSelector(), {}, []
        for _ in range(connections):
            link = socket.create_connection(self.address)
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            loop.register(link, selectors.EVENT_READ, Answer())
            begun[link] = time.perf_counter()
            link.sendall(self.request)
        started = time.perf_counter()
        while (now := time.perf_counter()) - started < seconds:
            for key, _ in loop.select(timeout=5):
                if key.data.take(key.fileobj.recv(65536)):
                    now = time.perf_counter()
                    took.append(now - begun[key.fileobj])
                    begun[key.fileobj] = now
                    key.fileobj.sendall(self.request)
        elapsed = time.perf_counter() - started
        for link in begun:
            link.close()
        took.sort()
        return Result(len(took) / elapsed, took[len(took) // 2], took[len(took) * 99 // 100])

    def once(self):
        """One answer: its head and its body as bytes."""
        answer = Answer()
        with socket.create_connection(self.address) as link:
            link.sendall(self.request)
            while not answer.take(link.recv(65536)):
                pass
        head, _, body = answer.last.partition(b"\r\n\r\n")
        return head, body


class Answer:
    """Collects bytes until a whole answer with a Content-Length has come."""

    def __init__(self):
        self.received, self.wanted, self.last = b"", 0, b""

    def take(self, data):
        """Adds bytes; True when the answer is whole."""
        if not data:
            raise ConnectionError("the server hung up in the middle of an answer")
        self.received += data
        if not self.wanted:
            head, gap, _ = self.received.partition(b"\r\n\r\n")
            if not gap:
                return False
            self.wanted = len(head) + 4 + self.length(head)
        if len(self.received) < self.wanted:
            return False
        self.last, self.received, self.wanted = self.received, b"", 0
        return True

    def length(self, head):
        """The bytes of the body that a head announces; every answer here is a 200."""
        if b" 200 " not in head[:16]:
            raise ConnectionError(f"not a 200: {head[:200]!r}")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        return int(length.split(b":")[1])


def interleaved(targets, connections, seconds, rounds):
    """Bursts A B A B …; for each target a list of Results, one a round, so that noise hits all alike."""
    for target in targets:
        target.burst(connections, seconds / 2)  # warm
    results = [[] for _ in targets]
    for _ in range(rounds):
        for target, kept in zip(targets, results, strict=True):
            kept.append(target.burst(connections, seconds))
    return results


def ratio(first, second, figure):
    """The median over rounds of first ÷ second, each pair from the same round."""
    pairs = sorted(getattr(a, figure) / getattr(b, figure) for a, b in zip(first, second, strict=True))
    return pairs[len(pairs) // 2]
