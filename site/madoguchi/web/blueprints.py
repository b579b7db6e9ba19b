"""The pages, a module each, in the order they are registered."""

from types import ModuleType

BLUEPRINTS: tuple[ModuleType, ...] = ()
DEMO: tuple[ModuleType, ...] = ()
