"""Child processes that never outlive the test run, and the ports they listen on."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PR_SET_PDEATHSIG = 1


def free_port():
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command, log, **how):
    """Starts a child that dies with us, even when we are killed; its words go to the file `log`."""
    with Path(log).open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
            **how,
        )


def die_with_parent():
    """Asks the kernel to end this child when the thread that started it ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def knock(port):
    """Connects once and hangs up; raises OSError while nobody listens."""
    socket.create_connection(("127.0.0.1", port), timeout=1).close()


def wait_for(answers, child, log, seconds=30):
    """Returns once `answers()` raises nothing; else raises with the child's own words."""
    until, fault = time.monotonic() + seconds, None
    while child.poll() is None and time.monotonic() < until:
        try:
            return answers()
        except Exception as refused:  # noqa: BLE001  (each kind of client has its own)
            fault = refused
            time.sleep(0.02)  # not a guess at a duration: the loop ends at the first answer
    words = Path(log).read_text(errors="replace")[-2000:]
    raise RuntimeError(f"{child.args[0]} does not answer (exit {child.poll()}, {fault!r}):\n{words}")


def stop(child, by=signal.SIGTERM, seconds=10):
    """Ends a child politely, then firmly."""
    if child.poll() is None:
        child.send_signal(by)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def unprivileged():
    """Who a server may run as: itself, or a harmless user when we are root (PostgreSQL refuses root)."""
    if os.geteuid() != 0:
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise RuntimeError(
        "running as root, and there is neither a user postgres nor nobody to run PostgreSQL as"
    )
