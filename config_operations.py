"""The settings of running the site: backups, what is logged and measured, secrets that are being replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from config_letters import SettingError

KNOWN = {
    "MADOGUCHI_BACKUP_DIR",  # where backups go, once a day
    "MADOGUCHI_BACKUP_KEY",  # what they are sealed with
    "MADOGUCHI_BACKUP_KEEP",  # of how many days,weeks,months one is kept
    "MADOGUCHI_LOG",  # json: a line for each request and event on standard error; plain: events alone
    "MADOGUCHI_METRICS",  # 127.0.0.1:9100: where Prometheus asks
    "MADOGUCHI_SECRET_OLD",  # what MADOGUCHI_SECRET was before, several with commas, the newest first
    "MADOGUCHI_PEPPER_OLD",  # the same of MADOGUCHI_PEPPER
    "MADOGUCHI_REHEARSAL",  # yes: production with simulated rails, where no money moves
}


def operations(env: Mapping[str, str], production: bool) -> dict[str, Any]:
    """Read them; raises SettingError, whose sentence never repeats a secret."""
    return {
        "backup_dir": _folder(env, production),
        "backup_key": _long_enough("MADOGUCHI_BACKUP_KEY", env.get("MADOGUCHI_BACKUP_KEY") or ""),
        "backup_keep": _keep(env.get("MADOGUCHI_BACKUP_KEEP") or "7,5,12"),
        "log": _choice(env, "MADOGUCHI_LOG", "json" if production else "plain", ("json", "plain")),
        "metrics": _metrics(env.get("MADOGUCHI_METRICS") or ""),
        "old_secrets": _old(env, "MADOGUCHI_SECRET"),
        "old_peppers": _old(env, "MADOGUCHI_PEPPER"),
        "rehearsal": _choice(env, "MADOGUCHI_REHEARSAL", "no", ("no", "yes")) == "yes",
    }


def _folder(env: Mapping[str, str], production: bool) -> Path | None:
    text = env.get("MADOGUCHI_BACKUP_DIR") or ""
    if not text:
        return None
    if not Path(text).is_absolute():
        raise SettingError(f"MADOGUCHI_BACKUP_DIR must be a whole path such as /var/backups/x, not {text!r}")
    if production and not env.get("MADOGUCHI_BACKUP_KEY"):
        raise SettingError(
            "MADOGUCHI_BACKUP_KEY is missing: backups hold all about members, so they are sealed; make a "
            "key with: openssl rand -hex 32, and keep it elsewhere too"
        )
    return Path(text)


def _keep(text: str) -> tuple[int, int, int]:
    found = re.fullmatch(r"(\d{1,3}),(\d{1,3}),(\d{1,3})", text, re.ASCII)
    if not found or not int(found[1]):
        raise SettingError(
            f"MADOGUCHI_BACKUP_KEEP must be days,weeks,months of which one is kept, as 7,5,12, not {text!r}"
        )
    return int(found[1]), int(found[2]), int(found[3])


def _metrics(text: str) -> tuple[str, int] | None:
    if not text:
        return None
    host, _, port = text.rpartition(":")
    try:
        private = ip_address(host.strip("[]")).is_private
    except ValueError:
        private = False
    if not private or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise SettingError(
            f"MADOGUCHI_METRICS must be a private address with its port such as 127.0.0.1:9100, not {text!r}"
        )
    return host.strip("[]"), int(port)


def _old(env: Mapping[str, str], name: str) -> tuple[bytes, ...]:
    texts = [text.strip() for text in (env.get(f"{name}_OLD") or "").split(",") if text.strip()]
    for text in texts:
        _long_enough(f"{name}_OLD", text)
        if text == env.get(name):
            raise SettingError(
                f"{name}_OLD holds what {name} is: make a new {name}, and keep the old one here"
            )
    return tuple(text.encode() for text in texts)


def _long_enough(name: str, text: str) -> str:
    if text and len(text) < 32:
        raise SettingError(f"{name} must have at least 32 characters, such as from: openssl rand -hex 32")
    return text


def _choice(env: Mapping[str, str], key: str, default: str, allowed: tuple[str, ...]) -> str:
    value = env.get(key) or default
    if value not in allowed:
        raise SettingError(f"{key} must be one of {', '.join(allowed)}, not {value!r}")
    return value
