"""The desk's pages, a module each, in the order they are registered."""

from types import ModuleType

from madoguchi.web.desk import acts, audit, counter, look, members, requests, sign_in

DESK: tuple[ModuleType, ...] = (sign_in, members, acts, look, requests, audit, counter)
