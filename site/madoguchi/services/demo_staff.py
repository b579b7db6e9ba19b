"""The demo's people at the desk: one of each role, whose apps' secrets the demo tells."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from typing import Final

from madoguchi.domain.staff import Role
from madoguchi.services import staff
from madoguchi.services.office import Office

PASSWORD: Final = "Madoguchi-desk-1"  # noqa: S105 - of the demo, which production cannot have
TEAM: Final = (("desk1", Role.OPERATOR), ("desk2", Role.APPROVER), ("audit1", Role.AUDITOR))


@dataclass(frozen=True, slots=True)
class Clerk:
    """One of the team, with what to sign in with; `code` is what the app shows now by the demo's clock."""

    name: str
    role: Role
    password: str
    secret: str
    code: str


def make(office: Office) -> None:
    """Add the team, by the same act as any account."""
    for name, role in TEAM:
        staff.add(office, name, role, PASSWORD, _secret(office, name))


def team(office: Office) -> list[Clerk]:
    """Return the team as it can sign in now."""
    found = []
    for name, role in TEAM:
        secret = _secret(office, name)
        code = office.factors.authenticator.code_at(secret, office.now())
        found.append(Clerk(name, role, PASSWORD, secret, code))
    return found


def _secret(office: Office, name: str) -> str:
    """The same at each start of one demo, another in every other one."""
    key = hmac.digest(office.secret, b"demo staff:" + name.encode(), "sha256")
    return base64.b32encode(key[:20]).decode()
