"""What every page of ours must be, as checks that each answer in sentences; no browser is needed."""

import copy
import re
from datetime import datetime
from functools import lru_cache

import html5lib
from lxml import etree

TYPED = "//input[not(@type='hidden' or @type='submit' or @type='button')] | //select | //textarea"
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage", "list")
OWN_LINK = re.compile(r"(/(?![/\\])|#|\?|tel:|mailto:)")  # an own path, a place, a phone, a mail address
NO_TITLE_OF_ITS_OWN = {"/home": "ホーム"}  # its heading is the member's name, which is no name for a tab


TOKEN = re.compile(r'(name="(?:csrf_token|idempotency_key)" value=")(\w*)"')
STANDING_IN = re.compile(r"~token (\d+)~")


def parse(text):
    """A tree for XPath, and what the parser of browsers had to forgive.

    Many tests look at the same pages, apart from tokens: each is parsed once in a run, which took a third of
    its time, and copied then.
    """
    tokens = [token for _, token in TOKEN.findall(text)]
    numbers = iter(range(len(tokens)))
    plain = TOKEN.sub(lambda found: f'{found[1]}~token {next(numbers)}~"', text)
    root, forgiven = _parsed(plain)
    root = copy.deepcopy(root.getroottree()).getroot()
    for hidden in root.iter("input") if tokens else ():
        if found := STANDING_IN.fullmatch(hidden.get("value", "")):
            hidden.set("value", tokens[int(found[1])])
    return root, list(forgiven)


@lru_cache(maxsize=256)
def _parsed(text):
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    tree = parser.parse(text)
    forgiven = [f"line {line}: {code} {info}" for (line, _), code, info in parser.errors]
    return tree.getroot(), forgiven


def wrap(part):
    """A whole document around a piece, so that one parser serves both."""
    return f"<!doctype html><html lang=ja><head><title>part</title></head><body>{part}</body></html>"


def words(element):
    """The text a person reads, with runs of white space as one blank."""
    return " ".join("".join(element.itertext()).split())


def faults_of_page(tree, path="/"):
    """All sentences against a whole page; an empty list is praise."""
    checks = (has_one_heading, has_frame, says_when_wrong, names_headings_in_order)
    found = [fault for check in checks for fault in check(tree)]
    return [*found, *titled(tree, path), *faults_of_piece(tree)]


def faults_of_piece(tree, ids_elsewhere=()):
    """All sentences against a page or a part of one; `ids_elsewhere` stand on the page around it."""
    checks = (
        has_unique_ids, has_visible_labels, has_tokens, is_nothing_inline, scopes_tables,
        links_home, shows_figures_once, keeps_no_secret, speaks_of_real_days, is_reachable,
    )  # fmt: skip
    found = [fault for check in checks for fault in check(tree)]
    return [*found, *points_at_something(tree, set(ids_elsewhere))]


def has_one_heading(tree):
    """One h1, so that everybody knows where they are."""
    count = len(tree.xpath("//h1"))
    return [] if count == 1 else [f"a page has one h1, this one has {count}"]


def has_frame(tree):
    """Language, main, skip link first."""
    if tree.get("lang") != "ja":
        yield '<html lang="ja"> is missing'
    if len(tree.xpath("//main[@id='main']")) != 1:
        yield 'one <main id="main"> is missing'
    first = tree.xpath("(//body//a | //body//button | //body//input[not(@type='hidden')])[1]")
    if not first or first[0].get("href") != "#main":
        yield "the first thing that Tab reaches is the skip link to #main"
    if not tree.xpath("//meta[@name='viewport']"):
        yield "the viewport meta is missing: phones would show a shrunken desktop page"


def titled(tree, path):
    """The tab says what the heading says, after 「エラー：」 when something is wrong."""
    title = words(tree.find(".//title")) if tree.find(".//title") is not None else ""
    heading = next((words(h1) for h1 in tree.xpath("//h1")), "")
    wanted = NO_TITLE_OF_ITS_OWN.get(path, heading)
    if not title.removeprefix("エラー：").startswith(wanted):
        yield f"the title 「{title}」 starts with the words of the h1 「{wanted}」"


def says_when_wrong(tree):
    """A wrong field is told in the title and in a summary that leads to it."""
    wrong = tree.xpath("//*[@aria-invalid='true']")
    if not wrong:
        return
    if not words(tree.find(".//title")).startswith("エラー："):
        yield "a page with a wrong field has a title that starts with 「エラー：」"
    led_to = {link.get("href") for link in tree.xpath("//main//*[@role='alert']//a")}
    for field in wrong:
        if f"#{field.get('id')}" not in led_to:
            yield f"the error summary (role=alert) links to the wrong field #{field.get('id')}"
        if not field.get("aria-describedby"):
            yield f"the wrong field #{field.get('id')} is tied to its message by aria-describedby"


def names_headings_in_order(tree):
    """h2 follows h1, h3 follows h2: no level is jumped."""
    last = 0
    for heading in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]"):
        level = int(heading.tag[1])
        if level > last + 1:
            yield f"the heading 「{words(heading)}」 jumps from h{last} to h{level}"
        last = level


def has_unique_ids(tree):
    """An id names one thing."""
    seen = set()
    for name in tree.xpath("//@id"):
        if name in seen:
            yield f"the id #{name} stands twice"
        seen.add(name)


def has_visible_labels(tree):
    """Every field has a <label> that can be read, not only heard."""
    labelled = set(tree.xpath("//label[normalize-space()]/@for"))
    for field in tree.xpath(TYPED):
        wrapped = field.xpath("ancestor::label[normalize-space()]")
        if field.get("id") not in labelled and not wrapped:
            yield f"the field {field.get('name')} has no visible <label>"
    for button in tree.xpath("//button[not(normalize-space())] | //a[@href][not(normalize-space())]"):
        yield f"a {button.tag} without words: {etree.tostring(button, encoding='unicode')[:80]}"


def has_tokens(tree):
    """Every form that changes something carries the CSRF token."""
    for form in tree.xpath("//form[translate(@method, 'POST', 'post')='post']"):
        if not any(form.xpath(".//input[@name='csrf_token']/@value")):
            yield f"the POST form to {form.get('action')} has no csrf_token"


def is_nothing_inline(tree):
    """No style or script inside the page: the policy would refuse it."""
    for element in tree.iter(etree.Element):
        for name in element.attrib:
            if name == "style" or name.startswith("on"):
                yield f"inline {name}= on <{element.tag}>; use site.css or a file in static/"
            if name.startswith("hx-"):
                yield f"{name} on <{element.tag}>; write data-{name}, the HTML checker refuses the other"
    if tree.xpath("//style"):
        yield "a <style> in the page; use site.css"
    if tree.xpath("//script[not(@src)]"):
        yield "a <script> without src; use a file in static/"


def scopes_tables(tree):
    """A table header says which cells it heads."""
    for head in tree.xpath(
        "//th[not(@scope='col' or @scope='row' or @scope='colgroup' or @scope='rowgroup')]"
    ):
        yield f"the table header 「{words(head)}」 has no scope"


def links_home(tree):
    """Links, forms and files lead to our own paths."""
    for name in ("href", "action", "src"):
        for element in tree.xpath(f"//*[@{name}]"):
            if not OWN_LINK.match(element.get(name)):
                yield f"{name}={element.get(name)!r} on <{element.tag}> is no path of this site"


def shows_figures_once(tree):
    """A headline figure stands once, and its value is the number that people read."""
    seen = set()
    for figure in tree.xpath("//data[@data-name]"):
        name, value = figure.get("data-name"), figure.get("value", "")
        if name in seen:
            yield f"the figure {name} stands twice on the page; table rows carry no data-name"
        seen.add(name)
        if re.sub(r"[^\d]", "", words(figure)) != value.lstrip("-"):
            yield f"the figure {name} says {words(figure)!r} but its value is {value!r}"


def keeps_no_secret(tree):
    """What was typed as a secret never comes back, and numbers are typed as text."""
    for field in tree.xpath("//input[@type='password'][@value != '']"):
        yield f"the secret {field.get('name')} is sent back in the page"
    for field in tree.xpath("//input[@type='number']"):
        yield f"{field.get('name')} is type=number; use inputmode=numeric (it takes full-width digits)"


def speaks_of_real_days(tree):
    """A <time> holds a day or a moment that a machine can read."""
    for moment in tree.xpath("//time"):
        try:
            datetime.fromisoformat(moment.get("datetime", ""))
        except ValueError:
            yield f"<time> 「{words(moment)}」 has no readable datetime: {moment.get('datetime')!r}"


def is_reachable(tree):
    """The keyboard goes in the order of the page, to things that are made to be pressed."""
    for element in tree.xpath("//*[@tabindex > 0]"):
        yield f"tabindex {element.get('tabindex')} on <{element.tag}> changes the order of Tab"
    for element in tree.xpath("//*[self::div or self::span][@role='button']"):
        yield f"a <{element.tag}> plays a button; use <button>"


def points_at_something(tree, ids_elsewhere):
    """Whatever is referred to by id exists."""
    ids = set(tree.xpath("//@id")) | ids_elsewhere
    for name in REFERENCES:
        for element in tree.xpath(f"//*[@{name}]"):
            for target in element.get(name).split():
                if target not in ids:
                    yield f"{name}={target!r} on <{element.tag}> points at nothing"
    for link in tree.xpath("//a[starts-with(@href, '#')]/@href"):
        if link[1:] not in ids:
            yield f"the link {link} leads nowhere"
