"""The yardstick: an ordinary Flask + Jinja site that shows the same pages, with everything ready in memory.

Its templates (bench/templates) are written as people write them: a base layout, an include, a macro for
fields, loops over objects, `url_for` for addresses, filters for days and amounts. There is no database, no
sign-in, no token of its own, no header of security, and no trick. `/plain/<page>` is the same with addresses
written out instead of asked from `url_for`: what remains when one thinks that unfair.
"""

import os
from pathlib import Path

import flask

from bench.stock_facts import Facts
from madoguchi.domain.rates import format_rate

HERE = Path(__file__).parent
MOST_FILLED = 0.15  # of a page: beyond that the templates no longer show what the site shows
WEEKDAYS = "月火水木金土日"
FILTERS = {
    "yen": lambda amount: f"{amount:,}円",
    "commas": lambda amount: f"{amount:,}",
    "signed": lambda amount: f"{'−' if amount < 0 else '+'}{abs(amount):,}円",
    "date": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "weekday": lambda day: f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）",
    "clock": lambda moment: f"{moment.hour}:{moment.minute:02}",
    "moment": lambda moment: f"{moment.month}月{moment.day}日 {moment.hour}:{moment.minute:02}",
    "rate": format_rate,
}


def create_app(folder):
    """A Flask app with `/<page>` for each page saved in `folder`, padded to that page's length."""
    app = flask.Flask("stock", template_folder=str(HERE / "templates"))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    pages = {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.html"))}
    facts = {name: Facts(name, html) for name, html in pages.items()}
    addresses = {endpoint: rule for found in facts.values() for endpoint, rule in found.addresses.items()}
    for name in pages:
        addresses.pop(name, None)
        add(app, name, facts[name].values)
    for endpoint, rule in addresses.items():
        app.add_url_rule(rule, endpoint, lambda **_: "")
    for name, html in pages.items():
        pad(app, name, facts[name].values, len(html.encode()))
    return app


def add(app, name, values):
    """The page as people write it, and once more with plain addresses."""

    def view():
        return flask.render_template(f"{name}.html", **values)

    def plain():
        return flask.render_template(f"{name}.html", url_for=written, **values)

    app.add_url_rule(f"/{name}", name, view)
    app.add_url_rule(f"/plain/{name}", f"plain_{name}", plain)


def written(endpoint, **values):
    """An address as if it stood in the template."""
    if endpoint == "static":
        return "/static/" + values["filename"]
    if endpoint == "entry":
        return f"/history/{values['seq']}"
    return "/" + endpoint


def pad(app, name, values, size):
    """Brings a page to the length of the site's own."""
    short = size - len(app.test_client().get(f"/{name}").data)
    assert abs(short) < MOST_FILLED * size, f"{name}: {short} bytes short; write bench/templates anew"
    values["filler"] = "." * max(0, short)


def __getattr__(name):
    """`app` for a WSGI server, made from the folder in BENCH_PAGES."""
    if name == "app":
        return create_app(os.environ["BENCH_PAGES"])
    raise AttributeError(name)
