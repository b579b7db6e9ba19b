"""What all sites of this run logged: a line for each request, and nobody's name, number, secret or code."""

from tests.journeys import walk
from tests.support import log_lines
from tests.support.site import STARTED

FIELDS = {"at", "level", "log", "id", "method", "route", "status", "ms"}
WORDS = {"at", "level", "log", "said", "id", "fault", "where"}


def test_a_request_is_one_line_with_its_pattern_alone(own_site, tabs):
    tab = tabs.open(script=True)
    walk.sign_in(tab, "hanako")
    tab.goto("/history?kind=repayment")
    tab.goto("/history/1")
    routes = {line["route"] for line in log_lines.lines(STARTED[-1][0]) if "route" in line}
    assert {"/login/card", "/home", "/history"} <= routes
    assert not any("?" in route or route == "/history/1" for route in routes)


def test_no_log_of_any_journey_tells_who_it_was_or_what_lets_in(site):
    secrets, read = set(log_lines.secrets_of_the_cast()) - {""}, 0
    for log, data in STARTED:
        if not log.exists():  # the folder of a test that passed long ago
            continue
        found = log_lines.lines(log)
        assert all(set(line) <= (FIELDS if "route" in line else WORDS) for line in found)
        words = "\n".join(str(value) for line in found for value in spoken(line))
        known = secrets | set(log_lines.secrets_in_mail(data))
        assert not {secret for secret in known if log_lines.told(words, secret)}, log
        read += len(found)
    assert read > 0


def spoken(line):
    """What a line says beside the moment and the time it took, whose digits mean nothing."""
    return [value for name, value in line.items() if name not in ("at", "ms", "id", "status")]
