"""The pages, a module each, in the order they are registered."""

from types import ModuleType

from madoguchi.web import (
    demo,
    demo_mail,
    history,
    home,
    interest,
    lending_terms,
    login,
    not_me,
    public,
    recovery,
    registration,
    security,
    simulation,
)

BLUEPRINTS: tuple[ModuleType, ...] = (
    public,
    lending_terms,
    simulation,
    login,
    registration,
    recovery,
    not_me,
    home,
    history,
    interest,
    security,
)
DEMO: tuple[ModuleType, ...] = (demo, demo_mail)
