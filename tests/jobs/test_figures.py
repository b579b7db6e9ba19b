"""The default production server with its figures: two processes counted as one, on a private port."""

import os
import re
import sys
import urllib.request

import pytest

from tests.jobs.test_production import GOOD
from tests.support import processes


@pytest.fixture
def served(tmp_path):
    """A production site by granian with two workers; gives its address, its figures' and its log."""
    port, figures, log = processes.free_port(), processes.free_port(), tmp_path / "log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    told = GOOD | {
        "MADOGUCHI_PUBLIC_ADDRESS": "http://localhost",
        "MADOGUCHI_DATA": str(tmp_path / "data"),
        "MADOGUCHI_METRICS": f"127.0.0.1:{figures}",
        "MADOGUCHI_TRUSTED_PROXIES": "1",
    }
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port,
        "--workers", "2", "--blocking-threads", "2", "--no-ws", "--log-level", "warning", "run:app",
    ]  # fmt: skip
    child = processes.start(command, log, cwd=processes.ROOT, env=kept | told)
    try:
        processes.wait_for(lambda: asked(f"http://localhost:{port}/readyz"), child, log, seconds=60)
        processes.wait_for(lambda: asked(f"http://127.0.0.1:{figures}/metrics"), child, log)
        yield f"http://localhost:{port}", f"http://127.0.0.1:{figures}/metrics", log
    finally:
        processes.stop(child)


def asked(url, **headers):
    """The body of an answer."""
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read().decode()


def test_figures_are_those_of_all_processes_and_each_request_has_one_line(served):
    site, figures, log = served
    for number in range(20):
        asked(f"{site}/healthz", **{"X-Request-ID": f"request-{number}", "Connection": "close"})
    told = asked(figures)
    line = re.search(r'madoguchi_requests_total\{method="GET",route="/healthz",status="200"\} (\S+)', told)
    assert float(line[1]) == 20
    assert 'madoguchi_request_seconds_bucket{le="0.005",route="/healthz"}' in told
    for name in ("letters_waiting 0.0", "letters_late 0.0", "payouts_waiting 0.0", "payouts_late 0.0"):
        assert f"madoguchi_{name}" in told
    words = log.read_text()
    for number in range(20):
        assert words.count(f'"id":"request-{number}","method":"GET","route":"/healthz","status":200') == 1


def test_a_command_beside_the_site_does_not_want_its_port(served, tmp_path):
    _site, figures, _log = served
    import subprocess

    told = GOOD | {"MADOGUCHI_DATA": str(tmp_path / "data"), "MADOGUCHI_METRICS": figures[7:-8]}
    command = [sys.executable, "-m", "flask", "--app", "run", "verify"]
    env = dict(os.environ) | told
    ended = subprocess.run(command, cwd=processes.ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (0, "Every figure agrees with the ledger.\n")
