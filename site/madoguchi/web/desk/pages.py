"""The desk's pages, a module each, in the order they are registered."""

from types import ModuleType

from madoguchi.web.desk import (
    acts,
    audit,
    case_acts,
    cases,
    counter,
    look,
    members,
    queue,
    requests,
    sign_in,
)

DESK: tuple[ModuleType, ...] = (
    sign_in,
    queue,
    cases,
    case_acts,
    members,
    acts,
    look,
    requests,
    audit,
    counter,
)
