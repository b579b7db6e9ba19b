"""Every page with a mark in every field: wherever an answer repeats the mark, it did not come compressed."""

import gzip
import re
from pathlib import Path

import pytest

from madoguchi.web import Face, create_app
from tests import people
from tests.page import Visitor, fill
from tests.support import desk, markup, retold
from tests.support.members import signed_in

MARK = "83619"  # an amount, a text, a day that is none: whatever a field takes or refuses
SHOWN = re.compile(rf"{MARK}|83,619|８３６１９")
GZIP = {"Accept-Encoding": "gzip"}
WEB = Path(people.ROOT, "site", "madoguchi", "web")
ASKED = re.compile(r'request\.(?:args|values)(?:\.get\(|\[)"(\w+)"')
CHANCE = re.compile(r"[\w-]{20,}")  # tokens and keys, which hold the mark once in a while
TYPED = ("text", "tel", "search", "email", "password", "date", "number")
LEAVE = ("/logout", "/desk/logout")  # whoever has left sees no more pages


class Seen:
    """What a sweep met: addresses that repeat the mark, and those of them that came compressed."""

    def __init__(self, client):
        self.client, self.repeating, self.wrong = client, [], []

    def ask(self, path, method="get", headers=GZIP, **how):
        """Asks as a browser does; gives the page as text, "" for what is no page."""
        answer = getattr(self.client, method)(path, headers=headers, **how)
        packed = answer.headers.get("Content-Encoding") == "gzip"
        if answer.mimetype != "text/html":
            return ""
        text = (gzip.decompress(answer.data) if packed else answer.data).decode()
        if SHOWN.search(CHANCE.sub("", text)):
            self.repeating.append(f"{method} {path}")
            self.wrong += [f"{method} {path}"] * packed
        return text


def addresses(app, beginning):
    """Every page's address, with the mark for what varies in it."""
    for rule in app.url_map.iter_rules():
        here = rule.rule.startswith("/desk") is (beginning == "/desk") and rule.endpoint != "static"
        if "GET" in rule.methods and here and rule.rule not in LEAVE:
            values = dict.fromkeys(rule.arguments, int(MARK))
            yield app.url_map.bind("localhost").build(rule.endpoint, values, "GET")


def names(forms):
    """The fields that these forms have or any view asks for."""
    of_views = {
        name for file in WEB.rglob("*.py") for name in ASKED.findall(file.read_text(encoding="utf-8"))
    }
    return sorted(of_views | {str(name) for form in forms for name in form.xpath(".//*[@name]/@name")})


def sweep(seen, app, beginning):
    """Every page as it is, with the mark under every name, alone and all at once, and in its own forms."""
    for path in addresses(app, beginning):
        text = seen.ask(path)
        forms = markup.parse(text)[0].xpath("//main//form") if "<main" in text else []
        known = names(forms)
        seen.ask(path, query_string=dict.fromkeys(known, MARK))
        for name in [*known, MARK]:
            seen.ask(path, query_string={name: MARK})
        for form in forms:
            if (form.get("method") or "get").lower() == "post":
                seen.ask(form.get("action") or path, "post", data=marked(form))


def marked(form):
    """What a browser would send of a form with the mark in whatever is typed."""
    kinds = {
        str(field.get("name")): field.get("type", "text") for field in form.xpath(".//input | .//textarea")
    }
    return fill(form, {name: MARK for name, kind in kinds.items() if kind in TYPED})


@pytest.fixture
def app(plain_office):
    """The site without its demo door."""
    return create_app(plain_office, Face("http://localhost", compiled=retold.COMPILED), people.ROOT)


def test_no_page_of_a_member_repeats_what_was_brought_and_comes_compressed(plain_office):
    hanako = signed_in(plain_office, people.hanako(plain_office))
    seen = Seen(hanako.client)
    sweep(seen, hanako.client.application, "/")
    assert not seen.wrong
    assert len(set(seen.repeating)) > 20, "pages do repeat what they are asked"
    assert hanako.get("/home").status == 200, "whoever was signed out on the way has seen nothing"


def test_nor_one_of_the_desk(app, plain_office):
    people.hanako(plain_office)
    colleague = desk.walk_in(Visitor(app), plain_office)
    seen = Seen(colleague.client)
    sweep(seen, app, "/desk")
    assert not seen.wrong
    assert len(set(seen.repeating)) > 5
    assert colleague.get("/desk/home").status == 200


def test_what_comes_in_headers_is_never_repeated(plain_office):
    """Nothing else of a request is: a site may choose the end of its own address in Referer."""
    hanako = signed_in(plain_office, people.hanako(plain_office))
    hanako.client.set_cookie("strange", MARK)
    names = ("Referer", "User-Agent", "Accept-Language", "HX-Current-URL", "X-Request-ID", "Origin")
    headers = GZIP | dict.fromkeys(names, f"http://localhost/history?min={MARK}")
    seen = Seen(hanako.client)
    for path in addresses(hanako.client.application, "/"):
        if MARK not in path:
            seen.ask(path, headers=headers)
    assert not seen.repeating
