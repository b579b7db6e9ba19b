"""Many visitors at once in a process of their own: closed loops over kept connections, each answer timed."""

import heapq
import json
import random
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench import load, visits
from bench.book import Book
from tests.support import processes

KINDS = {"members": visits.member, "guesses": visits.guesses}


@dataclass(frozen=True)
class Seen:
    """What a crowd saw: for each step its times in seconds in order, how many were refused, and how long."""

    steps: dict
    refused: int
    seconds: float

    @property
    def rate(self):
        """Whole answers a second."""
        return sum(map(len, self.steps.values())) / self.seconds

    def at(self, step, share):
        """The time within which so large a share of the answers to a step came; None for a step not taken."""
        took = self.steps.get(step)
        return took[min(len(took) - 1, int(len(took) * share))] if took else None


class Answer(load.Answer):
    """One HTTP answer as it comes in, of any status, with what a browser keeps of it."""

    def __init__(self):
        super().__init__()
        self.status, self.location, self.cookies, self.text = 0, "", [], ""

    def take(self, data):
        """Adds bytes; True when the answer is whole."""
        whole = super().take(data)
        if whole:
            self.text = self.last.partition(b"\r\n\r\n")[2].decode()
        return whole

    def length(self, head):
        """The bytes of the body, 0 where none is announced."""
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status, length = int(first.split()[1]), 0
        for line in lines:
            name, _, value = line.partition(":")
            match name.lower():
                case "content-length":
                    length = int(value)
                case "location":
                    self.location = value.strip()
                case "set-cookie":
                    self.cookies.append(value.strip().partition(";")[0].partition("=")[::2])
        return length


class Visitor:
    """One connection and the story that it follows."""

    def __init__(self, address, story):
        self.link = socket.create_connection(address)
        self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host, self.story = f"localhost:{address[1]}", story
        self.step = next(story)
        self.answer, self.begun = Answer(), 0.0

    def send(self):
        """Asks for what the story wants next."""
        _, browser, path, fields = self.step
        parts = urlsplit(path)
        where = parts.path + (f"?{parts.query}" if parts.query else "")
        body = urlencode(fields).encode() if fields is not None else b""
        head = [f"{'GET' if fields is None else 'POST'} {where} HTTP/1.1", f"Host: {self.host}",
                f"X-Forwarded-For: {browser.address}"]  # fmt: skip
        if browser.cookies:
            head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in browser.cookies.items()))
        if fields is not None:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        self.answer, self.begun = Answer(), time.perf_counter()
        self.link.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)

    def goes_on(self, answer):
        """Takes the answer's cookies and the story's next step."""
        for name, value in answer.cookies:
            if value:
                self.step[1].cookies[name] = value
            else:
                self.step[1].cookies.pop(name, None)
        self.step = self.story.send(answer)


def run(url, stories, seconds, warm=0.0):
    """Follows the stories for some seconds after a warm-up, one connection each."""
    parts, loop, waiting = urlsplit(url), selectors.DefaultSelector(), []
    crowd = [Visitor((parts.hostname, parts.port), story) for story in stories]
    for n, visitor in enumerate(crowd):
        loop.register(visitor.link, selectors.EVENT_READ, (n, visitor))
        visitor.send()
    steps, refused = {}, 0
    started = time.perf_counter() + warm
    while (now := time.perf_counter()) < started + seconds:
        while waiting and waiting[0][0] <= now:
            crowd[heapq.heappop(waiting)[1]].send()
        for key, _ in loop.select(timeout=0.05):
            n, visitor = key.data
            if not visitor.answer.take(key.fileobj.recv(65536)):
                continue
            took, (name, *_), answer = time.perf_counter() - visitor.begun, visitor.step, visitor.answer
            if now >= started and answer.status != visits.REFUSED:
                steps.setdefault(name, []).append(took)
            refused += now >= started and answer.status == visits.REFUSED
            visitor.goes_on(answer)
            if visitor.step[0] == "pause":
                heapq.heappush(waiting, (time.perf_counter() + visitor.step[2], n))
                visitor.step = visitor.story.send(None)
            else:
                visitor.send()
    for visitor in crowd:
        visitor.link.close()
    return {"steps": {name: sorted(took) for name, took in steps.items()}, "refused": refused,
            "seconds": time.perf_counter() - started}  # fmt: skip


def start(book, url, kind, connections, seconds, log, warm=0.0, seed=1):
    """A crowd in a process of its own; `finished` waits for what it saw."""
    told = json.dumps([str(book.folder), book.members, url, kind, connections, seconds, warm, seed])
    return subprocess.Popen([sys.executable, "-m", "bench.crowd", told], stdout=subprocess.PIPE,
                            stderr=Path(log).open("ab"), cwd=processes.ROOT,
                            preexec_fn=processes.die_with_parent)  # fmt: skip


def finished(child, log):
    """What a crowd saw; raises with its own words when it stumbled."""
    told, _ = child.communicate()
    if child.returncode:
        raise RuntimeError(Path(log).read_text()[-2000:])
    return Seen(**json.loads(told))


def seen(*what, **how):
    """A crowd from start to end."""
    return finished(start(*what, **how), what[5])


def main(told):
    """What `start` asks of a process."""
    folder, members, url, kind, connections, seconds, warm, seed = json.loads(told)
    book = Book(Path(folder), "", members, 0, 0, 0.0)
    if kind.startswith("known "):
        return print(json.dumps(run(url, [visits.known(kind.removeprefix("known "))], seconds, warm)))
    stories = [KINDS[kind](book, random.Random(f"{seed} {n} {time.time()}"), n) for n in range(connections)]
    return print(json.dumps(run(url, stories, seconds, warm)))


if __name__ == "__main__":
    sys.path.insert(0, str(processes.ROOT / "site"))
    main(sys.argv[1])
