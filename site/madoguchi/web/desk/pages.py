"""The desk's pages, a module each, in the order they are registered."""

from types import ModuleType

from madoguchi.web.desk import (
    acts,
    audit,
    call_in,
    case_acts,
    cases,
    counter,
    disclosure,
    look,
    members,
    new_contract,
    person_acts,
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
    new_contract,
    person_acts,
    disclosure,
    call_in,
)
