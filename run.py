"""Start the site: `python run.py`, `granian --interface wsgi run:app`, or `flask --app run <command>`."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "site"))

import config  # noqa: E402
from madoguchi.domain.faults import Unavailable, Unfit  # noqa: E402
from madoguchi.sections import RulesError  # noqa: E402

if TYPE_CHECKING:
    from madoguchi.services.office import Office

THREADS = 8


def main(arguments: Sequence[str] | None = None) -> None:
    """Make what is missing, print how to sign in, and serve until stopped."""
    with _told_in_one_sentence():
        settings = _settled(config.from_environment(_environment(arguments)))
        office, app = build(settings, partial(print, flush=True))
        server = _server(app, office, settings)
    _greet(office, settings)
    from madoguchi.jobs.inside import Inside

    inside = Inside(office)
    _show_figures(office, settings)
    inside.start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.run()
    finally:
        inside.stop()


def __getattr__(name: str) -> Any:
    """Build `app` when a server or the flask command first asks for it, in the process that will use it."""
    if name != "app":
        raise AttributeError(name)
    with _told_in_one_sentence():
        settings = _settled(config.from_environment())
        office, app = build(settings, _on_stderr, at_once=not _is_command())
    if not _is_command():
        _show_figures(office, settings)
    globals()["app"] = app
    return app


def _is_command() -> bool:
    """Whether `flask --app run …` asks; granian is a click program too, and a server."""
    from click import get_current_context
    from flask.cli import ScriptInfo

    asking = get_current_context(silent=True)
    return asking is not None and isinstance(asking.find_root().obj, ScriptInfo)


def _settled(settings: config.Settings) -> config.Settings:
    """The settings once they are checked, with the log set up as they say."""
    from madoguchi.adapters import logs

    logs.set_up(config.check(settings).log)
    return settings


def build(settings: config.Settings, say: Callable[[str], None], at_once: bool = True) -> tuple[Office, Any]:
    """Open the books of these settings, make what is missing, and return the office with its app.

    Not `at_once`: what is missing is made when a command is asked for that works on the books.
    """
    gc.disable()  # what a start reads in stays, and the collector would walk it a hundred times
    try:
        return _built(settings, say, at_once)
    finally:
        gc.enable()


def _built(settings: config.Settings, say: Callable[[str], None], at_once: bool) -> tuple[Office, Any]:
    from madoguchi.adapters import drivers

    with drivers.only_for(settings.database, () if at_once else sys.argv):
        from madoguchi.adapters.alone import FileLock
        from madoguchi.adapters.wiring import make_alone, make_office, make_watchers, teach_limits
        from madoguchi.jobs.cli import Commands
        from madoguchi.services import upkeep
        from madoguchi.web import Face, create_app

    if settings.metrics:  # read when the library is imported
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(settings.data / "metrics")

    def prepare() -> None:
        with _told_in_one_sentence(), first:
            upkeep.ready(office, say)
        upkeep.rest(office)

    with FileLock(settings.data / "start.lock"):  # workers that start together do so one after the other
        watchers = make_watchers(settings)
        office = make_office(settings)
    first = make_alone(settings, office.store, "start")  # and machines that do
    if at_once:
        prepare()
    compiled = settings.data / "templates"
    address, proxies = settings.public_address, settings.trusted_proxies
    face = Face(address, proxies, settings.limiter, teach_limits, watchers, compiled)
    app = create_app(office, face, ROOT)
    app.cli = Commands(office, prepare)
    return office, app


def _server(app: Any, office: Office, settings: config.Settings) -> Any:
    from madoguchi.adapters import server
    from madoguchi.web.bodies import room

    try:
        where = {"host": settings.host, "port": settings.port}
        return server.made(app, room(office.rules.uploads), **where, threads=THREADS, ident="")
    except OSError as fault:
        raise config.SettingError(
            f"{settings.host}:{settings.port} cannot be used ({fault.strerror}); choose another with --port"
        ) from fault


def _show_figures(office: Office, settings: config.Settings) -> None:
    """Answer Prometheus, if the settings say where; the first process of a machine does it for all."""
    if settings.metrics:
        from dataclasses import asdict

        from madoguchi.adapters.metrics import Board
        from madoguchi.services import pulse

        folder = settings.data / "metrics"
        Board(settings.metrics, folder, lambda: asdict(pulse.gauges(office))).start()


def _greet(office: Office, settings: config.Settings) -> None:
    print(f"\nMadoguchi: {settings.public_address}", flush=True)
    if office.demo is None:
        return
    from madoguchi.services.cast import CAST
    from madoguchi.services.demo_books import clock_text
    from madoguchi.services.demo_staff import team

    print(f"これはデモです（時計 {clock_text(office)}）。入口: {settings.public_address}/demo")
    for who in CAST:
        web = f"  Web-ID {who.web_id} / {who.password}" if who.web_id else "  Web-ID 未登録"
        print(f"  {who.member.name}  カード {who.card} / {who.pin}{web}\n      {who.state}")
    print(f"社内の窓口: {settings.public_address}/desk")
    for clerk in team(office):
        print(f"  {clerk.name} / {clerk.password}（{clerk.role.value}）  認証アプリの鍵 {clerk.secret}")
    print("止めるには Ctrl+C", flush=True)


def _environment(arguments: Sequence[str] | None) -> dict[str, str]:
    """The environment with what the command line says instead."""
    parser = argparse.ArgumentParser(description="Serve Madoguchi in one process.")
    parser.add_argument("--port", help="port to serve on (8000)")
    parser.add_argument("--host", help="address to serve on (127.0.0.1)")
    parser.add_argument("--data", help="folder of the database (var)")
    parser.add_argument("--clock", help="where the demo's clock starts, such as 2026-11-20T10:00+09:00")
    given = vars(parser.parse_args(arguments))
    said = {f"MADOGUCHI_{name.upper()}": text for name, text in given.items() if text is not None}
    return {**os.environ, **said}


@contextmanager
def _told_in_one_sentence() -> Iterator[None]:
    """End with 2 and a sentence for what the operator can mend; anything else shows its trace."""
    try:
        yield
    except (config.SettingError, RulesError) as fault:
        _on_stderr(str(fault))
        sys.exit(2)
    except Unfit as fault:
        _on_stderr(f"{fault}.")
        sys.exit(2)
    except Unavailable as fault:
        _on_stderr(f"The {fault.what} does not answer: {fault.__cause__}")
        sys.exit(2)


def _on_stderr(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
