"""The pages, a module each, in the order they are registered."""

from types import ModuleType

from madoguchi.web import (
    bank_page,
    borrowing,
    demo,
    demo_bank,
    demo_bank_page,
    demo_mail,
    history,
    home,
    interest,
    lending_terms,
    login,
    login_code,
    not_me,
    papers,
    passkeys,
    public,
    recovery,
    registration,
    repay,
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
    repay,
    bank_page,
    papers,
    security,
    second_step,
    step_up,
    passkeys,
)
DEMO: tuple[ModuleType, ...] = (demo, demo_mail, demo_bank, demo_bank_page)
