"""The yardstick: a stock Flask + Jinja site that serves the same bytes, with everything ready in memory.

Its templates are cut from pages of the real site and are as people write them: a base layout, a loop over the
rows of each table, the items of each list and the options of each choice, attributes of objects printed by
`{{ }}`, amounts through a filter. There is no database, no sign-in, no token, no header of security.
"""

import os
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import flask
import jinja2

# What is looped over: the element around, the pieces inside.
LOOPS = (
    (re.compile(r"(<tbody>)(.*?)(</tbody>)", re.S), re.compile(r"<tr>.*?</tr>\s*", re.S)),
    (re.compile(r"(<select[^>]*>)(.*?)(</select>)", re.S), re.compile(r"<option.*?</option>\s*", re.S)),
    (re.compile(r"(<ul[^>]*>)(.*?)(</ul>)", re.S), re.compile(r"<li>.*?</li>\s*", re.S)),
)
VALUE = re.compile(
    r"(?<=>)[^<>{}]*[^<>{}\s][^<>{}]*(?=<)|(?<=datetime=\")[^\"]+|(?<=href=\")[^\"]+|(?<=value=\")[^\"]+"
)
AMOUNT = re.compile(r"([+−]?)(\d[\d,]*)円")
MAIN = re.compile(r"(<main.*</main>)", re.S)
LOOPED = re.compile(r"({% for.*?endfor %})", re.S)


class Cutting:
    """A page cut into a template and the objects it prints."""

    def __init__(self, html):
        self.tables, self.facts = [], SimpleNamespace()
        for around, piece in LOOPS:
            html = around.sub(
                lambda found, piece=piece: found[1] + self._loop(found[2], piece) + found[3], html
            )
        before, main, after = MAIN.split(html, maxsplit=1)
        parts = [part if LOOPED.match(part) else self._print(part) for part in LOOPED.split(main)]
        self.base = before + "{% block main %}{% endblock %}{{ filler }}" + after
        self.page = '{% extends "BASE" %}{% block main %}' + "".join(parts) + "{% endblock %}"

    def _loop(self, body, piece):
        """Rows of one kind as a loop over objects; rows of a rarer shape take the commonest one."""
        rows = piece.findall(body)
        if len(rows) < 2 or "{%" in body:
            return body
        shape = Counter(VALUE.sub("\0", row) for row in rows).most_common(1)[0][0]
        found = [[*VALUE.findall(row), *[""] * shape.count("\0")] for row in rows]
        names = [f"c{n}" for n in range(shape.count("\0"))]
        self.tables.append(
            [SimpleNamespace(**dict(zip(names, map(kept, row), strict=False))) for row in found]
        )
        for n, name in enumerate(names):
            column = {type(row[n]) for row in ([*map(kept, values)] for values in found)}
            shape = shape.replace("\0", "{{ r." + name + ("|yen" if column == {int} else "") + " }}", 1)
        return "{% for r in tables[" + str(len(self.tables) - 1) + "] %}" + shape + "{% endfor %}"

    def _print(self, text):
        """Figures outside of tables, printed as attributes of one object."""

        def printed(found):
            if not re.search(r"\d", found[0]):
                return found[0]
            name = f"f{len(vars(self.facts))}"
            setattr(self.facts, name, kept(found[0]))
            return "{{ facts." + name + ("|yen" if isinstance(kept(found[0]), int) else "") + " }}"

        return VALUE.sub(printed, text)


def kept(text):
    """A value as it stands in memory: an amount as an int, the rest as words."""
    found = AMOUNT.fullmatch(text)
    return int(found[2].replace(",", "")) * (-1 if found[1] == "−" else 1) if found else text


def yen(amount):
    """An amount as people read it."""
    return f"{'−' if amount < 0 else ''}{abs(amount):,}円"


def create_app(folder):
    """A Flask app with one address for each page saved in `folder`, padded to the page's length."""
    app, templates, sizes = flask.Flask("stock", static_folder=None), {}, {}
    app.jinja_env.filters["yen"] = yen
    app.jinja_loader = jinja2.DictLoader(templates)
    for path in sorted(Path(folder).glob("*.html")):
        html = path.read_text(encoding="utf-8")
        cutting = Cutting(html)
        templates[f"{path.stem}-base.html"] = cutting.base
        templates[f"{path.stem}.html"] = cutting.page.replace("BASE", f"{path.stem}-base.html")
        facts = {"facts": cutting.facts, "tables": cutting.tables, "filler": ""}
        sizes[path.stem] = (len(html.encode()), facts)
        add(app, path.stem, facts)
    with app.test_request_context():
        for name, (size, facts) in sizes.items():
            short = size - len(flask.render_template(f"{name}.html", **facts).encode())
            facts["filler"] = "." * max(0, short)
    return app


def add(app, name, facts):
    """One address, `/<name>`, that renders one template."""

    def view():
        return flask.render_template(f"{name}.html", **facts)

    app.add_url_rule(f"/{name}", name, view)


def __getattr__(name):
    """`app` for a WSGI server, made from the folder in BENCH_PAGES."""
    if name == "app":
        return create_app(os.environ["BENCH_PAGES"])
    raise AttributeError(name)
