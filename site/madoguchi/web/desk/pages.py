"""The desk's pages, a module each, in the order they are registered."""

from types import ModuleType

from madoguchi.web.desk import audit, figures, look, members, requests, sign_in

DESK: tuple[ModuleType, ...] = (sign_in, members, look, requests, figures, audit)
