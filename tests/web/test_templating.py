"""Templates are read, kept and filled as Jinja would have done it, only sooner."""

from pathlib import Path

import jinja2
import markupsafe
import pytest
from flask import url_for
from hypothesis import given
from hypothesis import strategies as st
from limits.errors import ConfigurationError

from madoguchi.web import Face, compiled, create_app, pattern
from madoguchi.web.site import Site
from madoguchi.web.templating import SiteEnvironment

ROOT = Path(__file__).resolve().parent.parent.parent
CELLS = st.one_of(st.text(), st.integers(), st.none(), st.text().map(markupsafe.escape), st.just("\0"))
PIECES = {
    "leaf": "{% if x %}<i>{{ x }}</i>{% endif %}\n",
    "plain": "<b>{{ x }}</b>\n",
    "inner": '<p>\n  {% include "leaf" %}\n\n{% set y = 2 %}\n</p>\n',
}
INCLUDES = (
    'a\n{% include "leaf" %}\nb', '  {% include "plain" %}\n\n  {% if x %}\nc{% endif %}\n',
    '{% for x in "<&" %}\n  {% include "inner" %}\n{% else %}\n{% endfor %}\n', '<{% include "plain" %}>\n',
    '{% include "plain" %}{% include "leaf" %}\n',
    '{% if x %}\n  {% include "plain" %}\n  {% else %}\n{% endif %}',
)  # fmt: skip


def environments():
    """Jinja's own, and ours."""
    options = {
        "loader": jinja2.DictLoader(PIECES),
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    return jinja2.Environment(**options), SiteEnvironment(Site(__name__), **options)


@pytest.mark.parametrize("text", INCLUDES)
@pytest.mark.parametrize("x", ["", "<x>"])
def test_what_is_read_in_where_it_is_included_prints_the_same_bytes(text, x):
    stock, ours = environments()
    assert ours.from_string(text).render(x=x) == stock.from_string(text).render(x=x)


def test_a_function_that_wants_the_context_still_gets_it():
    _, ours = environments()
    ours.globals["seen"] = jinja2.pass_context(lambda context, name: context[name])
    assert ours.from_string("{{ seen('x') }}").render(x="here") == "here"


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_a_row_holds_each_cell_escaped_by_itself(rows):
    made = pattern.in_order(f"<{pattern.mark('a')}|100%|{pattern.mark('b')}>", ("a", "b"))
    wanted = "".join(f"<{markupsafe.escape(a)}|100%|{markupsafe.escape(b)}>" for a, b in rows)
    assert pattern.filled(made, rows) == wanted


def test_compiled_templates_are_thrown_away_when_any_template_changes(tmp_path):
    templates, folder = tmp_path / "templates", tmp_path / "kept"
    templates.mkdir()
    (templates / "a.html").write_text('{% include "b.html" %}\n')
    for words in ("one", "two"):
        (templates / "b.html").write_text(words)
        cache = compiled.kept(folder, templates)
        ours = SiteEnvironment(
            Site(__name__), loader=jinja2.FileSystemLoader(templates), bytecode_cache=cache
        )
        assert ours.get_template("a.html").render() == words
        assert len(list(folder.iterdir())) == 1
    assert folder.stat().st_mode & 0o077 == 0, "what is run must not be written by others"


def test_addresses_can_be_built_although_nobody_prepared_them(app):
    with app.test_request_context("/"):
        assert url_for("history.detail", seq=3, kind="fee") == "/history/3?kind=fee"


def test_a_limiter_on_a_server_of_its_own_is_opened_at_the_start(office):
    with pytest.raises(ConfigurationError):
        create_app(office, Face("http://localhost", limiter="nonsense://localhost"), ROOT)
