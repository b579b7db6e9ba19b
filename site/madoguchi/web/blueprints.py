"""The pages, a module each, in the order they are registered."""

from types import ModuleType

from madoguchi.web import lending_terms, public, simulation

BLUEPRINTS: tuple[ModuleType, ...] = (public, lending_terms, simulation)
DEMO: tuple[ModuleType, ...] = ()
