"""Flask without what this site never needs, but would pay for at every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Request
from htmx_flask.requests import HtmxHeaders
from werkzeug.utils import cached_property

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


class Site(Flask):
    """Flask with our requests and templates; no view is a coroutine, so none is asked whether it is one."""

    request_class = SiteRequest
    jinja_environment = SiteEnvironment

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func
