"""The letter that tells a member that the second step changed."""

from __future__ import annotations

from madoguchi.domain.letters import Kind
from madoguchi.services import letters
from madoguchi.services.office import Office


def changed(office: Office, member_id: int, change: str) -> None:
    """Write it inside the act that changes something; `change` is a short sentence."""
    now = office.now()
    letters.write(
        office, Kind.SECOND_STEP_CHANGED, {"at": now, "change": change}, member_id=member_id, now=now
    )
