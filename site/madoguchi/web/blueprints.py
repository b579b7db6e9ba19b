"""The pages, a module each, in the order they are registered."""

from types import ModuleType

from madoguchi.web import (
    atm,
    atm_api,
    borrowing,
    demo,
    demo_atm,
    demo_bank,
    demo_mail,
    history,
    home,
    interest,
    lending_terms,
    login,
    login_code,
    not_me,
    passkeys,
    public,
    recovery,
    registration,
    second_step,
    security,
    simulation,
    step_up,
    unlock,
)

BLUEPRINTS: tuple[ModuleType, ...] = (
    public,
    lending_terms,
    simulation,
    login,
    login_code,
    unlock,
    registration,
    recovery,
    not_me,
    home,
    history,
    interest,
    borrowing,
    security,
    second_step,
    step_up,
    passkeys,
)
ATM: tuple[ModuleType, ...] = (atm, atm_api)  # where an ATM network is connected
DEMO: tuple[ModuleType, ...] = (demo, demo_mail, demo_bank, demo_atm)
