"""Templates hold no style, no script, no trust in strings, and nothing that nobody uses."""

import ast
import re

import pytest

from tests.tidy import source

RULES = (
    (re.compile(r"\sstyle\s*="), "an inline style=; give static/site.css a rule"),
    (re.compile(r"<style\b"), "a <style>; use static/site.css"),
    (re.compile(r"<script\b(?![^>]*\bsrc=)"), "an inline <script>; put it into a file in static/"),
    (re.compile(r"<[^>]*\son[a-z]+\s*="), "an inline handler; listen in a file in static/"),
    (
        re.compile(r"\|\s*safe\b"),
        "|safe trusts a string; let Jinja escape, or add a filter in web/filters.py",
    ),
    (re.compile(r"autoescape\s+false"), "autoescape is never off"),
    (re.compile(r"(?<!data-)\bhx-[a-z-]+="), "hx-…; write data-hx-…, the HTML checker refuses the other"),
    (re.compile(r"hx-boost"), "hx-boost; links are links, and parts are asked for by name"),
    (re.compile(r"request\.htmx|HX-Request"), "asks whether this is htmx; only web/render.py knows"),
    (
        re.compile(r"(?:src|href)=\"(?:https?:)?//"),
        "a file from elsewhere; everything comes from our own static/",
    ),
    (re.compile(r"type=\"number\""), "type=number refuses full-width digits; use inputmode=numeric"),
    (re.compile(r"<th(?![^>]*scope)[\s>]"), "a <th> without scope"),
    (
        re.compile(r"notice[^>]*role=\"status\""),
        "role=status is heard and not seen (static/site.css); a notice is an alert, or has no role",
    ),
    (re.compile(r"\bautofocus\b"), "autofocus takes people away from what they were reading"),
)
IMPORT = re.compile(r"{%-?\s*from\s+[\"'][^\"']+[\"']\s+import\s+([^%]+?)(?:\s+with(?:out)? context)?\s*-?%}")
ALIAS = re.compile(r"{%-?\s*import\s+[\"'][^\"']+[\"']\s+as\s+(\w+)")
MACRO = re.compile(r"{%-?\s*macro\s+(\w+)")
MENTION = re.compile(r"[\"']([\w./-]+\.(?:html|txt|svg|xml))[\"']")
BY_KIND = ("mail/",)  # a letter's template is found by its kind


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule[0].pattern)
def test_no_template_breaks_the_rule(rule):
    pattern, better = rule
    found = [
        f"{source.shown(path)}:{number}: {better}"
        for path in source.template_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def test_every_template_is_used():
    mentioned = {name for path in source.template_files() for name in MENTION.findall(path.read_text())}
    mentioned |= {text for path in source.python_files("site") for text in strings(path)}
    unused = [name for name in names() if name not in mentioned and not name.startswith(BY_KIND)]
    assert not unused, f"nobody renders, extends or includes {unused}; delete them"


def names():
    """Templates as the code names them: `login/login.html`."""
    return [path.relative_to(source.TEMPLATES).as_posix() for path in source.template_files()]


def strings(path):
    """Every string constant of a Python file."""
    return [node.value for node in ast.walk(source.tree(path))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)]  # fmt: skip


def test_every_macro_import_is_used():
    found = []
    for path in source.template_files():
        text = path.read_text(encoding="utf-8")
        rest = ALIAS.sub("", IMPORT.sub("", text))
        wanted = [
            name.split(" as ")[-1].strip() for names in IMPORT.findall(text) for name in names.split(",")
        ]
        found += [f"{source.shown(path)} imports {name} in vain" for name in [*wanted, *ALIAS.findall(text)]
                  if not re.search(rf"\b{name}\b", rest)]  # fmt: skip
    assert not found, "\n".join(found)


def test_every_macro_is_called():
    texts = {path: path.read_text(encoding="utf-8") for path in source.template_files()}
    everything = "\n".join(texts.values())
    found = [
        f"{source.shown(path)} defines {name} and nobody calls it"
        for path, text in texts.items()
        for name in MACRO.findall(text)
        if len(re.findall(rf"\b{name}\(", everything)) < 2
    ]
    assert not found, "\n".join(found)


def test_every_page_leaves_its_frame_to_the_layout():
    pages = [path for path in source.template_files() if re.search(r"{%-?\s*extends\b", path.read_text())]
    found = [
        f"{source.shown(path)} says {{% extends layout %}}, so that htmx can ask for the part alone"
        for path in pages
        if path.parent.name != "layouts" and not re.search(r"{%-?\s*extends\s+layout\b", path.read_text())
    ]
    assert not found, "\n".join(found)
