"""The settings of internet repayment: where members pay at their bank, and the key shared with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from config_letters import SettingError


def bank_page(env: Mapping[str, str]) -> dict[str, Any]:
    """Both or none; raises SettingError, whose sentence never repeats the key."""
    address, key = env.get("MADOGUCHI_BANK_PAGE") or "", env.get("MADOGUCHI_BANK_PAGE_KEY") or ""
    if bool(address) != bool(key):
        raise SettingError("MADOGUCHI_BANK_PAGE and MADOGUCHI_BANK_PAGE_KEY are set together or not at all")
    if address and not re.fullmatch(r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[\w./-]*)?", address, re.ASCII):
        raise SettingError(
            f"MADOGUCHI_BANK_PAGE must be an https:// address without a query, not {address!r}"
        )
    if key and len(key) < 32:
        raise SettingError("MADOGUCHI_BANK_PAGE_KEY must have at least 32 characters: openssl rand -hex 32")
    return {"bank_page": address, "bank_page_key": key.encode()}
