"""Pages whose modules are imported when somebody first asks for them: a start reads their addresses alone.

The addresses stand in addresses.txt, written from the modules by `python -m tools.addresses` and held true by
a test, so that links, 404 and 405 know every page before its module is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

LIST: Final = Path(__file__).with_name("addresses.txt")
AUTOMATIC: Final = frozenset({"HEAD", "OPTIONS"})  # Flask adds these by itself

View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Address:
    """One line of the list: which module of web/ answers where."""

    module: str
    endpoint: str
    methods: tuple[str, ...]
    rule: str

    def __str__(self) -> str:
        return f"{self.module:<22} {self.endpoint:<36} {','.join(self.methods):<5} {self.rule}"


class Views(dict[str, View]):
    """The views by endpoint; one that is missing is fetched from its module, wherever it is asked for."""

    def __init__(self, app: Flask, known: dict[str, View]) -> None:
        super().__init__(known)
        self._app = app
        self.modules: dict[str, str] = {}  # endpoint → module, of all that is listed

    def __missing__(self, endpoint: str) -> View:
        blueprint = blueprint_of(self.modules[endpoint])
        taken = _Taken(blueprint, self._app, {}, first_registration=True)
        for add in blueprint.deferred_functions:  # twice at once does no harm: both find the same views
            add(taken)
        return self[endpoint]


class _Taken(BlueprintSetupState):
    """Takes a blueprint's views in and leaves its rules, which the list has given already."""

    def add_url_rule(
        self, rule: str, endpoint: str | None = None, view_func: View | None = None, **options: Any
    ) -> None:
        """Keep the view under its whole name."""
        if view_func is not None:
            self.app.view_functions.setdefault(f"{self.name}.{endpoint or view_func.__name__}", view_func)


def take_in(app: Flask, modules: Iterable[str]) -> None:
    """Add the addresses of these modules, as dotted names below web/."""
    wanted, views = set(modules), app.view_functions
    assert isinstance(views, Views)
    for address in read():
        if address.module in wanted:
            app.add_url_rule(address.rule, address.endpoint, methods=address.methods)
            views.modules[address.endpoint] = address.module


def read() -> Iterator[Address]:
    """The list, in the order in which the modules are registered."""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            module, endpoint, methods, rule = line.split(maxsplit=3)
            yield Address(module, endpoint, tuple(methods.split(",")), rule)


def declared(module: str) -> list[Address]:
    """What a module's own decorators say; this is what the list is written from."""
    app = Flask("addresses", static_folder=None)
    app.register_blueprint(blueprint_of(module))
    return [
        Address(module, rule.endpoint, tuple(sorted((rule.methods or set()) - AUTOMATIC)), rule.rule)
        for rule in app.url_map.iter_rules()
    ]


def blueprint_of(module: str) -> Blueprint:
    """The blueprint of a module below web/, which is imported now if it was not before."""
    found: Blueprint = import_module(f"madoguchi.web.{module}").blueprint
    return found
