"""The web: an app made from plain arguments, shut by default."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from madoguchi.ports.watch import Watcher
from madoguchi.services.office import Office
from madoguchi.web import (
    availability,
    bodies,
    csrf,
    database,
    errors,
    escape,
    files,
    filters,
    frame,
    guard,
    headers,
    kept,
    later,
    limits,
    repeats,
    seen,
    sessionless,
    squeeze,
    surge,
    words,
)
from madoguchi.web.blueprints import ATM, DEMO, DESK, MEMBERS
from madoguchi.web.compiled import kept as kept_compiled
from madoguchi.web.site import Site

BODY_BYTES = 64 * 1024  # no form of ours is longer; uploads raise it for their own route
GARBAGE = 50_000  # new objects before the collector looks: a page makes thousands and leaves no cycles
DEMO_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


@dataclass(frozen=True, slots=True)
class Face:
    """How this site stands on the network."""

    public_address: str
    trusted_proxies: int = 0
    limiter: str = "memory://"
    teach_limits: Callable[[], None] | None = None  # makes our storage known, when it is first wanted
    watchers: Sequence[Watcher] = ()  # told of each request: the log, the figures
    compiled: Path | None = None  # a private folder for compiled templates; None compiles them at each start

    @property
    def secure(self) -> bool:
        """Whether members arrive over https."""
        return self.public_address.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """Host names that may be asked for."""
        own = self.public_address.split("://", 1)[1].split(":")[0]
        return [own] if self.secure else [own, *DEMO_HOSTS]


def create_app(office: Office, face: Face, root: Path) -> Flask:
    """The site as a WSGI app; `root` holds templates/ and static/."""
    app = Site("madoguchi", template_folder=str(root / "templates"), static_folder=str(root / "static"))
    app.session_interface = sessionless.NoSession()  # sessions are rows; Flask's cookie outlives sign-out
    app.config.update(
        OFFICE=office, FACE=face, SECURE=face.secure, MAX_CONTENT_LENGTH=BODY_BYTES, TRUSTED_HOSTS=face.hosts
    )
    if face.trusted_proxies:
        hops = face.trusted_proxies
        proxied = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)
        app.wsgi_app = proxied  # type: ignore[method-assign]
    _templates(app)
    for part in (
        files,
        surge,
        headers,
        errors,
        database,
        guard,
        bodies,
        availability,
        repeats,
        csrf,
        kept,
        squeeze,
        limits,
    ):  # guard before CSRF: a lost session leads to sign-in
        part.init_app(app)
    if face.watchers:
        seen.around(app, face.watchers, believes=face.trusted_proxies > 0)
    later.take_in(app, MEMBERS + DESK + (ATM if office.atm else ()) + (DEMO if office.demo else ()))
    gc.set_threshold(GARBAGE)
    gc.freeze()  # what was made at start stays; the collector need not walk it at each round
    return app


def _templates(app: Flask) -> None:
    env = app.jinja_env
    env.undefined = jinja2.StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.auto_reload = False
    if compiled := app.config["FACE"].compiled:
        env.bytecode_cache = kept_compiled(compiled, Path(str(app.template_folder)))
    escape.install(env)
    for part in (filters, words, frame):
        part.init_app(app)
