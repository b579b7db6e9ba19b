"""The towns that a postcode stands for, where the office has the list."""

from __future__ import annotations

from collections.abc import Sequence

from madoguchi.ports.postcodes import Town
from madoguchi.services.office import Office


def towns(office: Office, postcode: str) -> Sequence[Town]:
    """The towns of a postcode such as 160-0022; none where nobody knows it, and the address is typed."""
    return office.postcodes.towns(postcode) if office.postcodes else ()
