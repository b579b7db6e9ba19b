"""The yardstick: a stock Flask + Jinja site that serves the same bytes, all from memory.

Its templates are cut from pages of the real site: what differs from member to member is printed by `{{ }}`,
table rows by a loop, the frame by inheritance; everything else is template text. Nothing is computed.
"""

import os
import re
from collections import Counter
from pathlib import Path

import flask
import jinja2

BODY = re.compile(r"(<tbody>)(.*?)(</tbody>)", re.S)
ROW = re.compile(r"<tr>.*?</tr>\s*", re.S)
VALUE = re.compile(r"(?<=>)[^<>{}]*\d[^<>{}]*(?=<)|(?<=datetime=\")[^\"]*(?=\")|(?<=value=\")\d[^\"]*(?=\")")
MAIN = re.compile(r"(<main.*</main>)", re.S)


def cut(html):
    """A page's template, the facts it prints and the rows it loops over, together as long as the page."""
    before, main, after = MAIN.split(html, maxsplit=1)
    tables = []
    main = BODY.sub(lambda found: found[1] + loop(found[2], tables) + found[3], main)
    facts = []
    main = "".join(
        piece if piece.startswith("{%") else VALUE.sub(lambda found: printed(found[0], facts), piece)
        for piece in re.split(r"({% for.*?endfor %})", main, flags=re.S)
    )
    base = literal(before) + "{% block main %}{% endblock %}{{ filler }}" + literal(after)
    page = '{% extends "base.html" %}{% block main %}' + main + "{% endblock %}"
    return base, page, facts, tables


def loop(body, tables):
    """One table's rows as a loop over tuples; rows of a rarer shape take the commonest one."""
    rows = ROW.findall(body)
    shape = Counter(VALUE.sub("\0", row) for row in rows).most_common(1)[0][0] if rows else ""
    width = shape.count("\0")
    values = [(VALUE.findall(row) + [""] * width)[:width] for row in rows]
    tables.append([tuple(row) for row in values])
    names = [f"c{n}" for n in range(width)]
    for name in names:
        shape = shape.replace("\0", "{{ " + name + " }}", 1)
    unpacked = ", ".join(names) + ("," if width == 1 else "")
    return (
        "{% for " + (unpacked or "_") + " in tables[" + str(len(tables) - 1) + "] %}" + shape + "{% endfor %}"
    )


def printed(value, facts):
    """A value of the page, printed from memory."""
    facts.append(value)
    return "{{ facts[" + str(len(facts) - 1) + "] }}"


def literal(text):
    """Template text, with nothing in it that Jinja would read."""
    return text.replace("{", "{{ '{' }}") if "{{" in text or "{%" in text else text


def create_app(folder):
    """A Flask app with one address for each page saved in `folder`, padded to the page's length."""
    app = flask.Flask("stock", static_folder=None)
    templates = {}
    for path in sorted(Path(folder).glob("*.html")):
        add(app, templates, path.stem, path.read_text(encoding="utf-8"))
    app.jinja_loader = jinja2.DictLoader(templates)
    return app


def add(app, templates, name, html):
    """One address, `/<name>`, that renders what was cut from `html`."""
    base, page, facts, tables = cut(html)
    templates[f"{name}-base.html"] = base
    templates[f"{name}.html"] = page.replace("base.html", f"{name}-base.html")
    filler = {"text": ""}

    def view():
        return flask.render_template(f"{name}.html", facts=facts, tables=tables, filler=filler["text"])

    app.add_url_rule(f"/{name}", name, view)

    def pad():
        short = len(html.encode()) - len(
            flask.render_template(f"{name}.html", facts=facts, tables=tables).encode()
        )
        filler["text"] = "." * max(0, short)

    app.config.setdefault("PADS", []).append(pad)


def ready(app):
    """Pads every page once the templates can be found."""
    with app.test_request_context():
        for pad in app.config["PADS"]:
            pad()
    return app


def __getattr__(name):
    """`app` for a WSGI server, made from the folder in BENCH_PAGES."""
    if name == "app":
        return ready(create_app(os.environ["BENCH_PAGES"]))
    raise AttributeError(name)
