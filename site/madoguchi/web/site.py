"""Flask without what this site never needs, but would pay for at every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, request
from htmx_flask.requests import HtmxHeaders
from werkzeug.routing import Rule
from werkzeug.utils import cached_property

from madoguchi.services.repeating import again
from madoguchi.web.later import Views
from madoguchi.web.templating import SiteEnvironment


class SiteRequest(Request):
    """A request that looks at htmx's headers when somebody asks, and counts its blueprints once."""

    @cached_property
    def htmx(self) -> HtmxHeaders:
        """What htmx says of itself."""
        return HtmxHeaders(self.headers)

    @cached_property
    def blueprints(self) -> list[str]:  # type: ignore[override]
        """The blueprint of the view; Flask asks three times."""
        return super().blueprints


class SiteRule(Rule):
    """A rule that learns to build addresses when one is asked for: nothing here asks, and each took a start
    half a millisecond. Should werkzeug name the step otherwise one day, it is done at the start again.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        prepare = super()._compile_builder

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            return prepare(append_unknown)(rule, **values)

        return build


def _rewind() -> None:
    """Files that were sent have been read to their end by the first try."""
    for _, file in request.files.items(multi=True):
        file.stream.seek(0)


class Site(Flask):
    """Flask with our requests and templates; no view is a coroutine, so none is asked whether it is one."""

    request_class = SiteRequest
    url_rule_class = SiteRule
    jinja_environment = SiteEnvironment

    def __init__(self, *names: Any, **folders: Any) -> None:
        super().__init__(*names, **folders)
        self.view_functions = Views(self, self.view_functions)

    def dispatch_request(self) -> Any:
        """The view's answer; one whose act the database undid for another's sake is asked once more."""
        return again(self.config["OFFICE"].store, super().dispatch_request, _rewind)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func
