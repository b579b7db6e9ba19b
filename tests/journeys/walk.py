"""How people of the demo sign in with a real browser, and what is asked of every page they stand on."""

from tests.support import accessibility, browser

CARDS = {
    "hanako": ("9990110000000014", "2583"),
    "ichiro": ("9990110000000022", "7416"),
    "misaki": ("999011000000004", "3907"),
    "ken": ("9990110003", "6152"),
    "yui": ("9990110000000071", "9318"),
    "daisuke": ("9990110000000089", "4670"),
}
WEB_IDS = {"hanako": ("hanako2026", "Sakura7788")}

# How a page is looked at: Playwright's words for a tab.
LOOKS = {
    "desktop": {"size": browser.DESKTOP},
    "320 px": {"size": browser.NARROWEST},
    "dark": {"size": browser.PHONE, "color_scheme": "dark"},
    "forced colours": {"size": browser.PHONE, "forced_colors": "active"},
}
# WCAG 1.4.12: what a reader may ask of spacing without losing anything.
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
)
TWICE = "html { font-size: 200% !important }"  # WCAG 1.4.4
LOW_BUTTONS = """() => [...document.querySelectorAll('main :is(button, a.button, input, select)')]
  .filter(e => e.getClientRects().length && !['hidden', 'radio', 'checkbox'].includes(e.type))
  .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 120))"""


def sign_in(tab, who, secret=None):
    """Signs in by card; stands on /home afterwards, or on the refusal when the PIN is wrong."""
    number, pin = CARDS[who]
    tab.goto("/login")
    tab.get_by_label("カード番号", exact=True).fill(number)
    tab.get_by_label("暗証番号", exact=True).fill(secret or pin)
    tab.get_by_role("button", name="カード番号でログイン").click()
    if secret is None:
        tab.wait_for_url("**/home")


def sign_in_at_desk(tab, name="desk1"):
    """Signs in at the desk with what the demo tells; stands on the desk's home afterwards."""
    tab.goto("/demo")
    told = tab.locator(f"section[aria-labelledby={name}] dl").inner_text().split("\n")
    told = [line.strip() for line in told if line.strip()]
    password, code = (told[told.index(words) + 1] for words in ("パスワード", "いまの6桁"))
    tab.goto("/desk/login")
    tab.get_by_label("名前", exact=True).fill(name)
    tab.get_by_label("パスワード", exact=True).fill(password)
    tab.get_by_label("認証アプリの番号", exact=True).fill(code)
    tab.get_by_role("button", name="ログインする").click()
    tab.wait_for_url("**/desk/home")


_AT_DESK = {}


def enter_desk(tab, name="desk1"):
    """Is at the desk, signed in once for each site: an app's code is good for one sign-in."""
    tab.goto("/desk/login")
    key = (tab.url, name)
    if key in _AT_DESK:
        tab.context.add_cookies(_AT_DESK[key])
        return
    sign_in_at_desk(tab, name)
    _AT_DESK[key] = tab.context.cookies()


def sign_in_by_web_id(tab, who):
    """Signs in by Web-ID and password; stands on /home afterwards."""
    name, password = WEB_IDS[who]
    tab.goto("/login")
    tab.get_by_label("Web-ID", exact=True).fill(name)
    tab.get_by_label("パスワード", exact=True).fill(password)
    tab.get_by_role("button", name="Web-IDでログイン").click()
    tab.wait_for_url("**/home")


def faults_of(tab):
    """What axe and the ruler have against the page as it stands, each as a sentence with its address."""
    found = accessibility.axe(tab)
    if (wide := browser.overflow(tab)) > 0:
        found.append(f"wider than its window by {wide} px")
    found += [f"lower than 44 px: {button}" for button in tab.evaluate(LOW_BUTTONS)]
    return [f"{tab.url.split('/', 3)[3]}: {fault}" for fault in found]


def tab_to(tab, name, most=60):
    """Presses Tab until what has this name or these words has the focus; each stop is seen on the way."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        if hidden := tab.evaluate(UNSEEN):
            raise AssertionError(f"the focus went to something nobody sees: {hidden}")
        if browser.focused(tab).endswith(name):
            return
    raise AssertionError(f"{most} presses of Tab never reached {name}")


UNSEEN = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  if (e === document.body) return '';
  const middle = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 20)];
  const top = document.elementFromPoint(...middle);
  const outlined = getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none';
  const seen = box.width > 0 && top && (e.contains(top) || top.contains(e)) && outlined;
  return seen ? '' : e.outerHTML.slice(0, 160);
}"""
