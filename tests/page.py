"""A visitor who walks the site without a browser: every page and part it is given is checked on the way."""

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree

from tests.support import markup

NEVER_THE_SAME = ("csrf_token", "idempotency_key")  # hidden fields that differ between two renderings
POLICY = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")


class Page:
    """One answer: its status, its words, its figures, its errors."""

    def __init__(self, response, path, part=False):
        self.response, self.path, self.part = response, path, part
        self.status, self.headers = response.status_code, response.headers
        self.html = response.mimetype == "text/html" and bool(response.data)
        self.body = response.get_data(as_text=response.mimetype.startswith("text/"))
        self.tree, self.forgiven = None, []
        if self.html:
            self.tree, self.forgiven = markup.parse(markup.wrap(self.body) if part else self.body)

    def find(self, xpath):
        """Elements or strings by XPath."""
        return self.tree.xpath(xpath)

    @property
    def text(self):
        """All words of the page's body, white space as single blanks."""
        return markup.words(self.find("//body")[0])

    @property
    def title(self):
        """The words of the tab."""
        return markup.words(self.find("//title")[-1])

    @property
    def heading(self):
        """The words of the h1."""
        return markup.words(self.find("//h1")[0])

    @property
    def errors(self):
        """What the error summary says: the words of each role=alert inside main, links apart."""
        boxes = self.find("//*[@role='alert']")
        return [markup.words(line) for box in boxes for line in box.xpath(".//li | .//h2 | .//p")]

    def error_of(self, field):
        """The message beside one field, found as a screen reader finds it; empty when there is none."""
        (control,) = self.find(f"//*[@name='{field}'][not(@type='hidden')]")
        told = control.get("aria-describedby", "").split()
        notes = (self.find(f"//*[@id='{name}'][contains(@class, 'error')]") for name in told)
        return " ".join(markup.words(note) for found in notes for note in found)

    def data(self, name):
        """The number in <data data-name="…">, as an int."""
        values = self.find(f"//data[@data-name='{name}']/@value")
        assert values, f"{self.path} shows no figure {name}; it shows {self.find('//@data-name')}"
        return int(values[0])

    def form(self, which):
        """The one form whose action path or id is `which`."""
        forms = self.find("//form")
        found = [form for form in forms if which in (form.get("id"), path_of(form, self.path))]
        offered = [path_of(form, self.path) for form in forms]
        assert len(found) == 1, f"{self.path} has {len(found)} forms {which}; its forms go to {offered}"
        return found[0]

    def faults(self, ids_around=()):
        """Sentences against this answer; an empty list is praise."""
        found = [*self.forgiven, *faults_of_headers(self)]
        if not self.html:
            return found
        if self.part:
            return [*found, *markup.faults_of_piece(self.tree, ids_around)]
        return [*found, *markup.faults_of_page(self.tree, self.path)]


class Visitor:
    """A person at the site; what the page before them knows (`visitor.page`), they can be asked as well."""

    def __init__(self, app, **client):
        self.client = app.test_client(**client)
        self.page = None

    def __getattr__(self, name):
        """Whatever a page knows, the visitor sees."""
        if name.startswith("__") or self.__dict__.get("page") is None:
            raise AttributeError(name)
        return getattr(self.page, name)

    def get(self, url, follow=True, **query):
        """Opens an address of the site, redirects included, and checks the page and its htmx part."""
        response = self.client.get(url, query_string=query or None)
        return self._arrive(response, url, follow)

    def part(self, url, **headers):
        """Asks for an address as htmx does; the page before the visitor stays."""
        response = self.client.get(url, headers={"HX-Request": "true", **headers})
        return self._checked(Page(response, urlsplit(url).path, part=True))

    def follow(self, link):
        """Follows the one link with these words."""
        found = {a.get("href") for a in self.find("//a[@href]") if markup.words(a) == link}
        assert len(found) == 1, f"{self.path} has {len(found)} links 「{link}」"
        return self.get(urljoin(self.page.path, found.pop()))

    def submit(self, which, follow=True, htmx=False, forged=None, **fields):
        """Fills and sends a form of this page; `forged` adds fields that no person could type."""
        form = self.page.form(which)
        filled = fill(form, fields) | (forged or {})
        target = urljoin(self.page.path, form.get("action") or "")
        headers = {"HX-Request": "true"} if htmx else {}
        if form.get("method", "get").lower() == "get":
            return self.get(target, follow, **{name: value for name, value in filled.items() if value != ""})
        response = self.client.post(target, data=filled, headers=headers)
        return self._arrive(response, target, follow, part=htmx)

    def post(self, url, **fields):
        """Sends fields as a hostile client would, with the token of the page but without its form."""
        token = next(iter(self.page.find("//input[@name='csrf_token']/@value")), "") if self.page else ""
        return self._arrive(self.client.post(url, data={"csrf_token": token, **fields}), url, follow=False)

    def _arrive(self, response, url, follow, part=False):
        url = path_only(url)
        for _ in range(5):
            target = response.headers.get("Location") or response.headers.get("HX-Redirect")
            if not (follow and target):
                break
            assert re.match(r"/(?![/\\])", target), f"{url} sends people to {target!r}"
            url, part = path_only(target), False
            response = self.client.get(target)
        arrived = self._checked(Page(response, url, part))
        if arrived.html and not part and arrived.status == 200 and response.request.method == "GET":
            self._compare_part(arrived, response.request)
        self.page = arrived
        return arrived

    def _checked(self, page):
        around = self.page.find("//@id") if page.part and self.page and self.page.html else ()
        faults = page.faults(around)
        assert not faults, f"{page.path} ({page.status}):\n  " + "\n  ".join(faults)
        return page

    def _compare_part(self, whole, request):
        """Asks again as htmx: what it gets is a piece of what everybody gets."""
        part = self.client.get(request.full_path.rstrip("?"), headers={"HX-Request": "true"})
        if part.status_code != 200 or part.mimetype != "text/html":
            raise AssertionError(
                f"{whole.path} answers {part.status_code} {part.mimetype} to htmx, 200 to people"
            )
        wanted = pieces(Page(part, whole.path, part=True))
        known = {same(e) for tag in {tag for tag, _ in wanted} for e in whole.tree.iter(tag)}
        strange = [text for _, text in wanted if text not in known]
        assert not strange, f"the part of {whole.path} is no piece of the whole:\n  " + "\n  ".join(
            text[:600] for text in strange
        )
        for answer in (whole.response, part):
            assert "HX-Request" in answer.headers.get("Vary", ""), (
                f"{whole.path} answers without Vary: HX-Request"
            )


def faults_of_headers(page):
    """What protects the page from other sites, caches and old browsers."""
    headers = page.headers
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "X-Content-Type-Options: nosniff is missing"
    if headers.get("Referrer-Policy") != "same-origin":
        yield "Referrer-Policy is same-origin (no-referrer breaks every form over https)"
    policy = headers.get("Content-Security-Policy", "")
    if page.html and (not all(rule in policy for rule in POLICY) or "unsafe-" in policy):
        yield f"Content-Security-Policy forbids all but our own files: {policy!r}"
    private = page.html and page.find("//form[@action='/logout'] | //input[@name='csrf_token']")
    if (private or page.path.endswith((".csv", ".json"))) and "no-store" not in headers.get(
        "Cache-Control", ""
    ):
        yield "a page with a token or of a member is never stored: Cache-Control: no-store"


def fill(form, fields):
    """The form as a browser sends it: what stands in it, then what was typed; True ticks, None leaves out."""
    controls = form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name] | .//button[@name]")
    named = {control.get("name"): control for control in controls}
    unknown = set(fields) - set(named)
    assert not unknown, f"the form to {form.get('action')} has no field {unknown}; it has {set(named)}"
    sent = {control.get("name"): value for control in controls if (value := standing(control)) is not None}
    for name, value in fields.items():
        sent[name] = named[name].get("value", "on") if value is True else value
    return {name: value for name, value in sent.items() if value not in (None, False)}


def standing(control):
    """The value a browser would send for an untouched control, or None."""
    if control.tag == "textarea":
        return "".join(control.itertext())
    if control.tag == "select":
        chosen = control.xpath(".//option[@selected]") or control.xpath("(.//option)[1]")
        return chosen[0].get("value", markup.words(chosen[0])) if chosen else None
    if control.tag == "button":
        return control.get("value") if len(control.xpath("ancestor::form//button[@name]")) == 1 else None
    if control.get("type") in ("checkbox", "radio"):
        return control.get("value", "on") if control.get("checked") is not None else None
    return control.get("value", "")


def pieces(page):
    """Each top element of a part, but for the title that htmx puts into the tab, as (tag, text)."""
    return [(e.tag, same(e)) for e in page.find("//body/*[not(self::title)]")]


def same(element):
    """An element as text that is equal for two renderings of one thing."""
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    for hidden in copy.iter("input"):
        if hidden.get("name") in NEVER_THE_SAME:
            hidden.set("value", "")
    return " ".join(etree.tostring(copy, method="c14n").decode().split())


def path_of(form, page):
    """The path that a form goes to, without its query."""
    return urlsplit(urljoin(page, form.get("action") or "")).path


def path_only(url):
    """The path of an address, without its query."""
    return urlsplit(url).path
