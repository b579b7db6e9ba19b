"""The whole site as a process of its own, on a copy of demo data that is made once per run."""

import os
import shutil
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.support import processes

STARTED = []  # every site of this run: (its log, its data), for the test that reads all logs at the end
CLOCK = "2026-11-20T10:00+09:00"  # a Friday before a holiday weekend; the demo is open


class LiveSite:
    """A running site: where it answers, where its data lies."""

    def __init__(self, url, data, child):
        self.url, self.data, self.child = url, data, child

    def at(self, path):
        """The full address of a path."""
        return self.url + path


@contextmanager
def running(data, clock=CLOCK, environment=None):
    """Starts `run.py` on a folder and stops it; making the demo in an empty folder may take 20 s."""
    port, log = processes.free_port(), Path(data).parent / f"{Path(data).name}.log"
    command = [sys.executable, "run.py", "--port", port, "--data", data]
    command += ["--clock", clock] if clock else []
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    told = {"MADOGUCHI_LOG": "json"} | (environment or {})
    child = processes.start(command, log, cwd=processes.ROOT, env=kept | told)
    STARTED.append((log, Path(data)))
    try:
        url = f"http://localhost:{port}"
        processes.wait_for(lambda: healthy(url), child, log, seconds=180)
        yield LiveSite(url, Path(data), child)
    finally:
        processes.stop(child)


def healthy(url):
    """Raises unless the site says that it is well."""
    with urllib.request.urlopen(url + "/healthz", timeout=5) as answer:
        assert answer.status == 200


class DemoData:
    """Demo data made once by the site itself, then copied, so that each journey may break its own."""

    def __init__(self, folder):
        self._made = Path(folder) / "made"
        with running(self._made):
            pass  # starting is what makes the data; stopping leaves it whole
        # Letters of the first start would be newer than those of copies, whose clocks begin anew.
        shutil.rmtree(self._made / "mail", ignore_errors=True)

    def copy_to(self, folder):
        """A fresh copy; returns its path."""
        return shutil.copytree(self._made, Path(folder) / "data")
