"""Sealing anew what an older MADOGUCHI_SECRET sealed, so that it can be thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from madoguchi.services import staff, totp
from madoguchi.services.office import Office
from madoguchi.store import second_step
from madoguchi.store import staff as staff_rows

BATCH: Final = 200


def reseal(office: Office) -> int:
    """Seal the secrets of authenticator apps by the present key, in short acts; returns how many."""
    count = 0
    for sealed, context in _of_members(office):
        if fresh := office.factors.vault.resealed(sealed, context):
            with office.store.transaction():
                second_step.reseal_totp(office.store, sealed, fresh)
            count += 1
    for account in staff_rows.everybody(office.store):
        if fresh := office.factors.vault.resealed(account.totp, staff.context(account.id)):
            with office.store.transaction():
                staff_rows.seal_totp(office.store, account.id, fresh)
            count += 1
    return count


def left(office: Office) -> int:
    """How many secrets of apps only an older key opens."""
    vault = office.factors.vault
    found = [vault.resealed(sealed, context) for sealed, context in _of_members(office)]
    accounts = staff_rows.everybody(office.store)
    found += [vault.resealed(account.totp, staff.context(account.id)) for account in accounts]
    return sum(one is not None for one in found)


def _of_members(office: Office) -> Iterator[tuple[str, str]]:
    last = 0
    while some := second_step.sealed_totp(office.store, last, BATCH):
        for member_id, *both in some:
            yield from ((sealed, totp.context(member_id)) for sealed in both if sealed)
        last = some[-1][0]
