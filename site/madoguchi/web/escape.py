"""A Jinja environment whose escape yields plain strings: MarkupSafe's bytes for half the rendering time.

It rests on two names that are not public (`markupsafe._escape_inner`, and the global `escape` of a compiled
template), so it tests itself at start and steps aside when either has changed. The reason is measured:
MarkupSafe 3 wraps every printed value in a Python-level object, which is half of a page's rendering.
"""

from __future__ import annotations

from typing import Any

import jinja2
import markupsafe

try:
    from markupsafe import _escape_inner
except ImportError:  # a newer MarkupSafe: then the stock escape is used
    _escape_inner = None  # type: ignore[assignment]


def fast(value: Any) -> str:
    """The text of `markupsafe.escape(value)` as a plain str."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is int:
        return str(value)
    if hasattr(value, "__html__"):
        return str(value.__html__())
    return _escape_inner(str(value))


class FastTemplate(jinja2.Template):
    """A template whose `{{ }}` call `fast`."""

    @classmethod
    def from_code(cls, environment: Any, code: Any, globals: Any, uptodate: Any = None) -> Any:  # noqa: A002
        """Compile as Jinja does, then replace the escape it calls."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = fast
        return template


HOSTILE = ("<b a=\"1\" c='2'>&amp;", 12, -3, None, True, markupsafe.Markup("<i>ok</i>"), "日本語<", "")


def install(environment: jinja2.Environment) -> bool:
    """Use the fast escape if it proves equal on hostile values; returns whether it is in use."""
    if _escape_inner is None or any(fast(v) != str(markupsafe.escape(v)) for v in HOSTILE):
        return False
    code, told = environment.compile(PROBE), {"v": HOSTILE, "s": HOSTILE[0]}
    stock, ours = (
        kind.from_code(environment, code, environment.make_globals(None)).render(told)
        for kind in (environment.template_class, FastTemplate)
    )
    if ours == stock:
        environment.template_class = FastTemplate
    return ours == stock


PROBE = (
    "{% autoescape true %}{% macro m(x) %}<p>{{ x }}{{ caller() }}</p>{% endmacro %}"
    "{% for x in v %}{{ x }}{% endfor %}{% call m(s) %}{{ s }}{% endcall %}{% set t %}{{ s }}{% endset %}"
    "{{ t }}{{ s|upper }}{% endautoescape %}"
)
