"""The Jinja environment of this site: the same language and the same bytes, with less done for each page.

What is left out was measured in `bench/`: a table of globals joined anew for each template and each include,
and questions to every called function whether it wants the context (docs/decisions/0013).
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from flask.templating import Environment
from jinja2 import Template
from jinja2.runtime import Context

PLAIN = frozenset({FunctionType, MethodType, BuiltinFunctionType})
INCLUDE = re.compile(r'^[ \t]*\{% include "([\w./-]+)" %\}\n', re.M)


class PlainContext(Context):
    """Calls plain functions at once; macros and functions that want the context go Jinja's way."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What `{{ called(…) }}` does."""
        if type(called) in PLAIN and not hasattr(called, "jinja_pass_arg"):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


class SiteEnvironment(Environment):
    """One table of globals for all templates, and small templates read in where they are included."""

    context_class = PlainContext

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._ready: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: Any = None,  # noqa: A002
    ) -> Template:
        """A template by its name; files do not change under a running site, so one look is enough."""
        if isinstance(name, str) and (found := self._ready.get(name)):
            return found
        found = super().get_template(name, parent, globals)
        if isinstance(name, str) and not self.auto_reload and globals is None:
            self._ready[name] = found
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own globals, unless a template is loaded with some of its own (none here is)."""
        return super().make_globals(d) if d else self.globals

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Put the text of `{% include "…" %}` on a line of its own in that line's place.

        An include that Jinja runs costs a context of its own at each page, about a twentieth of a small one.
        """
        return INCLUDE.sub(self._included, super().preprocess(source, name, filename))

    def _included(self, found: re.Match[str]) -> str:
        assert self.loader is not None, "an include is loaded from somewhere"
        source, _, _ = self.loader.get_source(self, found[1])
        return self.preprocess(source.removesuffix("\n")) + "{##}\n"  # the next line keeps its beginning
