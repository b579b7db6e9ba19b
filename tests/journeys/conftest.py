"""Fixtures of the journeys: one browser, demo data made once, and sites that each test may have to itself."""

import pytest

from tests.support import browser as browsers
from tests.support import site as sites

LAST = "test_logs.py"  # reads what the sites of all other journeys logged


def pytest_collection_modifyitems(items):
    """Every test here drives a browser; the one about all logs comes when they are written."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("browser")
    items.sort(key=lambda item: item.path.name == LAST)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the run."""
    with browsers.chromium() as found:
        yield found


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory):
    """The demo's people and fourteen months, made once."""
    return sites.DemoData(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def site(demo_data, tmp_path_factory):
    """A site that all tests share: they look, and change nothing that another would see."""
    with sites.running(demo_data.copy_to(tmp_path_factory.mktemp("shared"))) as live:
        yield live


@pytest.fixture
def own_site(demo_data, tmp_path):
    """A site for this test alone, which may lock cards in it and move its clock."""
    with sites.running(demo_data.copy_to(tmp_path)) as live:
        yield live


@pytest.fixture
def tabs(browser, request):
    """Opens tabs on `own_site` when the test asks for it, else on the shared site."""
    live = request.getfixturevalue("own_site" if "own_site" in request.fixturenames else "site")
    opened = browsers.Tabs(browser, live.url)
    yield opened
    opened.close()


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def tab(request, tabs):
    """One tab at desktop width; the test runs with script and without."""
    return tabs.open(script=request.param)
