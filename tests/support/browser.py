"""A real Chromium: pages with script on and off, in any light and width, with nobody outside to talk to."""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tools import programs

SWITCHES = [
    "--no-sandbox",  # tests run as root in CI; every page is our own
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
# Playwright switches this cache off; members have it, and no page may come from it after sign-out.
NOT_OFF = ["--disable-back-forward-cache"]
PHONE, DESKTOP, NARROWEST = (390, 844), (1280, 800), (320, 640)
FOCUSED = """() => {
  const e = document.activeElement;
  return `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''} ${e.name || e.textContent.trim().slice(0, 40)}`;
}"""
HARMLESS = (
    "Failed to load resource",
)  # Chromium's word for every 4xx, which our journeys ask for on purpose


@contextmanager
def chromium():
    """The system's Chromium, headless."""
    path = programs.chromium()
    if path is None:
        raise RuntimeError("Chromium is missing; `make setup-tests` installs it")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=SWITCHES, ignore_default_args=NOT_OFF)
        try:
            yield browser
        finally:
            browser.close()


class Tabs:
    """Opens tabs for one test, each in a profile of its own, and tells what went wrong inside them."""

    def __init__(self, browser, url):
        self._browser, self._url = browser, url
        self._contexts, self.complaints = [], []

    def open(self, script=True, size=DESKTOP, **how):
        """A tab whose addresses are paths of the site; `how` is Playwright's, such as color_scheme="dark"."""
        context = self._browser.new_context(
            base_url=self._url,
            java_script_enabled=script,
            viewport={"width": size[0], "height": size[1]},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            **how,
        )
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda fault: self.complaints.append(f"script failed: {fault}"))
        tab.on("console", self._listen)
        return tab

    def _listen(self, message):
        if message.type == "error" and not message.text.startswith(HARMLESS):
            self.complaints.append(f"console: {message.text}")

    def close(self):
        """Closes every tab; raises with what scripts or the content policy complained about."""
        for context in self._contexts:
            context.close()
        assert not self.complaints, "\n".join(self.complaints)


@contextmanager
def script_switched_off(tab):
    """Loads inside are as without script, yet axe can be run afterwards.

    In a context made without script `axe.run` would hang, so it is switched over the DevTools protocol.
    """
    tools = tab.context.new_cdp_session(tab)
    tools.send("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        yield tab
    finally:
        tools.send("Emulation.setScriptExecutionDisabled", {"value": False})
        tools.detach()


def overflow(tab):
    """By how many CSS pixels the page is wider than its window; 0 is right."""
    return tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def focused(tab):
    """What has the focus, as `tag#id name`."""
    return tab.evaluate(FOCUSED)
