"""People at the desk for tests: accounts by the real act, and signing in on a page."""

from datetime import timedelta

from madoguchi.adapters.factors import AuthenticatorApp
from madoguchi.domain.staff import Role
from madoguchi.services import staff

MINUTE = timedelta(minutes=1)
PASSWORD = "correct-horse-7-battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
APP = AuthenticatorApp("desk")


class Open:
    """A gate with slots for everybody; counts what was taken and not given back."""

    def __init__(self):
        self.taken = 0

    def take(self):
        self.taken += 1
        return 0

    def give_back(self):
        self.taken -= 1


def add(office, name="desk1", role=Role.OPERATOR):
    """An account whose app has SECRET."""
    return staff.add(office, name, role, PASSWORD, SECRET)


def code(office):
    """What the app shows now."""
    return APP.code_at(SECRET, office.now())


def enter(office, name="desk1", password=PASSWORD, code_=None, gate=None):
    """One try at signing in."""
    typed = code(office) if code_ is None else code_
    return staff.sign_in(office, name, password, typed, gate or Open(), "203.0.113.0/24", "Chrome")


def colleague(office, name="desk1", role=Role.OPERATOR):
    """Somebody who is signed in at the desk."""
    add(office, name, role)
    return staff.current(office, enter(office, name).token)


def walk_in(visitor, office, name="desk1", role=Role.OPERATOR):
    """Add an account and sign it in on the page; returns the visitor at the desk."""
    add(office, name, role)
    visitor.get("/desk/login")
    visitor.submit("/desk/login", staff_name=name, password=PASSWORD, code=code(office))
    return visitor
