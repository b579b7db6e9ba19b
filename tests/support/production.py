"""The demo's people under the production server, with the flags of its unit."""

import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.support import processes, site

UNIT = (processes.ROOT / "deploy" / "madoguchi-web.service").read_text(encoding="utf-8")
FLAGS = re.search(r"granian (.+) run:app", UNIT)[1].split()


@contextmanager
def served(folder, **environment):
    """Makes the people and serves them; gives the address and the process that has the workers."""
    with site.running(folder / "site"):
        pass  # makes the demo's people
    port, log = processes.free_port(), folder / "granian.log"
    flags = [
        str(port) if before == "--port" else flag for before, flag in zip(["", *FLAGS], FLAGS, strict=False)
    ]
    command = [Path(sys.executable).with_name("granian"), *flags, "run:app"]
    told = os.environ | {"MADOGUCHI_DATA": str(folder / "site")} | environment
    child = processes.start(command, log, cwd=processes.ROOT, env=told)
    try:
        processes.wait_for(lambda: site.healthy(f"http://localhost:{port}"), child, log, seconds=120)
        yield f"http://localhost:{port}", child
    finally:
        processes.stop(child)
